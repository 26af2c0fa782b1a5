import { describeValue } from '../../src/options/describeValue.js'

/** PostgreSQL can store neither a NUL character nor half a surrogate pair, so all stores refuse them. */
const unstorable = /[\0\p{Surrogate}]/u

const unfit = 'must not contain a NUL character or an unpaired surrogate'

/** @throws if one of the values is not a text that every store can keep. */
export function requireText(values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || value === '')
      throw new TypeError(`${name} must be a non-empty string, not ${describeValue(value)}`)
    if (unstorable.test(value)) throw new TypeError(`${name} ${unfit}`)
  }
}

/** The same for `data`, which must be plain JSON. */
export function requireData(data: unknown): void {
  if (data === undefined) return
  const text = JSON.stringify(data, (name, value) => {
    for (const part of [name, value])
      if (typeof part === 'string' && unstorable.test(part)) throw new TypeError(`data ${unfit}`)
    return value
  })
  if (text === undefined) throw new TypeError(`data must be plain JSON, not a ${typeof data}`)
}
