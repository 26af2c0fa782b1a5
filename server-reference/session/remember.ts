/**
 * Caches the results of a pure function for the latest arguments: at least `most` of them, at
 * most twice as many.
 */
export function remember(compute: (argument: string) => string, most = 10_000) {
  let recent = new Map<string, string>()
  let older = new Map<string, string>()
  return (argument: string): string => {
    const known = recent.get(argument)
    if (known !== undefined) return known
    const value = older.get(argument) ?? compute(argument)
    if (recent.size >= most) {
      older = recent
      recent = new Map()
    }
    recent.set(argument, value)
    return value
  }
}
