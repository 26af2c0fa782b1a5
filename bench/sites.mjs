// The same page with each library, and the server it needs.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import {
  cookieSession,
  createSessionSecurity,
  memoryStore,
  toNodeHandler,
} from '../dist/server-reference/index.js'

export const libraries = {
  ours: 'this library',
  django: 'django-session-security',
  reactIdleTimer: 'react-idle-timer',
  handWritten: 'hand-written hook',
}

/** Starts a site. `hang` makes its server accept connections and never answer. */
export function startSite(library, policy) {
  return library === 'django' ? startDjango(policy) : startPage(library, policy)
}

async function startPage(library, { warnAfter, expireAfter }) {
  const { outputFiles } = await build({
    entryPoints: [`bench/pages/${library}.jsx`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const script = outputFiles[0].text
  const security = createSessionSecurity({
    store: memoryStore(),
    policy: { warnAfter, expireAfter, absoluteTimeout: null },
    allowShortWarning: true,
    resolve: cookieSession('sid'),
    rateLimit: false,
  })
  const endpoint = toNodeHandler(security)
  let hung = false
  const server = createServer(async (request, response) => {
    if (hung) return
    const { pathname, search } = new URL(request.url, 'http://localhost')
    if (pathname === '/session-security') return endpoint(request, response)
    if (pathname === '/bundle.js') {
      return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script)
    }
    if (pathname === '/sign-in') {
      const id = randomUUID()
      await security.start({ id, subject: 'ada' })
      return response.writeHead(303, { Location: `/${search}`, 'Set-Cookie': `sid=${id}` }).end()
    }
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(
        '<!doctype html><title>Bench</title><div id="root"></div><script type="module" src="/bundle.js"></script>',
      )
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asks: (url) => url.endsWith('/session-security'),
    hang() {
      hung = true
    },
    async stop() {
      security.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function startDjango({ warnAfter, expireAfter }) {
  const folder = mkdtempSync(join(tmpdir(), 'session-security-bench-'))
  const port = await freePort()
  const child = spawn('/usr/bin/python3', ['bench/django/app.py'], {
    env: {
      ...process.env,
      PORT: String(port),
      BENCH_FOLDER: folder,
      WARN_AFTER: String(warnAfter / 1_000),
      EXPIRE_AFTER: String(expireAfter / 1_000),
    },
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${url}/poll`).then(
        () => true,
        () => false,
      )
    )
      break
    if (tries > 150)
      throw new Error('Django did not start: is python3-django-session-security there?')
    await new Promise((later) => setTimeout(later, 100))
  }
  return {
    url,
    asks: (address) => address.includes('/session_security/ping'),
    hang: () => child.kill('SIGSTOP'),
    async stop() {
      const gone = new Promise((exit) => child.once('exit', exit))
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort() {
  const server = createServer()
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}
