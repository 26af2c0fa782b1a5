// Mutation tests: npm run test:mutants. See CONTRIBUTING.md for the variables.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { groups } from '../test/mutants/groups.mjs'
import { keyOf, sampleOf } from '../test/mutants/sample.mjs'

const most = Number(process.env.MUTANTS ?? 100)
const seed = process.env.MUTANTS_SEED ?? '1'
const chosen = (process.env.MUTANTS_GROUPS ?? Object.keys(groups).join()).split(',')
const only = process.env.MUTANTS_FILES
const equivalents = JSON.parse(readFileSync('test/mutants/equivalent.json', 'utf8'))
const folder = resolve('.stryker-tmp')
mkdirSync(folder, { recursive: true })

// Fewer generated histories, but the same in each run.
process.env.HISTORIES ??= '150'
process.env.SEED ??= '20261121'

let report = ''
for (const name of chosen) {
  const group = groups[name]
  if (!group) throw new Error(`No group "${name}"; there are ${Object.keys(groups).join(', ')}.`)
  report += summaryOf(name, await run(name, only ? { ...group, mutate: new RegExp(only) } : group))
}
writeFileSync(resolve(folder, 'report.md'), report)
process.stdout.write(report)

async function run(name, group) {
  const sample = await sampleOf(group, { most, seed })
  process.env.MUTANTS_GROUP = name
  process.env.MUTANTS_SAMPLE = resolve(folder, `sample-${name}.json`)
  writeFileSync(process.env.MUTANTS_SAMPLE, JSON.stringify(sample))
  const sampled = new Set(sample)
  const results = await new Stryker({
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutants/vitest.config.mjs', related: true },
    plugins: ['@stryker-mutator/vitest-runner', resolve('test/mutants/sampleChecker.mjs')],
    checkers: ['sample'],
    mutate: [...new Set(sample.map((key) => JSON.parse(key)[0]))],
    coverageAnalysis: 'perTest',
    concurrency: Number(process.env.MUTANTS_AT_ONCE ?? 1),
    timeoutMS: 20_000,
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['dist*', '.stryker-tmp', 'storybook-static', 'bench'],
    reporters: ['clear-text'],
    clearTextReporter: { reportMutants: false, reportTests: false, reportScoreTable: false },
    disableTypeChecks: false,
    allowConsoleColors: false,
    logLevel: 'warn',
  }).runMutationTest()
  return results.filter((mutant) => sampled.has(keyOf(fromZero(mutant))))
}

/** Results count lines and columns from 1; checkers and the instrumenter count from 0. */
function fromZero(mutant) {
  const { start, end } = mutant.location
  const less = ({ line, column }) => ({ line: line - 1, column: column - 1 })
  return { ...mutant, location: { start: less(start), end: less(end) } }
}

function summaryOf(name, mutants) {
  const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout')
  const missed = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const real = missed.filter((mutant) => !isEquivalent(mutant))
  const counted = noticed.length + real.length
  const score = counted === 0 ? 100 : (100 * noticed.length) / counted
  const head = `\n## ${name}: ${score.toFixed(1)} % of ${counted} noticed (${missed.length - real.length} more are equivalent)\n`
  const lines = real.map(
    (mutant) =>
      `- ${mutant.fileName.replace(/^.*?((src|server-reference)\/)/, '$1')}:${mutant.location.start.line} ${mutant.mutatorName}, ${mutant.status}\n  \`${lineOf(mutant)}\`\n  becomes ${JSON.stringify(mutant.replacement)} in place of ${JSON.stringify(originalOf(mutant))}`,
  )
  return [head, ...lines, ''].join('\n')
}

/** Compares the text of the line, not its number, which every edit above it changes. */
function isEquivalent(mutant) {
  return equivalents.some(
    ({ file, line, original, replacement }) =>
      mutant.fileName.endsWith(file) &&
      lineOf(mutant) === line &&
      originalOf(mutant) === original &&
      mutant.replacement === replacement,
  )
}

function lineOf({ fileName, location }) {
  return readFileSync(fileName, 'utf8').split('\n')[location.start.line - 1]?.trim()
}

function originalOf({ fileName, location: { start, end } }) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line)
  lines.push(lines.pop().slice(0, end.column - 1))
  lines[0] = lines[0].slice(start.column - 1)
  return lines.join('\n')
}
