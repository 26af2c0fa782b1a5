import type { Page } from 'playwright'
import { expect, inject } from 'vitest'
import { recordMoments } from '../browser/recordMoments.js'
import { recordProblems } from '../browser/recordProblems.js'
import { recordRequests } from '../browser/recordRequests.js'
import { test as base } from '../demo/demoTest.js'
import { someInput } from '../demo/user.js'
import { type DjangoOptions, startDjango } from './startDjango.js'

interface OpenOptions extends Partial<DjangoOptions> {
  tabs?: number
  /** The page is told who is signed in, and gives it as `subject`. */
  named?: boolean
}

/** Seconds, on both sides. */
export const djangoPolicy = { warnAfter: 5, expireAfter: 11 }

/** Tests with a Django site of their own, and one Chromium a file. */
export const test = base
  .extend('builtPage', { scope: 'file' }, () => inject('builtPage'))
  .extend('startSite', async ({ builtPage }, { onCleanup }) => {
    const stops: (() => Promise<void>)[] = []
    onCleanup(async () => {
      for (const stop of stops) await stop()
    })
    return async (options: Partial<DjangoOptions> = {}): Promise<string> => {
      const site = await startDjango(builtPage, {
        ...djangoPolicy,
        passiveRequests: true,
        ...options,
      })
      stops.push(site.stop)
      return site.url
    }
  })
  .extend('openSite', async ({ browser, startSite }, { onCleanup }) => {
    const close: (() => Promise<void>)[] = []
    onCleanup(async () => {
      for (const each of close) await each()
    })

    /** Tabs of one browser, signed in as ada and active; nobody touches them any more. */
    return async ({ tabs: count = 3, named = false, ...options }: OpenOptions = {}) => {
      const url = await startSite(options)
      const context = await browser.newContext()
      const problems = recordProblems(context)
      close.push(async () => {
        await context.close()
        expect(problems).toEqual([])
      })
      const moments = await recordMoments(context)
      const pings = recordRequests(context, '/session_security/ping/')
      const polls = recordRequests(context, '/api/cases/')
      const page = `${url}/${named ? '?named' : ''}`

      const first = await context.newPage()
      await signInToDjango(first, url, 'ada')
      const tabs: [Page, ...Page[]] = [first]
      while (tabs.length < count) tabs.push(await context.newPage())
      for (const tab of tabs) {
        await tab.goto(page)
        await tab.getByText('Session active').waitFor()
      }
      const begin = Date.now()
      await someInput(first)
      const idleSince = await moments.first(first, 'input', begin)
      return { url, page, context, tabs, moments, pings, polls, idleSince }
    }
  })

export async function signInToDjango(tab: Page, url: string, name: string): Promise<void> {
  await tab.goto(`${url}/sign-in/${name}/`)
  await tab.getByText(`Signed in as ${name}`).waitFor()
}
