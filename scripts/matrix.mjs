// Runs the component tests with other versions of React, from the oldest that package.json allows to the
// newest: `npm run test:matrix [version …]`. Each version is installed into its own folder.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const given = process.argv.slice(2)
const versions =
  given.length > 0 ? given : ['18.2.0', '18.3.1', '19.0.0', '19.1.0', '19.2.0', '19.3.0', 'latest']

const failed = versions.filter((version) => !passes(version))
process.stdout.write(`${versions.length - failed.length} passed, ${failed.length} failed\n`)
if (failed.length > 0) {
  process.stderr.write(`The tests fail with React ${failed.join(', ')}.\n`)
  process.exit(1)
}

function passes(version) {
  const folder = mkdtempSync(join(tmpdir(), 'session-security-react-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    process.stdout.write(`React ${version}\n`)
    const packages = [`react@${version}`, `react-dom@${version}`]
    if (!run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder }))
      return false
    const env = { ...process.env, REACT_UNDER_TEST: join(folder, 'node_modules') }
    return run('node_modules/.bin/vitest', ['run', '--project', 'react-18'], { env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(program, args, options) {
  return spawnSync(program, args, { stdio: 'inherit', ...options }).status === 0
}
