import type { BrowserContext, Page } from 'playwright'
import { test as base, expect } from 'vitest'
import { type Moments, recordMoments } from '../browser/recordMoments.js'
import { recordProblems } from '../browser/recordProblems.js'
import { type Requests, recordRequests } from '../browser/recordRequests.js'
import { visibleBrowser } from '../browser/visibleBrowser.js'
import { type Hypervisor, watchHypervisor } from '../browser/watchHypervisor.js'
import { type Demo, type DemoOptions, startDemo } from './startDemo.js'
import { signIn, someInput } from './user.js'

export interface OpenOptions extends DemoOptions {
  /** How many tabs of one browser show the demo. */
  tabs?: number
  /** The name by which the browser knows the server. */
  host?: string
}

export interface OpenDemo {
  demo: Demo
  context: BrowserContext
  /** All of them signed in as ada, and active; the last one is in front. */
  tabs: [Page, ...Page[]]
  moments: Moments
  /** Nobody has touched any tab from then on (wall clock, ms). */
  idleSince: number
  /** To the session's endpoint. */
  asked: Requests
  /** To the polled list. */
  polled: Requests
  /** Under this machine, if it is a virtual one: what that took, nothing here can be blamed for. */
  hypervisor: Hypervisor
  /** Page errors and complaints in the console; a test that ends with any has failed. */
  problems: string[]
}

/**
 * Small windows: this browser paints on the processor, and what ten tabs take for their pixels is
 * not what is measured here.
 */
const viewport = { width: 480, height: 360 }

/** Tests with a demo server and a browser profile of their own, and one Chromium a file. */
export const test = base
  .extend('browserArguments', { scope: 'file' }, (): string[] => [])
  .extend('browser', { scope: 'file' }, async ({ browserArguments }, { onCleanup }) => {
    const browser = await visibleBrowser(browserArguments)
    onCleanup(() => browser.close())
    return browser
  })
  .extend('openDemo', async ({ browser }, { onCleanup }) => {
    const close: (() => Promise<void>)[] = []
    onCleanup(async () => {
      for (const each of close) await each()
    })

    return async ({ tabs: count = 1, host, ...options }: OpenOptions = {}): Promise<OpenDemo> => {
      const demo = await startDemo(options)
      close.push(demo.stop)
      const hypervisor = watchHypervisor()
      close.push(async () => hypervisor.stop())
      const context = await browser.newContext({ viewport })
      const problems = recordProblems(context)
      close.unshift(async () => {
        await context.close()
        expect(problems).toEqual([])
      })

      const address = new URL(demo.url)
      if (host) address.hostname = host
      const opened = await openTabs(context, address.href, count)
      return { demo, context, hypervisor, problems, ...opened }
    }
  })

/** Opens tabs of the demo, signed in as ada; somebody moves the mouse until all are active. */
export async function openTabs(context: BrowserContext, url: string, count: number) {
  const moments = await recordMoments(context)
  const asked = recordRequests(context, '/session-security')
  const polled = recordRequests(context, '/api/cases')

  const first = await context.newPage()
  await first.goto(url)
  await signIn(first, 'ada')
  await first.getByText('Session active').waitFor()
  const tabs: [Page, ...Page[]] = [first]
  while (tabs.length < count) {
    const tab = await context.newPage()
    tabs.push(tab)
    await tab.goto(url)
    await tab.getByText('Session active').waitFor()
    // Opening many takes longer than the first ones would wait with their warning.
    await someInput(tab)
  }

  const inFront = tabs.at(-1) ?? first
  // By the page's clock, which a test may have set.
  const allActive = await inFront.evaluate(() => Date.now())
  await someInput(inFront)
  await moments.first(inFront, 'input', allActive)
  return { tabs, moments, idleSince: moments.lastInput(), asked, polled }
}
