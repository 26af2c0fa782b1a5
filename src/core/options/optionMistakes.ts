/** Collects what is wrong with given options, so that one error names every mistake. */
export interface Mistakes {
  /** `rule` completes "option: …"; what was received is described. */
  add(option: string, rule: string, received: unknown): void
  /** Names what is not an option, and what was probably meant. */
  unknown(given: object, known: readonly string[], path?: string): void
  /** @throws one error that names all mistakes, if there are any. */
  check(): void
}

/** `others`: options that exist besides, to guess what was meant. */
export function collectMistakes(whose = 'the session', others: readonly string[] = []): Mistakes {
  const lines: string[] = []
  return {
    add: (option, rule, received) =>
      lines.push(`${option}: ${rule}; received ${describeKnown(received)}`),
    unknown: (given, known, path = '') => {
      for (const [key, value] of Object.entries(given)) {
        if (known.includes(key)) continue
        const candidates = path === '' ? [...known, ...others] : known
        const meant = candidates.find((name) => resembles(name, key))
        const hint = meant ? ` (did you mean "${path}${meant}"?)` : ''
        lines.push(`${path}${key}: is not an option${hint}; received ${describe(value)}`)
      }
    },
    check: () => {
      if (lines.length === 0) return
      const count = lines.length === 1 ? '1 mistake' : `${lines.length} mistakes`
      const error = new TypeError(
        `react-session-security: ${count} in the options of ${whose}.\n${lines.map((line) => `  - ${line}\n`).join('')}See docs/errors/invalid-options.md`,
      )
      throw Object.assign(error, { code: 'invalid-options' })
    },
  }
}

/** The value of an option that exists: a short text is a choice or an address. */
function describeKnown(value: unknown): string {
  const isHarmless = typeof value === 'string' && value.length <= 60 && !value.includes('@')
  return isHarmless ? JSON.stringify(value) : describe(value)
}

const mostKeys = 8

/** Types and keys, never what is in them: a token, or a person's data, would end up in logs. */
function describe(value: unknown): string {
  if (typeof value === 'string') return `a string of ${value.length} characters`
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object' || value === null) return String(value)
  const keys = Object.keys(value)
  const some = keys.slice(0, mostKeys).join(', ') + (keys.length > mostKeys ? ', …' : '')
  return keys.length === 0 ? 'an object' : `an object with ${some}`
}

/** One letter too many, too few, another or two swapped, whatever the case. */
function resembles(name: string, key: string): boolean {
  const [a, b] = [name.toLowerCase(), key.toLowerCase()]
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  const shorter = Math.min(a.length, b.length) - start
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  return Math.max(a.length, b.length) - start - end <= 2
}
