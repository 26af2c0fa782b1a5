/** How many keys of an object an error shows. */
const maxKeys = 8

/**
 * Describes a value for an error: its type and its keys, never their values. A token, a password or
 * personal data would end up in logs.
 */
export function describeValue(value: unknown): string {
  if (value === '') return 'an empty string'
  if (typeof value === 'string') return `a string of ${value.length} characters`
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object' || value === null) return String(value)
  const keys = Object.keys(value)
  const some = keys.slice(0, maxKeys).join(', ') + (keys.length > maxKeys ? ', …' : '')
  const kind = value.constructor?.name
  const what = kind === undefined || kind === 'Object' ? 'an object' : `an object (${kind})`
  return keys.length === 0 ? what : `${what} with ${some}`
}

/**
 * The same for an option that holds no secret: a short string, such as a choice, is shown as it is.
 */
export function describeChoice(value: unknown): string {
  const isHarmless = typeof value === 'string' && value.length <= 60 && !value.includes('@')
  return isHarmless ? JSON.stringify(value) : describeValue(value)
}
