import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed tarball, and the names of the files in it. */
    tarball: { path: string; files: readonly string[] }
  }
}

/** Packs once what `npm publish` would send: the tests here look at that, never at the sources. */
export default function pack({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'session-security-package-'))
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // The test runner's own NODE_ENV would build what is meant for tests.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const [packed]: { filename: string; files: { path: string }[] }[] = JSON.parse(output)
  if (!packed) throw new Error(`npm pack named no tarball: ${output}`)
  provide('tarball', {
    path: join(folder, packed.filename),
    files: packed.files.map(({ path }) => path),
  })
  return () => rmSync(folder, { recursive: true })
}
