import { expect } from 'vitest'
import { test } from '../setup/demoTest.js'

test.override('browserArguments', ['--host-resolver-rules=MAP app.test 127.0.0.1'])

test('on plain http under a host name, without Web Locks, three tabs warn and are over together', async ({
  openDemo,
}) => {
  const { tabs, moments, idleSince, asked } = await openDemo({ tabs: 3, host: 'app.test' })
  expect(await tabs[0].evaluate(() => 'locks' in navigator)).toBe(false)

  for (const what of ['warned', 'over'] as const) {
    const times = await Promise.all(tabs.map((tab) => moments.first(tab, what, idleSince)))
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(100)
  }

  expect(asked.since(idleSince + 2_900)).toBeLessThanOrEqual(3)
})
