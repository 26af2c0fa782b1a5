/** What an attempt to set something up throws: the heading and every mistake, or nothing. */
export function mistakesOf(attempt: () => unknown): string[] {
  try {
    attempt()
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown }
    if (error instanceof TypeError && code === 'invalid-options') return message.split('\n- ')
    throw error
  }
  return []
}
