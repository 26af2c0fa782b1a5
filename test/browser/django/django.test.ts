import type { Page } from 'playwright'
import { describe, expect } from 'vitest'
import { djangoTransport } from '../../../src/django.js'
import { someInput } from '../../support/demo/user.js'
import { djangoPolicy, signInToDjango, test } from '../../support/django/djangoTest.js'

const aSecond = 1_000
/** Django counts in whole seconds, and this machine has more to do: in ms. */
const late = 1_500

describe('three tabs on django-session-security', () => {
  test('warn, extend and expire together, with three requests at the most from before the warning to the end', async ({
    openSite,
    annotate,
  }) => {
    const { tabs, moments, pings, idleSince } = await openSite()
    const [first, second, third] = tabs

    const warned = await all(tabs, (tab) => moments.first(tab, 'warned', idleSince))
    expect(earliest(warned) - idleSince).toBeGreaterThanOrEqual(
      djangoPolicy.warnAfter * aSecond - 50,
    )
    expect(latest(warned) - idleSince).toBeLessThanOrEqual(djangoPolicy.warnAfter * aSecond + late)
    expect(latest(warned) - earliest(warned)).toBeLessThanOrEqual(250)

    await someInput(third ?? first)
    await all(tabs, (tab) => moments.first(tab, 'warning closed', latest(warned)))
    const extended = moments.lastInput()

    const again = await all(tabs, (tab) => moments.first(tab, 'warned', extended))
    const over = await all(tabs, (tab) => moments.first(tab, 'over', extended))
    expect(latest(over) - extended).toBeLessThanOrEqual(djangoPolicy.expireAfter * aSecond + late)
    expect(earliest(over) - extended).toBeGreaterThanOrEqual(
      (djangoPolicy.expireAfter - 2) * aSecond,
    )
    const asked = pings.since(earliest(again) - 1_500)
    expect(asked).toBeLessThanOrEqual(3)
    await annotate(
      `Warning after ${earliest(warned) - idleSince} to ${latest(warned) - idleSince} ms, ` +
        `end after ${earliest(over) - extended} to ${latest(over) - extended} ms, ${asked} requests.`,
    )
    expect(await statusOfCases(second ?? first)).toBe(403)
  })

  test('sign out together, and Django has ended the session', async ({ openSite }) => {
    const { tabs, moments } = await openSite()
    const [first] = tabs
    expect(await statusOfCases(first)).toBe(200)

    await first.getByRole('button', { name: 'Sign out' }).click()
    await all(tabs, (tab) => moments.first(tab, 'over'))

    await expect.poll(() => statusOfCases(first)).toBe(403)
  })

  test('come back unchanged when the same person signs in again', async ({ openSite }) => {
    const { url, page, tabs, moments } = await openSite({ named: true })
    const [first, ...others] = tabs
    await first.getByRole('button', { name: 'Sign out' }).click()
    await all(tabs, (tab) => moments.first(tab, 'over'))
    for (const tab of others) await tab.evaluate(() => document.body.setAttribute('data-old', ''))

    await expect.poll(() => statusOfCases(first)).toBe(403)
    await signInToDjango(first, url, 'ada')
    await first.goto(page)

    for (const tab of others) {
      await tab.getByText('Session active').waitFor()
      expect(await tab.locator('body[data-old]').count()).toBe(1)
    }
  })

  test('are reloaded when anybody signs in and the person is unknown', async ({ openSite }) => {
    const { url, page, tabs, moments } = await openSite()
    const [first, ...others] = tabs
    await first.getByRole('button', { name: 'Sign out' }).click()
    await all(tabs, (tab) => moments.first(tab, 'over'))

    await expect.poll(() => statusOfCases(first)).toBe(403)
    await signInToDjango(first, url, 'bob')
    await first.goto(page)

    for (const tab of others) await tab.getByText('Signed in as bob').waitFor()
  })
})

describe("the page's polling", () => {
  test('does not keep the session alive behind the middleware of the guide', async ({
    openSite,
  }) => {
    const { tabs, moments, polls, idleSince } = await openSite({ tabs: 1 })
    const over = await moments.first(tabs[0], 'over', idleSince)
    expect(over - idleSince).toBeLessThanOrEqual(djangoPolicy.expireAfter * aSecond + late)
    expect(polls.since(idleSince)).toBeGreaterThanOrEqual(10)
  })

  test('without that middleware polling keeps the session alive, and no warning comes', async ({
    openSite,
  }) => {
    const { tabs, moments, idleSince } = await openSite({ tabs: 1, passiveRequests: false })
    const [tab] = tabs
    const wellPast = idleSince + (djangoPolicy.expireAfter + 1) * aSecond
    await tab.waitForFunction((moment) => Date.now() > moment, wellPast)
    expect(moments.of(tab, 'warned')).toEqual([])
    expect(await statusOfCases(tab)).toBe(200)
  })
})

describe('PingView, asked by the transport', () => {
  test('is extended by reports and active requests, not by pings or passive requests', async ({
    startSite,
  }) => {
    const url = await startSite({ expireAfter: 60, warnAfter: 30 })
    const { headers } = await fetch(`${url}/sign-in/ada/`, { redirect: 'manual' })
    const Cookie = headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
    const transport = djangoTransport({
      pingUrl: `${url}/session_security/ping/`,
      fetch: (input, init) => fetch(input, { ...init, headers: { Cookie } }),
    })
    const { signal } = new AbortController()
    const idle = async (idleFor?: number) => {
      const verdict = await transport.ask({ ...(idleFor !== undefined && { idleFor }), signal })
      return verdict.state === 'active' ? verdict.idle : verdict.state
    }
    const idleFor4 = () => expect.poll(() => idle(), { timeout: 8_000, interval: 200 }).toBe(4_000)

    await idleFor4()
    await fetch(`${url}/api/poll/cases/`, { headers: { Cookie } })
    await fetch(`${url}/api/cases/`, { headers: { Cookie, 'X-Session-Passive': '1' } })
    expect(await idle()).toBeGreaterThanOrEqual(4_000)
    expect(await idle(1_000)).toBeLessThanOrEqual(3_000)

    await idleFor4()
    await fetch(`${url}/api/cases/`, { headers: { Cookie } })
    expect(await idle()).toBeLessThanOrEqual(2_000)
  })
})

function all<Result>(tabs: Page[], what: (tab: Page) => Promise<Result>): Promise<Result[]> {
  return Promise.all(tabs.map(what))
}

const earliest = (moments: number[]) => Math.min(...moments)
const latest = (moments: number[]) => Math.max(...moments)

/** A passive request, so that looking changes nothing. */
function statusOfCases(tab: Page): Promise<number> {
  return tab.evaluate(async () => {
    const headers = { 'X-Session-Passive': '1' }
    return (await fetch('/api/cases/', { headers })).status
  })
}
