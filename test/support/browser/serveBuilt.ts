import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
}

export interface Built {
  /** One origin a port. */
  serve(): Promise<{ url: string; close: () => void }>
  remove(): Promise<void>
}

/** Builds a small page once, to be served from as many origins as a test needs. */
export async function buildPage(root: string, pages: string[]): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: false,
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: { input: pages.map((page) => join(root, page)) },
    },
  })
  return {
    serve: () => serveFolder(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Serves the files of a folder from an origin of their own, with further headers on each. */
export async function serveFolder(
  folder: string,
  headers: Record<string, string> = {},
): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    try {
      const content = await readFile(join(folder, pathname === '/' ? 'index.html' : pathname))
      const type = types[extname(pathname)] ?? 'text/html'
      response.writeHead(200, { 'Content-Type': type, ...headers })
      response.end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
