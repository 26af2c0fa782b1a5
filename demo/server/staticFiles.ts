import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'

export const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** Serves a built page. All of it is read at the start, so no request ever names a file on disk. */
export async function staticFiles(folder: string) {
  const files = await readFolder(folder)
  const index = files.get('/index.html')
  if (!index)
    throw new Error(`There is no built page in ${folder}: run "npm run demo", which builds it.`)

  return async (path: string, { method }: IncomingMessage, response: ServerResponse) => {
    const isPage = extname(path) === '' || path === '/index.html'
    const body = isPage ? index : files.get(path)
    if (method !== 'GET' && method !== 'HEAD')
      return void response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    if (!body)
      return void response
        .writeHead(404, { ...securityHeaders, 'Content-Type': 'text/plain' })
        .end()
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': types[isPage ? '.html' : extname(path)] ?? 'application/octet-stream',
      'Content-Length': body.length,
      'Cache-Control': cacheControl(path, isPage),
    })
    response.end(method === 'HEAD' ? undefined : body)
  }
}

/** The build names its assets by their content. */
function cacheControl(path: string, isPage: boolean): string {
  if (isPage) return 'no-store'
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const files = names.filter((name) => extname(name) !== '')
  return new Map(
    await Promise.all(
      files.map(
        async (name) =>
          [`/${name.split(sep).join('/')}`, await readFile(join(folder, name))] as const,
      ),
    ),
  )
}
