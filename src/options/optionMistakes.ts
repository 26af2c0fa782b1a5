import { describeChoice, describeValue } from './describeValue.js'
import { docsUrl } from './docsUrl.js'

/** Collects mistakes in options, so that one error names all of them. */
export interface Mistakes {
  /**
   * `rule` completes "option: …". The error describes `received`. It shows a short string as it is,
   * unless the option `isSecret`.
   */
  add(option: string, rule: string, received: unknown, isSecret?: boolean): void
  /** Adds a mistake for each key that is not an option, and suggests a similar one. */
  unknown(given: object, known: readonly string[], path?: string): void
  /** @throws one error that names all mistakes, if there are any. */
  check(): void
}

/** `others`: more names of options, only for suggestions. */
export function collectMistakes(whose = 'the session', others: readonly string[] = []): Mistakes {
  const lines: string[] = []
  return {
    add: (option, rule, received, isSecret = false) => {
      const described = isSecret ? describeValue(received) : describeChoice(received)
      lines.push(`${option}: ${rule}; received ${described}`)
    },
    unknown: (given, known, path = '') => {
      for (const [key, value] of Object.entries(given)) {
        if (known.includes(key)) continue
        const candidates = path === '' ? [...known, ...others] : known
        const meant = candidates.find((name) => resembles(name, key))
        const hint = meant ? ` (did you mean "${path}${meant}"?)` : ''
        lines.push(`${path}${key}: is not an option${hint}; received ${describeValue(value)}`)
      }
    },
    check: () => {
      if (lines.length === 0) return
      const count = lines.length === 1 ? '1 mistake' : `${lines.length} mistakes`
      const error = new TypeError(
        `react-session-security: ${count} in the options of ${whose}.\n${lines.map((line) => `  - ${line}\n`).join('')}See ${docsUrl}/errors/invalid-options.md`,
      )
      throw Object.assign(error, { code: 'invalid-options' })
    },
  }
}

/**
 * Do two names differ by a typo: a letter added, left out, changed, or two swapped? Ignores case.
 */
function resembles(name: string, key: string): boolean {
  const [a, b] = [name.toLowerCase(), key.toLowerCase()]
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  const shorter = Math.min(a.length, b.length) - start
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  return Math.max(a.length, b.length) - start - end <= 2
}
