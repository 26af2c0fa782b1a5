import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import {
  cookieSession,
  createSessionSecurity,
  memoryStore,
  toNodeHandler,
} from 'react-session-security/server'

const security = createSessionSecurity({
  store: memoryStore(),
  policy: { warnAfter: 3_000, expireAfter: 60_000, absoluteTimeout: null },
  resolve: cookieSession('sid'),
})
const endpoint = toNodeHandler(security)

/** @type {Record<string, string>} */
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

const server = createServer(async (request, response) => {
  const path = request.url ?? '/'
  if (path === '/session-security') return endpoint(request, response)
  if (path === '/sign-in') {
    const id = randomUUID()
    await security.start({ id, subject: 'ada' })
    response.writeHead(303, { Location: '/', 'Set-Cookie': `sid=${id}; Path=/; HttpOnly` })
    return response.end()
  }
  try {
    const file = path === '/' ? 'index.html' : path
    const content = await readFile(new URL(`dist/${file}`, import.meta.url))
    const type = types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    response.writeHead(200, { 'Content-Type': type }).end(content)
  } catch {
    response.writeHead(404).end()
  }
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') {
    process.stdout.write(`http://127.0.0.1:${address.port}\n`)
  }
})
