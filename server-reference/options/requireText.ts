/** PostgreSQL can store neither a NUL character nor half a surrogate pair; so no store is given one. */
const unstorable = /[\0\p{Surrogate}]/u

const unfit = 'may not have a NUL character or an unpaired surrogate in it'

/** Throws where one of the values is no text that every store can keep. */
export function requireText(values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || value === '')
      throw new TypeError(`${name} has to be a string that is not empty, not ${typeof value}`)
    if (unstorable.test(value)) throw new TypeError(`${name} ${unfit}`)
  }
}

/** The same for `data`, which has to be plain JSON. */
export function requireData(data: unknown): void {
  if (data === undefined) return
  const text = JSON.stringify(data, (name, value) => {
    for (const part of [name, value])
      if (typeof part === 'string' && unstorable.test(part)) throw new TypeError(`data ${unfit}`)
    return value
  })
  if (text === undefined) throw new TypeError(`data has to be plain JSON, not a ${typeof data}`)
}
