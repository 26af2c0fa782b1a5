// A browser with tabs that record what happens in them.
import { execFileSync } from 'node:child_process'
import { chromium } from 'playwright'
import { importTypeScript } from './importTypeScript.mjs'

const { chromiumArguments, chromiumPath } = await importTypeScript(
  'test/support/browser/chromium.ts',
)

/** Runs in the page before anything else: counts what libraries do, and records when things appear. */
function record() {
  window.renders = 0
  window.counts = { timers: 0, messages: 0, writes: 0, moves: 0 }
  const count = (object, method, name) => {
    const original = object[method]
    object[method] = function (...args) {
      window.counts[name] += 1
      return original.apply(this, args)
    }
  }
  count(window, 'setTimeout', 'timers')
  count(window, 'setInterval', 'timers')
  count(BroadcastChannel.prototype, 'postMessage', 'messages')
  count(Storage.prototype, 'setItem', 'writes')
  window.addEventListener('mousemove', () => {
    window.counts.moves += 1
  })

  // Sets the wall clock as a user would: only Date changes.
  const RealDate = Date
  let shift = 0
  window.realNow = () => RealDate.now()
  window.setClock = (ms) => {
    shift = ms
  }
  window.Date = class extends RealDate {
    constructor(...args) {
      if (args.length === 0) super(RealDate.now() + shift)
      else super(...args)
    }
    static now() {
      return RealDate.now() + shift
    }
  }

  const shown = (selector) => document.querySelector(selector)?.checkVisibility() ?? false
  window.contentShown = () => {
    const content = document.querySelector('#content')
    if (!content?.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
    const { left, top } = content.getBoundingClientRect()
    return document.elementFromPoint(left + 2, top + 2) === content
  }
  const showing = {}
  const look = () => {
    const now = {
      warned: shown('#warning') || shown('#session_security_warning'),
      over: shown('#over'),
    }
    for (const name of Object.keys(now)) {
      if (now[name] && !showing[name]) window.noteMoment(name, window.realNow())
      showing[name] = now[name]
    }
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
  })
}

export async function openBrowser(further = []) {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArguments, ...further],
    // As in a browser that no driver started.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  return { browser, close: () => browser.close() }
}

/** Signs in, opens `count` tabs on the same page, and moves the mouse in the last one. */
export async function openTabs(browser, site, { count, policy, poll = false }) {
  const context = await browser.newContext()
  // Kept outside the page, because the end may load another document.
  const moments = new Map()
  await context.exposeBinding('noteMoment', ({ page }, name, at) => {
    const own = moments.get(page) ?? {}
    own[name] ??= at
    moments.set(page, own)
  })
  await context.addInitScript(record)
  const asked = []
  context.on('request', (request) => {
    if (site.asks(request.url())) asked.push(Date.now())
  })
  const query = `?warn=${policy.warnAfter}&expire=${policy.expireAfter}${poll ? '&poll=1' : ''}`
  const tabs = []
  for (let index = 0; index < count; index += 1) {
    const tab = await context.newPage()
    await tab.goto(`${site.url}/${index === 0 ? 'sign-in' : ''}${query}`)
    await tab.locator('#content').waitFor()
    // Opening many tabs takes longer than the first would wait. A document's first move may not count.
    await tab.mouse.move(20, 20)
    await tab.mouse.move(40, 40)
    tabs.push(tab)
  }
  // Input before the last tab has its first answer may not count either.
  await pause(1_500)
  const last = tabs.at(-1)
  await last.mouse.move(50, 50)
  await last.mouse.move(80, 80)
  const idleSince = Date.now()
  // A tab may have warned while the others were still opening.
  moments.clear()
  return { context, tabs, asked, moments, idleSince }
}

export const pause = (ms) => new Promise((later) => setTimeout(later, ms))

/** Stops or continues the process of every page of this browser, or kills the given ones. */
export function signalRenderers(signal, pids = renderers()) {
  for (const pid of pids) process.kill(pid, signal)
}

export function renderers() {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n')
  const processes = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter(Boolean)
  const own = new Set([String(process.pid)])
  for (let grown = true; grown; ) {
    grown = false
    for (const [, pid, parent] of processes) {
      if (own.has(pid) || !own.has(parent)) continue
      own.add(pid)
      grown = true
    }
  }
  return processes
    .filter(([, pid, , args]) => own.has(pid) && args.includes('--type=renderer'))
    .map(([, pid]) => Number(pid))
}
