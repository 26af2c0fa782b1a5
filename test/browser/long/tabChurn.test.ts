import type { Page } from 'playwright'
import { expect } from 'vitest'
import { createRandom } from '../../../src/testing/random.js'
import { test } from '../../support/demo/demoTest.js'
import { someInput } from '../../support/demo/user.js'

/** The same tabs in the same order each time, as far as timing lets them. */
const seed = 20_261_121
const minute = 60_000

test('ten tabs that open, close and crash at random under input for a minute never warn, and end together', async ({
  openDemo,
}) => {
  const { tabs, context, demo, moments, asked } = await openDemo({ tabs: 3 })
  const open: Page[] = [...tabs]
  const random = createRandom(seed)
  const pick = (): Page => open[Math.floor(random() * open.length)] as Page
  const began = Date.now()
  let opened = tabs.length

  while (Date.now() < began + minute) {
    await someInput(pick())
    const what = random()
    if (open.length < 3 || (what < 0.5 && open.length < 10)) {
      const tab = await context.newPage()
      await tab.goto(demo.url)
      await tab.getByText('Session active').waitFor()
      open.push(tab)
      opened += 1
    } else {
      const tab = pick()
      open.splice(open.indexOf(tab), 1)
      if (what < 0.9) await tab.close({ runBeforeUnload: what < 0.7 })
      else await crash(tab)
    }
    for (const tab of open) expect(moments.of(tab, 'warned')).toEqual([])
  }

  // One question a new document, one report each two seconds, and one from each that was left.
  expect(asked.since(began)).toBeLessThanOrEqual(opened * 2 + minute / 2_000)
  const idleSince = moments.lastInput()
  for (const what of ['warned', 'over'] as const) {
    const times = await Promise.all(open.map((tab) => moments.first(tab, what, idleSince)))
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(250)
  }
}, 120_000)

async function crash(tab: Page): Promise<void> {
  const crashed = tab.waitForEvent('crash')
  const connection = await tab.context().newCDPSession(tab)
  // Never answered.
  void connection.send('Page.crash').catch(() => {})
  await crashed
  await tab.close()
}
