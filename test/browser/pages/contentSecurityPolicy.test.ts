import { expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'

test('the demo is served under a strict Content-Security-Policy', async ({ openDemo }) => {
  const { tabs } = await openDemo()
  const answer = await tabs[0].reload()
  const policy = answer?.headers()['content-security-policy']

  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toContain('unsafe')
})

test('a breach of the policy fails these tests', async ({ openDemo }) => {
  const { tabs, problems } = await openDemo()

  await tabs[0].evaluate(() => document.body.setAttribute('style', 'color: red'))

  await expect.poll(() => problems.splice(0).join()).toContain('Content Security Policy')
})
