import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Peers that every app has already; they are no part of what the library weighs. */
const outside = ['react', 'react-dom', 'react/jsx-runtime', '@tanstack/react-query', 'msw']

/** Bytes of what a production bundle gets of a module: minified and gzipped. */
export async function sizeOf(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: outside,
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild gave no output.')
  return gzipSync(file.contents, { level: 9 }).byteLength
}
