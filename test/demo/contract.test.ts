import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const page = readFileSync('demo/README.md', 'utf8')
const variables = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])

const sourceOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

test('demo/README.md names each variable that the demo reads, and no other', () => {
  const source = readFileSync('demo/server/readEnvironment.ts', 'utf8')
  const read = new Set(source.match(/\b[A-Z]+(?:_[A-Z]+)*\b(?=[',} =&?)])/g))
  expect([...read].filter((name) => name !== 'T').sort()).toEqual([...variables].sort())
})

test('the page has the labels and buttons that demo/README.md names', () => {
  const source = sourceOf('demo/client')
  for (const text of ['Username', 'Password', 'Sign in', 'Signed in as', 'Notes', 'Sign out']) {
    expect(page).toContain(text)
    expect(source).toContain(text)
  }
  expect(source).toContain('refetchInterval: 2_000')
})
