import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Identifies a mutant by its change and its place, whatever sandbox Stryker works in. */
export function keyOf({ fileName, mutatorName, location: { start, end }, replacement }) {
  const [, file] = /((?:src|server-reference)\/.*)$/.exec(fileName) ?? []
  return JSON.stringify([
    file,
    start.line,
    start.column,
    end.line,
    end.column,
    mutatorName,
    replacement,
  ])
}

/** A sample of this many mutants. The same seed gives the same sample, and an edit of one file changes only that file's. */
export async function sampleOf({ mutate }, { most, seed }) {
  const files = filesOf(mutate).map((name) => ({
    name,
    mutate: true,
    content: readFileSync(name, 'utf8'),
  }))
  const mutants = await allMutants(files)
  const order = (key) => createHash('sha256').update(`${seed} ${key}`).digest('hex')
  return mutants
    .map(keyOf)
    .map((key) => ({ key, rank: order(key) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, most)
    .map(({ key }) => key)
}

const filesOf = (pattern) =>
  ['src', 'server-reference']
    .flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file)),
    )
    .filter((file) => pattern.test(file) && /(?<!\.d)\.tsx?$/.test(file))

/** All mutants that Stryker can make of these files. Its instrumenter is a separate package. */
async function allMutants(files) {
  const require = createRequire(createRequire(import.meta.url).resolve('@stryker-mutator/core'))
  const { Instrumenter } = await import(require.resolve('@stryker-mutator/instrumenter'))
  const silent = { debug() {}, info() {}, isDebugEnabled: () => false }
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: true }
  const { mutants } = await new Instrumenter(silent).instrument(files, options)
  return mutants
}
