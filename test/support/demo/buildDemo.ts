import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

/** Builds the demo once for all browser tests: they meet what `npm run demo` serves. */
export default async function buildDemo(): Promise<void> {
  await promisify(execFile)('npm', ['run', '--silent', 'build:demo'], {
    cwd: resolve(import.meta.dirname, '../../..'),
    // The test runner's own NODE_ENV would bring in React's development build.
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
