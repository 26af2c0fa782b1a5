import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Page, Request } from 'playwright'
import { describe, expect, test } from 'vitest'
import { type Cleanup, openInRealBrowser } from '../../support/browser/openInRealBrowser.js'
import {
  expectCoveredAtOnce,
  expectCoveredInFirstFrame,
  watchFirstFrame,
} from '../../support/demo/firstFrame.js'
import { someInput } from '../../support/demo/user.js'

/** A hidden tab's timers wait for full seconds; and room for the machine. */
const late = 1_000 + 250

/** How long a tab waits at the most for another that has the question and says nothing. */
const pingTimeout = 5_000

describe('the other tabs are not affected, and this tab catches up, if it', () => {
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

  test('is stopped past the deadline, and a key pressed meanwhile revives nothing', async ({
    onTestFinished,
  }) => {
    const opened = await openInRealBrowser(onTestFinished, { tabs: 2 })
    const { browser, context, first, second, moments } = opened
    const renderer = await browser.rendererOf(second)
    // Stopped between two reports, or the other tab would wait for its answer.
    await reportInput(context, second)
    await watchFirstFrame(second, 'keydown')
    // The core is told of one input a second at the most, and the key below comes within it.
    await second.mouse.click(5, 5)
    const idleSince = Date.now()
    process.kill(renderer, 'SIGSTOP')
    const pressed = second.keyboard.press('Shift')
    const over = await moments.first(first, 'over', idleSince)
    expect(over - idleSince).toBeLessThan(8_000 + late)
    // The other tab may be over before: the click was perhaps not told any more.
    await pause(Math.max(0, idleSince + 8_000 - Date.now()))
    process.kill(renderer, 'SIGCONT')
    await pressed
    await moments.first(second, 'over', over)
    await expectCoveredAtOnce(second)
    await expectCoveredInFirstFrame(second)
  })

  test('is stopped while it asks the server', async ({ onTestFinished }) => {
    const opened = await openAsking(onTestFinished)
    const { demo, moments, idleSince, asking, renderer } = opened
    process.kill(renderer, 'SIGSTOP')
    demo.resume()
    await expectOthersInTime(opened, pingTimeout)
    process.kill(renderer, 'SIGCONT')
    await moments.first(asking, 'over', idleSince)
  })

  test('dies while it asks the server', async ({ onTestFinished }) => {
    const opened = await openAsking(onTestFinished)
    process.kill(opened.renderer, 'SIGKILL')
    opened.demo.resume()
    await expectOthersInTime(opened)
  })
})

/** Three tabs of which one has just asked a server that hangs. */
async function openAsking(onTestFinished: Cleanup) {
  const opened = await openInRealBrowser(onTestFinished, { tabs: 3 })
  const { demo, browser, context, first, tabs, moments } = opened
  const renderers = new Map<Page, number>()
  for (const tab of tabs) renderers.set(tab, await browser.rendererOf(tab))
  const allKnown = Date.now()
  await reportInput(context, first)
  const idleSince = await moments.first(first, 'input', allKnown)

  demo.pause()
  const request = await context.waitForEvent('request', isToEndpoint)
  const asking = request.frame().page()
  const renderer = renderers.get(asking)
  if (renderer === undefined) throw new Error('Some other page has asked.')
  return { demo, tabs, moments, idleSince, asking, renderer }
}

/** Warned and covered as ever; they may have to wait for the answer, in ms, before they are over. */
async function expectOthersInTime(
  { tabs, asking, moments, idleSince }: Awaited<ReturnType<typeof openAsking>>,
  wait = 0,
): Promise<void> {
  for (const tab of tabs.filter((each) => each !== asking)) {
    const warned = await moments.first(tab, 'warned', idleSince)
    expect(warned - idleSince).toBeLessThan(4_000 + late)
    const covered = await moments.first(tab, 'covered', idleSince)
    expect(covered - idleSince).toBeLessThan(8_000 + late)
    const over = await moments.first(tab, 'over', idleSince)
    expect(over - idleSince).toBeLessThan(8_000 + wait + late)
  }
}

/** Input that the server has heard of: the next question comes no sooner than two seconds later. */
async function reportInput(context: BrowserContext, page: Page): Promise<void> {
  const since = Date.now()
  const reported = context.waitForEvent('requestfinished', (request) => {
    return isToEndpoint(request) && Date.now() - request.postDataJSON()?.idleForMs >= since
  })
  await someInput(page)
  await reported
  const asking = () => page.evaluate(async () => (await navigator.locks.query()).held)
  await expect.poll(asking).toEqual([])
}

function isToEndpoint(request: Request): boolean {
  return request.url().endsWith('/session-security')
}
