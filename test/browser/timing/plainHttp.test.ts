import { expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'

test.override('browserArguments', ['--host-resolver-rules=MAP app.test 127.0.0.1'])

test('on plain http under a host name, without Web Locks, three tabs warn and are over together', async ({
  openDemo,
}) => {
  const open = await openDemo({ tabs: 3, host: 'app.test' })
  const { tabs, moments, idleSince, asked, hypervisor } = open
  expect(await tabs[0].evaluate(() => 'locks' in navigator)).toBe(false)

  for (const what of ['warned', 'over'] as const) {
    const times = await Promise.all(tabs.map((tab) => moments.first(tab, what, idleSince)))
    const first = Math.min(...times)
    const last = Math.max(...times)
    expect(last - first).toBeLessThanOrEqual(100 + hypervisor.took(first, last))
  }

  expect(asked.since(idleSince + 2_900)).toBeLessThanOrEqual(3)
})
