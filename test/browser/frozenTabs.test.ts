import { describe, expect, test } from 'vitest'
import { expectCoveredInFirstFrame, watchFirstFrame } from '../setup/firstFrame.js'
import { openInRealBrowser } from '../setup/openInRealBrowser.js'

/** A hidden tab's timers wait for full seconds; and room for three browsers at once. */
const late = 1_000 + 1_000

describe.concurrent('no other tab is harmed, and this one catches up, when it', () => {
  test('is frozen past the deadline', async ({ onTestFinished }) => {
    const { first, second, moments, context, idleSince } = await openInRealBrowser(onTestFinished, {
      tabs: 2,
    })
    const connection = await context.newCDPSession(first)
    await watchFirstFrame(first, 'resume')
    await connection.send('Page.setWebLifecycleState', { state: 'frozen' })
    await moments.first(second, 'over', idleSince)
    await connection.send('Page.setWebLifecycleState', { state: 'active' })
    await first.bringToFront()
    await moments.first(first, 'over', idleSince)
    await expectCoveredInFirstFrame(first)
  })

  test('is stopped past the deadline, and the key that was pressed meanwhile revives nothing', async ({
    onTestFinished,
  }) => {
    const { browser, first, second, moments } = await openInRealBrowser(onTestFinished, {
      tabs: 2,
    })
    await watchFirstFrame(second, 'keydown')
    const renderer = await browser.rendererOf(second)
    // The core is told of one input a second at the most, and the key below comes within it.
    await second.mouse.click(5, 5)
    const idleSince = Date.now()
    process.kill(renderer, 'SIGSTOP')
    const pressed = second.keyboard.press('Shift')
    const over = await moments.first(first, 'over', idleSince)
    expect(over - idleSince).toBeLessThan(8_000 + late)
    process.kill(renderer, 'SIGCONT')
    await pressed
    await moments.first(second, 'over', over)
    await expectCoveredInFirstFrame(second)
  })

  test('dies while it asks the server', async ({ onTestFinished }) => {
    const { demo, browser, context, tabs, moments, idleSince } = await openInRealBrowser(
      onTestFinished,
      { tabs: 3 },
    )
    demo.pause()
    const request = await context.waitForEvent('request', (each) =>
      each.url().endsWith('/session-security'),
    )
    const asking = request.frame().page()
    // A dying page answers nobody any more, the driver included.
    const renderer = await browser.rendererOf(asking)
    process.kill(renderer, 'SIGKILL')
    demo.resume()

    for (const tab of tabs.filter((each) => each !== asking)) {
      const warned = await moments.first(tab, 'warned', idleSince)
      expect(warned - idleSince).toBeLessThan(4_000 + late)
      const over = await moments.first(tab, 'over', idleSince)
      expect(over - idleSince).toBeLessThan(8_000 + late)
    }
  })
})
