import { setTimeout as pass } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'
import { someInput } from '../../support/demo/user.js'

describe.concurrent('input in one of three tabs', () => {
  test('closes the warning in all of them within 250 ms', async ({ openDemo }) => {
    const { tabs, moments, idleSince, hypervisor } = await openDemo({ tabs: 3 })
    const [first] = tabs
    const warned = await Promise.all(tabs.map((tab) => moments.first(tab, 'warned', idleSince)))
    const graceIsOver = Math.max(...warned) + 500
    await pass(graceIsOver - Date.now())

    await someInput(first)

    const input = await moments.first(first, 'input', graceIsOver)
    for (const tab of tabs) {
      const closed = await moments.first(tab, 'warning closed', input)
      expect(closed - input).toBeLessThanOrEqual(250 + hypervisor.took(input, closed))
    }
  })

  test('keeps the others from warning', async ({ openDemo }) => {
    const { tabs, moments, idleSince: begin } = await openDemo({ tabs: 3 })
    const [busy, ...idle] = tabs

    while (Date.now() < begin + 7_000) {
      await someInput(busy)
      await pass(300)
    }

    for (const tab of idle) {
      expect(moments.of(tab, 'warned').filter((at) => at > begin)).toEqual([])
      expect(await tab.getByText('Session active').isVisible()).toBe(true)
    }
  })
})
