import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type FreshApp, freshApp } from './support/freshApp.js'
import { visit } from './support/visit.js'

let app: FreshApp
let address: string

beforeAll(async () => {
  app = await freshApp('next', inject('tarball').path)
  await app.run('next', 'telemetry', 'disable')
  await app.run('next', 'build')
  address = await app.serve('next', 'start', '--hostname', '127.0.0.1', '--port', '0')
})

afterAll(() => app?.remove())

it('a Next.js app renders its children on the server', async () => {
  const html = await (await fetch(address)).text()
  expect(html).toContain('Rendered on the server')
  expect(html).toContain('disabled')
})

it('hydrates without a complaint and warns', async () => {
  const complaints = await visit(`${address}/sign-in`, async (page) => {
    await page.getByText('The session is active.').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stay signed in' }).click()
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  })
  expect(complaints).toEqual([])
})
