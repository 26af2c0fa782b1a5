import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { docsUrl } from '../../src/options/docsUrl.js'
import { readPages } from '../support/docs/markdown.js'

test('every link within the repository leads somewhere', () => {
  const dead = readPages().flatMap(({ file, text }) =>
    linksIn(text)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !leadsSomewhere(file, target))
      .map((target) => `${file}: ${target}`),
  )
  expect(dead).toEqual([])
})

const repository = manifest.homepage.replace('#readme', '')

test('every link of the README works from the npm page, and leads to a file that is there', () => {
  const targets = linksIn(readFileSync('README.md', 'utf8'))
  const ours = targets.filter((target) => target.startsWith(repository))
  expect(targets.filter((target) => !target.startsWith('https://'))).toEqual([])
  expect(ours.length).toBeGreaterThan(8)
  const dead = ours.filter((target) => {
    const [, path = ''] = /\/(?:blob|raw)\/main\/([^#]+)/.exec(target) ?? []
    return path === '' || !existsSync(path)
  })
  expect(dead).toEqual([])
})

test('the addresses in errors and in package.json are those of one repository', () => {
  expect(docsUrl).toBe(`${repository}/blob/main/docs`)
  expect(manifest.repository.url).toBe(`git+${repository}.git`)
  expect(manifest.bugs).toBe(`${repository}/issues`)
})

const linksIn = (text: string) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')

function leadsSomewhere(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? from : join(dirname(from), path)
  if (!existsSync(file)) return false
  if (anchor === undefined || !file.endsWith('.md')) return true
  const headings = readFileSync(file, 'utf8').match(/^#+ .*$/gm) ?? []
  return headings.some((heading) => anchorOf(heading) === anchor)
}

/** As forges make them: lower case, spaces to hyphens, other marks dropped. */
function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}
