import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))

const rooms = 'src|server-reference|test|docs|examples|demo|stories|bench|scripts'

/** A path from the root: `test/docs`, `src/core.ts`, `src/**`, `docs/errors/README.md`. */
const path = new RegExp(`(?<![\\w./@:-])(?:\\./)?(?:${rooms})/[\\w./@*{}+-]*[\\w*}/]`, 'g')

test.each([
  ['config files', /^(\.?[\w.-]+\.(json|ts|mjs)|\.github\/.*|\.storybook\/.*\.tsx?)$/],
  ['docs', /^(docs\/.*|[\w-]+|bench\/.*)\.md$/],
  ['the sources, error texts included', /^(src|server-reference)\/.*\.tsx?$/],
])('%s name only paths that exist', (_, places) => {
  const inPlaces = files.filter((file) => places.test(file) && file !== 'package-lock.json')
  expect(inPlaces).not.toEqual([])
  const dead = inPlaces.flatMap((file) =>
    [...new Set(readFileSync(file, 'utf8').match(path))]
      .filter((named) => !leadsSomewhere(named))
      .map((named) => `${file}: ${named}`),
  )
  expect(dead).toEqual([])
})

test('the docs name only tests that exist', () => {
  const tests = new Set(files.map((file) => basename(file)))
  const dead = files
    .filter((file) => /^(docs\/.*|[\w-]+)\.md$/.test(file))
    .flatMap((file) =>
      (readFileSync(file, 'utf8').match(/\b\w+\.test\.tsx?\b/g) ?? [])
        .filter((named) => !tests.has(named))
        .map((named) => `${file}: ${named}`),
    )
  expect(dead).toEqual([])
})

/**
 * Of a pattern, the folder before its first wildcard counts. Imports name a `.ts` file as `.js`.
 * What an install makes is there only after it.
 */
function leadsSomewhere(named: string): boolean {
  if (named.includes('/node_modules')) return true
  const [before = ''] = named.split(/[^/]*[*{]/)
  return existsSync(before) || existsSync(before.replace(/\.js$/, '.ts'))
}
