import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSessionSecurity, type Policy, toNodeHandler } from 'react-session-security/server'
import { createApi } from './api.js'
import { openStore, type StoreAddress } from './openStore.js'
import { createSessionCookie } from './sessionCookie.js'
import { staticFiles } from './staticFiles.js'

export interface DemoOptions extends StoreAddress {
  /** 0 takes a free one. @default 4000 */
  port?: number
  /** Where to listen. @default '127.0.0.1' */
  host?: string
  /** @default 60 s / 120 s / 1 h */
  policy?: Policy
  /** Passed to the page. @default 'activity' */
  extendOn?: 'activity' | 'button'
  /** Passed to the page. @default 'screen' */
  expiredAction?: 'screen' | 'lock' | 'reload' | { redirectTo: string }
  /**
   * TLS ends at a proxy that overwrites `X-Forwarded-Proto` and `-Host` and appends to `-For`.
   * @default false
   */
  trustProxy?: boolean
  /** The folder of the built page. @default 'dist-demo/client' */
  client?: string
}

export interface Demo {
  url: string
  close(): Promise<void>
}

const standardPolicy: Policy = {
  warnAfter: 60_000,
  expireAfter: 120_000,
  absoluteTimeout: 3_600_000,
}

/** One small real app around the reference server. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port = 4_000, host = '127.0.0.1', client = 'dist-demo/client' } = options
  const { extendOn = 'activity', expiredAction = 'screen', trustProxy = false } = options
  const files = await staticFiles(client)
  const { store, secret, closeStore } = await openStore(options)
  const users = new Map<string, string>()
  const cookie = createSessionCookie({ trustProxy })
  const security = createSessionSecurity({
    store,
    secret,
    policy: options.policy ?? standardPolicy,
    // The demo's limits are in seconds, to try things out.
    allowShortWarning: true,
    resolve: cookie.resolve,
    clearCookie: cookie.clear,
    trustProxy,
    onEnd: ({ id }) => users.delete(id),
  })
  const endpoint = toNodeHandler(security)
  const config = { extendOn, expiredAction }
  const api = createApi({ security, users, cookie, trustProxy, config })

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (path === '/session-security') return endpoint(request, response)
    return path.startsWith('/api/') ? api(path, request, response) : files(path, request, response)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    security.close()
    await closeStore()
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      ? new Error(`Port ${port} is taken: set PORT to another one, or to 0 for any.`)
      : error
  }
  const name = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host
  return {
    url: `http://${name}:${(server.address() as AddressInfo).port}`,
    async close() {
      security.close()
      server.close()
      server.closeAllConnections()
      await closeStore()
    },
  }
}
