// Faults of real life, inflicted on each library. Each returns in words what was seen.
import { openTabs, pause, renderers, signalRenderers } from './tabs.mjs'

const until = (since, ms) => pause(since + ms - Date.now())
const contentShown = (tab) =>
  tab.evaluate(() => window.contentShown?.() ?? false).catch(() => false)

export const faults = [
  {
    name: 'the server hangs from 2 s on',
    meant: 'content hidden at 10 s',
    without: ['reactIdleTimer', 'handWritten'],
    async run({ browser, site, policy }) {
      const { tabs, idleSince } = await openTabs(browser, site, { count: 1, policy })
      await until(idleSince, 2_000)
      site.hang()
      await until(idleSince, 10_400)
      return (await contentShown(tabs[0])) ? 'content shown' : 'hidden'
    },
  },
  {
    name: 'the page polls its server each second',
    meant: 'warned at 5 s',
    async run({ browser, site, policy }) {
      const { tabs, moments, idleSince } = await openTabs(browser, site, {
        count: 1,
        policy,
        poll: true,
      })
      await until(idleSince, 7_000)
      return moments.get(tabs[0])?.warned ? 'warned' : 'not warned'
    },
  },
  {
    name: 'frozen from 2 s to 13 s, then the mouse moves',
    meant: 'over',
    async run({ browser, site, policy }) {
      const { tabs, idleSince } = await openTabs(browser, site, { count: 1, policy })
      await until(idleSince, 2_000)
      const pids = renderers()
      signalRenderers('SIGSTOP', pids)
      // Sent while the page is frozen, so that it is the first event on waking.
      await until(idleSince, 12_900)
      const moved = tabs[0].mouse.move(120, 120)
      await until(idleSince, 13_000)
      signalRenderers('SIGCONT', pids)
      await moved.catch(() => {})
      await until(idleSince, 15_000)
      return (await contentShown(tabs[0])) ? 'goes on' : 'over'
    },
  },
  {
    name: 'the clock is set back an hour at 1 s, the mouse moves at 4 s',
    meant: 'no warning',
    async run({ browser, site, policy }) {
      const { tabs, moments, idleSince } = await openTabs(browser, site, { count: 1, policy })
      await until(idleSince, 1_000)
      await tabs[0].evaluate(() => window.setClock(-3_600_000))
      await until(idleSince, 4_000)
      await tabs[0].mouse.move(120, 120)
      await until(idleSince, 6_500)
      if (await tabs[0].locator('#warning, #session_security_warning').isVisible()) return 'warned'
      return moments.get(tabs[0])?.warned ? 'warned early, closed by the input' : 'no warning'
    },
  },
  {
    name: 'the clock is set back an hour at 1 s, nobody does anything',
    meant: 'over at 10 s',
    async run({ browser, site, policy }) {
      const { tabs, idleSince } = await openTabs(browser, site, { count: 1, policy })
      await until(idleSince, 1_000)
      await tabs[0].evaluate(() => window.setClock(-3_600_000))
      await until(idleSince, 12_500)
      return (await contentShown(tabs[0])) ? 'content shown at 12.5 s' : 'over'
    },
  },
  {
    name: 'asleep for an hour from 2 s on; then nobody there, and no network yet',
    meant: 'content hidden',
    async run({ browser, site, policy, clock }) {
      const { tabs, idleSince } = await openTabs(browser, site, { count: 1, policy })
      await until(idleSince, 2_000)
      await tabs[0].context().setOffline(true)
      const pids = renderers()
      signalRenderers('SIGSTOP', pids)
      await clock.set(3_600_000)
      signalRenderers('SIGCONT', pids)
      await pause(2_500)
      return (await contentShown(tabs[0])) ? 'content shown after 2.5 s' : 'hidden'
    },
  },
  {
    name: 'left at 1 s, back with the back button at 13 s',
    meant: 'content hidden',
    async run({ browser, site, policy }) {
      const { tabs, idleSince } = await openTabs(browser, site, { count: 1, policy })
      await until(idleSince, 1_000)
      await tabs[0].goto(`${site.url}/elsewhere`)
      await until(idleSince, 13_000)
      await tabs[0].goBack({ waitUntil: 'commit' })
      await pause(200)
      return (await contentShown(tabs[0])) ? 'content shown' : 'hidden'
    },
  },
  {
    name: 'a tab opened by a script at 7 s, during the warning',
    meant: 'warns in both',
    async run({ browser, site, policy }) {
      const { context, tabs, idleSince } = await openTabs(browser, site, { count: 1, policy })
      await until(idleSince, 7_000)
      const late = await context.newPage()
      const query = `?warn=${policy.warnAfter}&expire=${policy.expireAfter}`
      await late.goto(`${site.url}/${query}`)
      await until(idleSince, 8_500)
      const shown = await Promise.all(
        [tabs[0], late].map((tab) =>
          tab.locator('#warning, #session_security_warning').isVisible(),
        ),
      )
      if (shown.every(Boolean)) return 'warns in both'
      return shown.some(Boolean)
        ? `warns in the ${shown[0] ? 'old' : 'new'} one only`
        : 'in neither'
    },
  },
  {
    name: 'one of three tabs crashes at 2 s',
    meant: 'the others over at 10 s',
    async run({ browser, site, policy }) {
      const { tabs, idleSince } = await openTabs(browser, site, { count: 3, policy })
      await until(idleSince, 2_000)
      const crashed = await crash(tabs)
      await until(idleSince, 12_500)
      const others = tabs.filter((tab) => tab !== crashed)
      const shown = await Promise.all(others.map(contentShown))
      return shown.includes(true) ? 'content shown at 12.5 s' : 'over'
    },
  },
]

/** Kills the process of the first tab, as running out of memory would. */
async function crash(tabs) {
  const gone = new Promise((resolve) => tabs[0].once('crash', resolve))
  const cdp = await tabs[0].context().newCDPSession(tabs[0])
  cdp.send('Page.crash').catch(() => {})
  await gone
  return tabs[0]
}
