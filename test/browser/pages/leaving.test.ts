import { describe, expect, test } from 'vitest'
import { openInRealBrowser } from '../../support/browser/openInRealBrowser.js'
import { someInput } from '../../support/demo/user.js'

describe.concurrent('leaving a page', () => {
  test('reports the activity that is not reported yet', async ({ onTestFinished }) => {
    const { first, demo, context } = await openInRealBrowser(onTestFinished, {
      warnAfter: 60,
      expireAfter: 120,
    })
    const idleFor = async () => {
      const answer = await context.request.get(`${demo.url}/api/cases`)
      return Number(answer.headers()['session-idle'])
    }
    // Half a minute would pass before the next report.
    await expect.poll(idleFor, { timeout: 5_000 }).toBeGreaterThan(2)
    await someInput(first)
    await first.close({ runBeforeUnload: true })
    await expect.poll(idleFor).toBeLessThan(2)
  })

  test('a cancelled beforeunload changes nothing', async ({ onTestFinished }) => {
    const { first, second, moments } = await openInRealBrowser(onTestFinished, { tabs: 2 })
    await second.evaluate(() => {
      addEventListener('beforeunload', (event) => event.preventDefault())
    })
    // Without any input a browser asks nobody.
    await second.getByRole('textbox', { name: 'Notes' }).fill('half a thought')
    const asked = second.waitForEvent('dialog')
    await second.close({ runBeforeUnload: true })
    await (await asked).dismiss()

    await someInput(second)
    const idleSince = moments.lastInput()
    for (const tab of [first, second]) {
      const warned = await moments.first(tab, 'warned', idleSince)
      expect(warned - idleSince).toBeGreaterThan(4_000 - 250)
    }
    const before = Date.now()
    await someInput(second)
    for (const tab of [first, second]) await moments.first(tab, 'warning closed', before)
  })
})
