import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { UserManager } from 'oidc-client-ts'
import Provider from 'oidc-provider'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import {
  cookieSession,
  createSessionSecurity,
  memoryStore,
  toNodeHandler,
} from '../../../server-reference/index.js'
import type { Session } from '../../../src/core.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'
import { someInput } from '../../support/demo/user.js'
import { guideScript } from '../../support/docs/guideScript.js'
import { blockWith } from '../../support/docs/markdown.js'

/** What the guide's code exports. */
declare const guide: { session: Session; manager: UserManager }

/** Seconds until the provider's tokens expire; `oidc-client-ts` looks for new ones a minute before. */
const tokenLife = 65

test("the guide's code renews tokens only while the user is active, and ends the provider's session", async ({
  onTestFinished,
}) => {
  const app = await listen()
  onTestFinished(app.close)
  const provider = await listen()
  onTestFinished(provider.close)
  const grants = letEverybodyIn(provider, app.url)
  const code = blockWith('docs/sso.md', 'new UserManager')
    .replace('https://login.example', provider.url)
    .replace('5 * 60_000', '2_000')
  await serveApp(app, await guideScript(code))
  const browser = await visibleBrowser()
  onTestFinished(() => browser.close())

  const page = await browser.newPage()
  await page.goto(`${app.url}/signed-out`)
  await page.evaluate(() => void guide.manager.signinRedirect())
  await signInAtProvider(page)
  await page.waitForURL(`${app.url}/cases`)
  await expect.poll(() => page.evaluate(() => guide.session.getState().status)).toBe('active')
  expect(grants()).toBe(1)

  const renewed = async () => {
    await someInput(page)
    return grants() === 2
  }
  await expect.poll(renewed, { timeout: 10_000 }).toBe(true)

  // Left alone: the next token nears its end while the session still lives, and is not renewed.
  await page.getByText('Do you want to sign-out').waitFor()
  expect(grants()).toBe(2)
  await page.getByRole('button', { name: /yes/i }).click()
  await page.waitForURL(`${app.url}/signed-out**`)
  const silently = page.evaluate(() => guide.manager.signinSilent().catch(({ error }) => error))
  expect(await silently).toBe('login_required')
})

type Listening = Awaited<ReturnType<typeof listen>>

async function listen() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (listener: RequestListener) => server.on('request', listener),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A certified OpenID provider, with pages for signing in as anybody; counts the tokens it gives. */
function letEverybodyIn({ url, answer }: Listening, app: string): () => number {
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'cases',
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${app}/signed-in`],
        post_logout_redirect_uris: [`${app}/signed-out`],
      },
    ],
    clientBasedCORS: () => true,
    ttl: { AccessToken: tokenLife, IdToken: 3_600, Session: 3_600, Grant: 3_600, Interaction: 600 },
  })
  let grants = 0
  provider.on('grant.success', () => {
    grants += 1
  })
  answer(provider.callback())
  return () => grants
}

async function serveApp({ answer }: Listening, script: string): Promise<void> {
  const security = createSessionSecurity({
    store: memoryStore(),
    policy: { warnAfter: 8_000, expireAfter: 12_000, absoluteTimeout: null },
    allowShortWarning: true,
    resolve: cookieSession('sid'),
  })
  await security.start({ id: 'one', subject: 'ada' })
  const endpoint = toNodeHandler(security)
  const lines: Record<string, string> = {
    '/cases': 'guide.session.start()',
    '/signed-in':
      "guide.manager.signinCallback().then((user) => user && location.assign('/cases'))",
  }
  answer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://app')
    const send = (type: string, body: string) => {
      response.writeHead(200, { 'Content-Type': type, 'Set-Cookie': 'sid=one' }).end(body)
    }
    if (pathname === '/session-security') return void endpoint(request, response)
    if (pathname === '/guide.js') return send('text/javascript', script)
    const line = lines[pathname] ?? ''
    send('text/html', `<script src="/guide.js"></script><script>${line}</script>`)
  })
}

async function signInAtProvider(page: Page): Promise<void> {
  await page.locator('[name=login]').fill('ada')
  await page.locator('[name=password]').fill('ada')
  await page.locator('[type=submit]').click()
  await page.getByRole('button', { name: 'Continue' }).click()
}
