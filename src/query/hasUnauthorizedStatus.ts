/** The shape of a 401 in fetch wrappers (`status`) and in axios (`response.status`). */
export function hasUnauthorizedStatus(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { status, response } = error as { status?: unknown; response?: { status?: unknown } | null }
  return status === 401 || response?.status === 401
}
