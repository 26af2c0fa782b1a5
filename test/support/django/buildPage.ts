import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built page that the Django site serves. */
    builtPage: string
  }
}

/** Builds the page once, from the library's source. */
export default async function buildPage(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'django-page-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, '../../browser/django/page'),
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: false,
      // React's development build, which complains of more.
      chunkSizeWarningLimit: 2_000,
    },
  })
  project.provide('builtPage', folder)
  return () => rm(folder, { recursive: true, force: true })
}
