import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'
import { blockWith } from '../../support/docs/markdown.js'

const guide = 'docs/getting-started.md'

const alias = {
  'react-session-security/server': resolve('server-reference/index.ts'),
  'react-session-security/styles.css': resolve('src/dialog/styles.css'),
  'react-session-security': resolve('src/index.ts'),
}

/** The guide's page, shown to ada. */
async function buildApp(folder: string): Promise<void> {
  await build({
    stdin: {
      contents: `${blockWith(guide, '<SessionSecurityProvider')}
        import { createRoot } from 'react-dom/client'
        createRoot(document.getElementById('root')!).render(<Root user="ada" />)`,
      loader: 'tsx',
      resolveDir: resolve('test/docs/app'),
    },
    outfile: `${folder}/app.js`,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    logLevel: 'error',
    alias,
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const links =
    '<link rel="stylesheet" href="/app.css"><script type="module" src="/app.js"></script>'
  await writeFile(`${folder}/index.html`, `<!doctype html><div id="root"></div>${links}`)
}

/** The guide's server with a sign-in around the guide's line, and shorter times, as the guide says. */
async function startServer(folder: string): Promise<Server> {
  const server = blockWith(guide, 'express()')
    .replace(/warnAfter: .*? expireAfter: [\d_]+/, 'warnAfter: 3_000, expireAfter: 7_000')
    .replace('  policy:', '  allowShortWarning: true,\n  policy:')
  await build({
    stdin: {
      contents: `${server}
        const ids = new Set()
        const sessions = { destroy(id, done) { ids.delete(id); done() } }
        function loadedSessionId({ headers }) {
          return [...ids].find((id) => headers.cookie === \`sid=\${id}\`) ?? null
        }
        app.get('/let-me-in', async (_request, response) => {
          const [sessionId, userId, formerSessionId] = [crypto.randomUUID(), 'ada', undefined]
          ${blockWith(guide, 'security.start(')}
          ids.add(sessionId)
          response.cookie('sid', sessionId, { httpOnly: true }).redirect('/')
        })
        app.get('/api/cases', (_request, response) => void response.json(['4711']))
        app.use(express.static(${JSON.stringify(folder)}))
        export const listening = app.listen(0, '127.0.0.1')`,
      loader: 'ts',
      resolveDir: resolve('.'),
    },
    outfile: `${folder}/server.mjs`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    external: ['express', 'cookie', 'on-headers'],
    alias,
  })
  const { listening } = await import(/* @vite-ignore */ `${folder}/server.mjs`)
  await once(listening, 'listening')
  return listening
}

test('what "Getting started" promises is seen by who copies its code', async ({
  onTestFinished,
}) => {
  // Within the project, so that its packages are found.
  const folder = resolve(`node_modules/.getting-started-${randomUUID()}`)
  await mkdir(folder)
  onTestFinished(() => rm(folder, { recursive: true }))
  await buildApp(folder)
  const server = await startServer(folder)
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await visibleBrowser()
  onTestFinished(() => browser.close())

  const context = await browser.newContext()
  const one = await context.newPage()
  await one.goto(`${url}/let-me-in`)
  const another = await context.newPage()
  await another.goto(url)
  const tabs = [one, another]
  const cases = () => one.evaluate(() => fetch('/api/cases').then(({ status }) => status))
  expect(await cases()).toBe(200)

  for (const tab of tabs) await tab.getByRole('alertdialog').waitFor()
  await another.mouse.move(50, 50)
  await another.mouse.move(90, 90)
  for (const tab of tabs) await tab.getByRole('alertdialog').waitFor({ state: 'detached' })

  for (const tab of tabs) await tab.getByRole('button', { name: 'Sign in again' }).waitFor()
  expect(await cases()).toBe(401)
})
