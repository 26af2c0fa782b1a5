import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** Reuses set-up code of the tests. */
export async function importTypeScript(file) {
  // In this folder, so that it finds the packages that it imports.
  const outfile = resolve(`node_modules/.bench-${file.replaceAll('/', '-')}.mjs`)
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile)
  }
}
