import type { Mistakes } from './optionMistakes.js'

/** The rule for one option. */
export interface Rule {
  /** Completes "option: …". */
  readonly must: string
  readonly accepts: (value: unknown) => boolean
  /** An error never shows the value, not even a short text. */
  readonly isSecret?: true
}

/** A rule for each option. The compiler finds one that is missing. */
export type Rules<Options> = { readonly [Option in keyof Required<Options>]: Rule }

/**
 * Adds a mistake for each option that breaks its rule. An option that is `undefined` counts as not
 * given, which is only a mistake if it is in `required`.
 */
export function checkRules<Options>(
  given: { readonly [Option in keyof Options]?: unknown },
  rules: Rules<Options>,
  mistakes: Mistakes,
  { path = '', required = [] }: { path?: string; required?: readonly string[] } = {},
): void {
  for (const [option, { must, accepts, isSecret }] of Object.entries<Rule>(rules)) {
    const value = given[option as keyof Options]
    const isGiven = value !== undefined || required.includes(option)
    if (isGiven && !accepts(value)) mistakes.add(path + option, must, value, isSecret)
  }
}

/** For an option that is checked elsewhere, because it needs more than one rule. */
export const anything: Rule = { must: '', accepts: () => true }

export const aBoolean: Rule = typed('boolean')
export const aFunction: Rule = typed('function')
export const aString: Rule = typed('string')

export const aText: Rule = { must: 'must be a non-empty string', accepts: isText }
export const anAddress: Rule = { must: 'must be an address', accepts: isText }

export const aDuration: Rule = {
  must: 'must be a time in whole milliseconds, more than 0',
  accepts: (value) => Number.isSafeInteger(value) && (value as number) > 0,
}

export const aCount = (least: number): Rule => ({
  must: `must be a whole number of at least ${least}`,
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least,
})

export const anObject: Rule = {
  must: 'must be an object',
  accepts: (value) => typeof value === 'object' && value !== null,
}

export const oneOf = (...choices: readonly string[]): Rule => ({
  must: `must be one of ${choices.map((choice) => `'${choice}'`).join(', ')}`,
  accepts: (value) => choices.includes(value as string),
})

function typed(type: 'boolean' | 'function' | 'string'): Rule {
  return { must: `must be a ${type}`, accepts: (value) => typeof value === type }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
