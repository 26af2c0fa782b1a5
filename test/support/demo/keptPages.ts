import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface KeptPages {
  url: string
  close(): Promise<void>
}

/** The demo as from a server that lets browsers keep its pages: the same, without `no-store` on them. */
export async function keptPages(url: string): Promise<KeptPages> {
  const server = createServer((request, response) => {
    const { method, headers } = request
    const forwarded = ask(new URL(request.url ?? '/', url), { method, headers }, (answer) => {
      const isPage = answer.headers['content-type']?.startsWith('text/html')
      const cache = isPage && { 'cache-control': 'no-cache' }
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...cache })
      answer.pipe(response)
    })
    forwarded.on('error', () => response.destroy())
    request.pipe(forwarded)
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
