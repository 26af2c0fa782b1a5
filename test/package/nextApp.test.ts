import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type FreshApp, freshApp } from '../support/package/freshApp.js'
import { visit } from '../support/package/visit.js'
import { ask, askEveryVariant } from '../support/servers/askEveryVariant.js'

let app: FreshApp
let address: string

beforeAll(async () => {
  app = await freshApp('next', inject('tarball').path)
  await app.run('next', 'telemetry', 'disable')
  await app.run('next', 'build')
  address = await app.serve('next', 'start', '--hostname', '127.0.0.1', '--port', '0')
})

afterAll(() => app?.remove())

test('a Next.js app renders its children on the server', async () => {
  const html = await (await fetch(address)).text()
  expect(html).toContain('Rendered on the server')
  expect(html).toContain('disabled')
})

test('hydrates without a complaint and warns', async () => {
  const complaints = await visit(`${address}/sign-in`, async (page) => {
    await page.getByText('The session is active.').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stay signed in' }).click()
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  })
  expect(complaints).toEqual([])
})

test('guards a route handler however its path is written', async () => {
  const port = Number(new URL(address).port)
  const signedIn = await ask(port, '', 'GET', '/sign-in')
  const cookie = signedIn.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? ''
  const before = await askEveryVariant(port, cookie)
  const leading = before.filter(({ status, handle }) => status === 200 && handle !== undefined)
  expect(leading.map(({ path }) => path)).toContain('/cases')
  expect(before.filter(({ data, handle }) => data && handle === undefined)).toEqual([])

  const { session } = JSON.parse((await ask(port, cookie, 'POST', '/session-security')).text)
  expect((await ask(port, cookie, 'DELETE', '/session-security', { session })).status).toBe(204)
  const after = await askEveryVariant(port, cookie)
  const led = new Set(leading.map(({ path }) => path))
  expect(
    after.filter(({ path, status, data }) => data || (led.has(path) && status === 200)),
  ).toEqual([])
})
