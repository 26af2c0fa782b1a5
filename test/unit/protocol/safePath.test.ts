import { describe, expect, test } from 'vitest'
import { safePath } from '../../../src/protocol/safePath.js'

describe('the way back', () => {
  test.each([
    ['/', '/'],
    ['/cases', '/cases'],
    ['/cases?page=2&sort=name', '/cases?page=2&sort=name'],
    ['/cases?to=//elsewhere/../x', '/cases?to=//elsewhere/../x'],
    ['/cases/a//b', '/cases/a//b'],
    ['/%C3%BCber/a%20b?x=%C3%BC', '/%C3%BCber/a%20b?x=%C3%BC'],
    ['/über', '/über'],
    ['/.well-known/x..y/...', '/.well-known/x..y/...'],
    ['https://app.example/cases?page=2', '/cases?page=2'],
    ['https://ada:secret@app.example/cases', '/cases'],
    ['HTTP://app.example:8080', '/'],
    ['https://app.example?page=2', '/?page=2'],
    ['https://app.example\\cases', '/cases'],
  ])('keeps the path and query of %j', (address, path) => {
    expect(safePath(address)).toBe(path)
  })

  test.each([
    ['/cases#notes', '/cases'],
    ['/cases?page=2#/notes?x', '/cases?page=2'],
    ['https://app.example#notes', '/'],
    ['/#/cases', '/'],
  ])('drops the fragment of %j', (address, path) => {
    expect(safePath(address)).toBe(path)
  })

  test.each([
    'https://app//evil.example/x',
    'https://app///evil.example/x',
    'https://app/\\evil.example/x',
    '//evil.example/x',
    '///evil.example/x',
    '/\\evil.example/x',
    '\\\\evil.example/x',
    '\\/evil.example/x',
    '/%2Fevil.example/x',
    '/%2f%2Fevil.example/x',
    '/%5cevil.example/x',
    '/%5C/evil.example/x',
    '/%252Fevil.example/x',
    '/%25252fevil.example/x',
    '/%09/evil.example/x',
    '/%0a/%0D/evil.example/x',
    '/%2509/evil.example/x',
  ])('is a path on this site with one slash for %j', (address) => {
    expect(safePath(address)).toBe('/evil.example/x')
  })

  test.each([
    '',
    'cases',
    '?page=2',
    '#notes',
    'javascript:alert(1)',
    'JAVASCRIPT:/alert(1)',
    'data:text/html,x',
    'ftp://evil.example/x',
    'https:/evil.example',
    'evil.example/x',
    ' /cases',
    ' //evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/cases\r\nSet-Cookie: a=b',
    '/cases?a=b\nc',
    '/\0/evil.example',
    '/a b',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/.%2E//evil.example',
    '/a/%2e%2e//evil.example',
    '/cases/..',
    'ht\ttps://evil.example',
  ])('does not exist for %j', (address) => {
    expect(safePath(address)).toBeNull()
  })

  test('does not change when it is built again, and never leads to another origin', () => {
    const parts = [
      '/',
      '\\',
      '.',
      '%2f',
      '%5C',
      '%252f',
      '%09',
      '\t',
      'evil.example',
      '@',
      ':',
      '?',
    ]
    const addresses = parts.flatMap((a) =>
      parts.flatMap((b) => parts.flatMap((c) => parts.map((d) => `/${a}${b}${c}${d}`))),
    )
    for (const address of addresses) {
      const path = safePath(address)
      if (path === null) continue
      expect(safePath(path)).toBe(path)
      const target = new URL(path, 'https://app.example')
      expect(target.origin).toBe('https://app.example')
      expect(target.pathname).not.toMatch(/^[/\\]{2}/)
      // An app may decode it once too often.
      expect(new URL(decodeURIComponent(path), 'https://app.example').host).toBe('app.example')
    }
  })

  test.each(['/', '\\', '%2f', '%25', '/.', '/%2e', 'https://', '#', '?', '%252f'])(
    'takes linear time for 16 kB of %j',
    (part) => {
      // CPU time of this process, so that other load on the machine does not count.
      const before = process.cpuUsage()
      for (const start of ['/', '', 'https://app/'])
        safePath(`${start}${part.repeat(16_384 / part.length)}x`)
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(200)
    },
  )
})
