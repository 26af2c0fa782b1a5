import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sizeOf } from '../support/package/sizes.js'

/** What the README's table of sizes calls an entry, and the module that is measured for it. */
const measured: Record<string, string> = {
  'react-session-security': './dist/src/index.js',
  'react-session-security/headless': './dist/src/headless.js',
  'react-session-security/core': './dist/src/core.js',
  'react-session-security/query': './dist/src/query.js',
  'react-session-security/messages/de': './dist/src/messages/de.js',
  '@radix-ui/react-dialog': '@radix-ui/react-dialog',
  'react-idle-timer': 'react-idle-timer',
}

const readme = readFileSync('README.md', 'utf8')

// The README's figure is the budget: more than that fails, and so does much less, or it would be
// a figure that nobody measured.
test.each(Object.entries(measured))('%s weighs what the README says', async (name, module) => {
  const stated = Number(new RegExp(`\\| \`${name}\` \\| ([\\d.]+) kB`).exec(readme)?.[1])
  const size = (await sizeOf(`export * from '${module}'`)) / 1_000
  const why = `Measured: ${size.toFixed(2)} kB`
  expect(size, why).toBeLessThanOrEqual(stated)
  expect(size, why).toBeGreaterThan(stated * 0.95 - 0.05)
})
