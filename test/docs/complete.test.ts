import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { inlineCode, readPages } from '../support/docs/markdown.js'
import { readPublicTypes } from '../support/docs/publicTypes.js'

const pages = readPages().filter(({ file }) => !/^docs\/decisions\/|^CHANGELOG/.test(file))
const allText = pages.map((page) => page.text).join('\n')

const app = 'src/index.ts'
const server = 'server-reference/index.ts'
const redis = 'server-reference/redis.ts'
const postgres = 'server-reference/postgres.ts'
const django = 'src/django.ts'
const headless = 'src/headless.ts'

const others = ['src/core.ts', 'src/query.ts', 'src/testing.ts', 'src/msw.ts']
const entries = [app, server, redis, postgres, django, headless, ...others]

const types = readPublicTypes(entries)

describe('the docs name', () => {
  test.each([
    ['createSession', app, 'provider', 0],
    ['SessionSecurityProvider', app, 'provider', 0],
    ['createSessionSecurity', server, 'server', 0],
    ['memoryStore', server, 'server', 0],
    ['redisStore', redis, 'server', 1],
    ['postgresStore', postgres, 'server', 1],
    ['httpTransport', app, 'transports', 0],
    ['djangoTransport', django, 'django', 0],
  ])('every option of %s (%s) on the page %s', (name, entry, page, index) => {
    const options = types.optionsOf(entry, name, index)
    expect(options).not.toEqual([])
    expect(missing(options, page)).toEqual([])
  })

  test('every option that only the headless provider has', () => {
    const full = types.optionsOf(app, 'SessionSecurityProvider')
    const own = types
      .optionsOf(headless, 'SessionSecurityProvider')
      .filter((option) => !full.includes(option))
    expect(own).not.toEqual([])
    expect(missing(own, 'headless')).toEqual([])
  })

  test.each([
    ['useSessionSecurity', app],
    ['useSessionCountdown', app],
    ['createSession', app],
  ])('every member of what %s returns', (name, entry) => {
    const members = types.resultOf(entry, name)
    expect(members).not.toEqual([])
    expect(missing(members, 'provider')).toEqual([])
  })

  test('every entry point of the package', () => {
    const names = Object.entries(manifest.exports)
      .filter(([entry, target]) => target !== null && entry !== './package.json')
      .map(([entry]) => entry.replace(/^\./, manifest.name).replace(/\*$/, ''))
    expect(names.filter((name) => !allText.includes(name))).toEqual([])
  })

  test.each(entries)('everything that %s exports beside types', (entry) => {
    const names = types.valuesOf(entry)
    expect(names).not.toEqual([])
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(allText))).toEqual([])
  })

  test.each([
    ['custom property', /--session-security-[a-z-]*[a-z]/g],
    ['class', /(?<!-)\bsession-security-[a-z-]*[a-z]/g],
    // Not `data-aria-hidden`, which is Radix's own.
    ['data attribute', /\bdata-(?!aria-)[a-z-]*[a-z]/g],
  ])('every %s of the warning, the screen and the cover', (_, pattern) => {
    const names = new Set(lookSources().flatMap((text) => text.match(pattern) ?? []))
    expect(names.size).toBeGreaterThan(0)
    expect(missing([...names], 'dialog')).toEqual([])
  })
})

/** What this page does not say in inline code: there it is told, not only used in an example. */
function missing(names: readonly string[], page: string): string[] {
  const found = pages.find(({ file }) => file === `docs/${page}.md`)
  const code = found ? inlineCode(found) : []
  const named = new Set(code.flatMap((span) => span.match(/[\w-]+/g) ?? []))
  return names.filter((name) => !named.has(name))
}

/** Everything that gives the built-in parts their look. */
function lookSources(): string[] {
  const folders = ['src/dialog', 'src/browser/cover']
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  return [...files, 'src/browser/document/topLayer.ts']
    .filter((file) => /\.(css|tsx?)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
}
