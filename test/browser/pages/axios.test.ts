import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import {
  cookieSession,
  createSessionSecurity,
  memoryStore,
  toNodeGuard,
  toNodeHandler,
} from '../../../server-reference/index.js'
import type { Session } from '../../../src/core.js'
import { recordRequests } from '../../support/browser/recordRequests.js'
import { type OpenDemo, test } from '../../support/demo/demoTest.js'
import { signOutElsewhere, someInput } from '../../support/demo/user.js'
import { guideScript } from '../../support/docs/guideScript.js'
import { blockWith } from '../../support/docs/markdown.js'

declare global {
  interface Window {
    /** What the guide's code exports. */
    guide: { session: Session; api: { get(path: string): Promise<{ status: number }> } }
  }
}

/** The code that docs/axios.md gives its readers, as it stands there. */
const guideAsScript = () => guideScript(blockWith('docs/axios.md', 'axios.create'))

/** A page of the demo's own origin that runs the guide's code, for somebody signed in there. */
async function openGuide({ context, demo, tabs }: OpenDemo): Promise<Page> {
  const script = await guideAsScript()
  await context.route('**/guide', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script src="/guide.js"></script>' }),
  )
  await context.route('**/guide.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: script }),
  )
  const [signedIn] = tabs
  await signedIn.close()
  const page = await context.newPage()
  await page.goto(new URL('/guide', demo.url).href)
  await page.evaluate(() => window.guide.session.start())
  await expect.poll(() => statusOf(page)).toBe('active')
  return page
}

const statusOf = (page: Page) => page.evaluate(() => window.guide.session.getState().status)

test("the guide's interceptor marks passive requests, reads the deadline, and asks about a 401 once", async ({
  openDemo,
}) => {
  const open = await openDemo({ warnAfter: 60, expireAfter: 120 })
  const page = await openGuide(open)
  const passive: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/cases')) passive.push(request.headers()['x-session-passive'])
  })
  const get = () =>
    page.evaluate(() =>
      window.guide.api.get('/cases').then(
        ({ status }) => status,
        (error) => error.code ?? error.response?.status,
      ),
    )

  expect(await get()).toBe(200)
  await someInput(page)
  expect(await get()).toBe(200)
  expect(await get()).toBe(200)
  expect(passive).toEqual(['1', undefined, '1'])

  const before = Date.now()
  await signOutElsewhere(open.context, open.demo.url)
  expect(await get()).toBe('ERR_BAD_REQUEST')
  await expect.poll(() => statusOf(page)).toBe('expired')
  const sent = passive.length
  expect(await get()).toBe('session-over')
  expect(passive.length).toBe(sent)
  // The cookie went with the session: asked once more, since somebody may have signed in anew.
  expect(open.asked.since(before)).toBeLessThanOrEqual(2)
})

test('an app whose requests the server counts sends no pings of its own', async ({
  browser,
  onTestFinished,
}) => {
  const server = await startCountingServer()
  onTestFinished(server.stop)
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const asked = recordRequests(context, '/session-security')
  const page = await context.newPage()
  await page.goto(`${server.url}/guide`)
  await page.evaluate(() => window.guide.session.start())
  await expect.poll(() => statusOf(page)).toBe('active')

  const begin = Date.now()
  // Without what the answers tell there would be a ping each five seconds.
  while (Date.now() < begin + 11_000) {
    await someInput(page)
    expect(await page.evaluate(() => window.guide.api.get('/cases').then((it) => it.status))).toBe(
      200,
    )
    await page.waitForTimeout(500)
  }
  expect(await statusOf(page)).toBe('active')
  expect(asked.since(begin)).toBe(0)
})

/** An app as after django-session-security: its own requests keep a session, too. */
async function startCountingServer() {
  const script = await guideAsScript()
  const security = createSessionSecurity({
    store: memoryStore(),
    policy: { warnAfter: 10_000, expireAfter: 20_000, absoluteTimeout: null },
    allowShortWarning: true,
    resolve: cookieSession('sid'),
    requests: { countAs: 'activity', writeGrace: 0 },
  })
  await security.start({ id: 'one', subject: 'ada' })
  const endpoint = toNodeHandler(security)
  const guard = toNodeGuard(security)
  const server = createServer((request, response) => {
    const send = (type: string, body: string) =>
      response.writeHead(200, { 'Content-Type': type, 'Set-Cookie': 'sid=one' }).end(body)
    switch (request.url) {
      case '/session-security':
        return void endpoint(request, response)
      case '/api/cases':
        return void guard(request, response, () => send('application/json', '[]'))
      case '/guide.js':
        return send('text/javascript', script)
      default:
        return send('text/html', '<script src="/guide.js"></script>')
    }
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      security.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
