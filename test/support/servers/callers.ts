import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SessionSecurity, toNodeHandler } from '../../../server-reference/index.js'

export interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
  path?: string
}

export interface Answered {
  status: number
  headers: Record<string, string>
  text: string
  json: Record<string, unknown>
}

export interface Caller {
  ask(asked: Asked): Promise<Answered>
  close(): Promise<void>
}

/** The endpoint through web `Request` and `Response`. */
export async function viaFetch(security: SessionSecurity): Promise<Caller> {
  return {
    async ask({ method = 'GET', headers = {}, body, path = '/session-security' }) {
      const request = new Request(`http://app.example${path}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
      })
      const response = await security.fetch(request)
      const text = await response.text()
      return {
        status: response.status,
        headers: { ...Object.fromEntries(response.headers), ...cookiesOf(response) },
        text,
        json: parse(text),
      }
    },
    close: async () => {},
  }
}

/** All of them, as Node's client gives them; a header object keeps the last one only. */
function cookiesOf({ headers }: Response): Record<string, string> {
  const cookies = headers.getSetCookie()
  return cookies.length === 0 ? {} : { 'set-cookie': cookies.join(',') }
}

/** The endpoint through `toNodeHandler` and a real socket. */
export async function viaNode(security: SessionSecurity): Promise<Caller> {
  const server = createServer(toNodeHandler(security))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ask: (asked) => askPort(port, asked),
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

export function askPort(port: number, asked: Asked): Promise<Answered> {
  const { method = 'GET', headers = {}, body, path = '/session-security' } = asked
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        port,
        host: '127.0.0.1',
        path,
        method,
        headers: {
          host: 'app.example',
          // Node frames a DELETE's body only where it is told the length.
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
        agent: false,
      },
      async (response) => {
        let text = ''
        for await (const chunk of response.setEncoding('utf8')) text += chunk
        const plain = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(plain),
          text,
          json: parse(text),
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
