import { resolve } from 'node:path'
import { build } from 'esbuild'

/** A guide's code for a page, which finds what it exports as `guide`. */
export async function guideScript(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: 'ts', resolveDir: resolve('.') },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'guide',
    logLevel: 'error',
    alias: { 'react-session-security': resolve('src/index.ts') },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0]?.text ?? ''
}
