/** The mistakes that one error about options names, without its heading; none if nothing is thrown. */
export function mistakesOf(attempt: () => unknown): string[] {
  try {
    attempt()
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown }
    if (!(error instanceof TypeError) || code !== 'invalid-options') throw error
    return message
      .split('\n')
      .filter((line) => line.startsWith('  - '))
      .map((line) => line.slice(4))
  }
  return []
}
