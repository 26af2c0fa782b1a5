import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build as bundle } from 'esbuild'
import { build, type Plugin } from 'vite'
import type { TestProject } from 'vitest/node'
import { serveFolder } from './serveBuilt.js'

declare module 'vitest' {
  interface ProvidedContext {
    dialogPage: string
  }
}

/** As strict as a policy can be: nothing inline, neither script nor style. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'"

/** Builds the page that these tests look at, once, and serves it under a strict policy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'dialog-page-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, '../../browser/dialog/page'),
    plugins: [react(), secondRadix()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: false,
      chunkSizeWarningLimit: 1_000,
    },
  })
  const served = await serveFolder(folder, { 'Content-Security-Policy': policy })
  project.provide('dialogPage', `${served.url}/`)
  return async () => {
    served.close()
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
