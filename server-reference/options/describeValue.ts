/**
 * A value as an error shows it: its type, and the names of an object's members. Never what is in
 * them: a pool holds the password of its database, and errors end up in logs.
 */
export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `a string of ${value.length} characters`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  const names = Object.keys(value)
  const some = names.slice(0, mostNames).join(', ') + (names.length > mostNames ? ', …' : '')
  const kind = value.constructor?.name
  const what = kind === undefined || kind === 'Object' ? 'an object' : `an object (${kind})`
  return names.length === 0 ? what : `${what} with ${some}`
}

const mostNames = 8

/** The same for an option that never holds a secret: a short text is shown as it is. */
export function quote(value: unknown): string {
  const isHarmless = typeof value === 'string' && value.length <= 60 && !value.includes('@')
  return isHarmless ? JSON.stringify(value) : show(value)
}
