import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type FreshApp, freshApp } from '../support/package/freshApp.js'
import { visit } from '../support/package/visit.js'

let app: FreshApp

beforeAll(async () => {
  app = await freshApp('vite', inject('tarball').path)
})

afterAll(() => app?.remove())

test('a fresh Vite app and a plain Node server type-check, types of the package included', async () => {
  await app.run('node', 'node_modules/typescript/bin/tsc')
})

test('the oldest TypeScript that the README names accepts them too', async () => {
  await app.run('node', 'node_modules/typescript-oldest/bin/tsc')
})

test('the app is built, served by plain Node, warned in its language and signed out', async () => {
  await app.run('vite', 'build')
  const address = await app.serve('node', 'server.mjs')
  const complaints = await visit(`${address}/sign-in`, async (page) => {
    await page.getByText('The session is active.').waitFor()
    const warning = page.getByRole('alertdialog', { name: 'Sie werden gleich abgemeldet' })
    await warning.getByRole('button', { name: 'Angemeldet bleiben' }).click()
    await warning.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading').waitFor()
    expect(await page.evaluate(() => fetch('/session-security').then((it) => it.status))).toBe(401)
  })
  // The browser itself reports the 401 that the test asked for.
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
})
