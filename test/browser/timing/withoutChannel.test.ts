import { expect, test } from 'vitest'
import { openInRealBrowser } from '../../support/browser/openInRealBrowser.js'
import { someInput } from '../../support/demo/user.js'

test('without BroadcastChannel and Web Locks tabs still warn, stay and end together', async ({
  onTestFinished,
}) => {
  const { first, second, moments, idleSince } = await openInRealBrowser(onTestFinished, {
    tabs: 2,
    prepare: (context) =>
      context.addInitScript(() => {
        Reflect.deleteProperty(window, 'BroadcastChannel')
        Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })
      }),
  })
  for (const tab of [first, second]) await moments.first(tab, 'warned', idleSince)
  const since = Date.now()
  await someInput(second)
  for (const tab of [first, second]) await moments.first(tab, 'warning closed', since)
  const times = []
  for (const tab of [first, second]) times.push(await moments.first(tab, 'over', since))
  // The hidden tab's timers wait for its next full second, which began right before the input here,
  // and then for their turn.
  expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1_250)
})
