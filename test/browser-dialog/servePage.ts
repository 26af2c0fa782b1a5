import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build as bundle } from 'esbuild'
import { build, type Plugin } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    dialogPage: string
  }
}

/** As strict as a policy can be: nothing inline, neither script nor style. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'"

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** Builds the page that these tests look at, once, and serves it under a strict policy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'dialog-page-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, 'page'),
    plugins: [react(), secondRadix()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: false,
      chunkSizeWarningLimit: 1_000,
    },
  })
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = pathname === '/' ? '/index.html' : pathname
    try {
      const content = await readFile(join(folder, file))
      const type = types[extname(file)] ?? 'application/octet-stream'
      response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy })
      response.end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  project.provide('dialogPage', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return async () => {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** `second-radix` is a copy of its own, as another library of the app may have bundled it. */
function secondRadix(): Plugin {
  const name = 'second-radix'
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null
      const { outputFiles } = await bundle({
        stdin: { contents: "export * from '@radix-ui/react-dialog'", resolveDir: '.' },
        bundle: true,
        write: false,
        format: 'esm',
        external: ['react', 'react-dom', 'react/jsx-runtime'],
        define: { 'process.env.NODE_ENV': '"production"' },
      })
      return outputFiles[0]?.text ?? null
    },
  }
}
