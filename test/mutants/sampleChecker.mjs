import { readFileSync } from 'node:fs'
import { keyOf } from './sample.mjs'

/**
 * Lets Stryker run only the mutants of the sample. Stryker itself would run every mutant, but skips one that a
 * checker rejects, as it skips one that does not compile.
 */
class SampleChecker {
  #sampled = new Set(JSON.parse(readFileSync(process.env.MUTANTS_SAMPLE ?? '', 'utf8')))

  async init() {}

  group(mutants) {
    return [mutants.map(({ id }) => id)]
  }

  async check(mutants) {
    const verdict = (mutant) =>
      this.#sampled.has(keyOf(mutant))
        ? { status: 'passed' }
        : { status: 'compileError', reason: 'not in the sample' }
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, verdict(mutant)]))
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: SampleChecker }]
