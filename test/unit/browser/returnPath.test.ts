import { expect, test } from 'vitest'
import { returnPath } from '../../../src/index.js'

test('leads the person who was there back to their page', () => {
  const search = '?theme=dark&returnTo=%2Fcases%3Fpage%3D2&returnFor=k91x'
  expect(returnPath({ search, subject: 'k91x' })).toBe('/cases?page=2')
  expect(returnPath({ search: search.slice(1), subject: 'k91x' })).toBe('/cases?page=2')
})

test('leads nobody else there', () => {
  const search = '?returnTo=/cases&returnFor=k91x'
  for (const subject of ['other', 'k91', 'K91X', '', null, undefined]) {
    expect(returnPath({ search, subject })).toBeNull()
  }
})

test.each([
  '?returnTo=/cases',
  '?returnTo=/cases&returnFor=',
  '?returnFor=k91x',
  '?returnTo=&returnFor=k91x',
  '',
])('knows no way back from %j', (search) => {
  for (const subject of ['k91x', '', null, undefined]) {
    expect(returnPath({ search, subject })).toBeNull()
  }
})

test.each([
  'https://evil.example/x',
  'https://app.example/cases',
  '//evil.example/x',
  '///evil.example/x',
  '/\\evil.example/x',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n//evil.example',
  '/%2Fevil.example',
  '/%5cevil.example',
  '/.//evil.example',
  '/cases#notes',
  ' /cases',
  'cases',
  'javascript:alert(1)',
])('goes nowhere by %j', (address) => {
  const search = `?${new URLSearchParams({ returnTo: address, returnFor: 'k91x' })}`
  expect(returnPath({ search, subject: 'k91x' })).toBeNull()
})

test('takes the name of the parameter that the redirect was given', () => {
  const search = '?next=/cases&returnTo=/other&returnFor=k91x'
  expect(returnPath({ search, subject: 'k91x', returnParam: 'next' })).toBe('/cases')
})
