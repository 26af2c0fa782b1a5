import { readFileSync } from 'node:fs'
import { keyOf } from './sample.mjs'

/**
 * Lets Stryker run the mutants of the sample only. By itself Stryker runs every mutant; one that a
 * checker refuses, as it would one that does not compile, is left out.
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
