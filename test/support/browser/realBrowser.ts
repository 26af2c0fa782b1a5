import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { chromiumArguments, chromiumPath } from './chromium.js'

export interface RealBrowser {
  /** The browser's own profile; pages of further contexts would never be hidden. */
  context: BrowserContext
  /** The process ids of all pages. */
  renderers(): Promise<number[]>
  /** The process id of one page: of the process that works while it does. */
  rendererOf(page: Page): Promise<number>
  close(): Promise<void>
}

/**
 * Chromium as a person has it: a tab is hidden, and its timers are throttled, as soon as another
 * is brought to the front. A driver that launches the browser by itself switches all that off.
 */
export async function realBrowser(extraArguments: string[] = []): Promise<RealBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'real-browser-'))
  const child = spawn(
    chromiumPath(),
    [
      ...chromiumArguments,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      ...extraArguments,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)

  const browser = await chromium.connectOverCDP(await debuggerAddressFrom(child.stderr), {
    noDefaults: true,
  })
  const context = browser.contexts()[0]
  if (!context) throw new Error('Chromium came up without a browser context.')

  async function renderers() {
    const connection = await browser.newBrowserCDPSession()
    const { processInfo } = await connection.send('SystemInfo.getProcessInfo')
    await connection.detach()
    return processInfo.filter(({ type }) => type === 'renderer')
  }

  async function busiestWhileWorking(page: Page) {
    const before = new Map((await renderers()).map(({ id, cpuTime }) => [id, cpuTime]))
    await page.evaluate(() => {
      const end = performance.now() + 100
      while (performance.now() < end);
    })
    const [busiest] = (await renderers())
      .map(({ id, cpuTime }) => ({ id, seconds: cpuTime - (before.get(id) ?? cpuTime) }))
      .toSorted((a, b) => b.seconds - a.seconds)
    return busiest?.id
  }

  return {
    context,
    renderers: async () => (await renderers()).map(({ id }) => id),
    async rendererOf(page) {
      let last: number | undefined
      for (;;) {
        const now = await busiestWhileWorking(page)
        // Another may be busy starting, which is over the next time.
        if (now !== undefined && now === last) return now
        last = now
      }
    },
    async close() {
      const connection = await browser.newBrowserCDPSession()
      // The browser may be gone before it has answered.
      await connection.send('Browser.close').catch(() => undefined)
      await exited
      process.off('exit', kill)
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function debuggerAddressFrom(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address) {
      output.resume()
      return address
    }
  }
  throw new Error('Chromium ended without saying where its DevTools listen.')
}
