import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { serveFolder } from '../../support/browser/serveBuilt.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'

const run = promisify(execFile)

test('in the static Storybook two tabs warn together and close together', async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'storybook-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await run('npm', ['run', 'build-storybook', '--', '--output-dir', folder])
  const served = await serveFolder(folder)
  onTestFinished(served.close)
  const browser = await visibleBrowser()
  onTestFinished(() => browser.close())

  const page = await browser.newPage()
  await page.goto(`${served.url}/iframe.html?id=twotabs--side-by-side&viewMode=story`)
  const tabs = ['One tab', 'Another tab'].map((title) =>
    page.frameLocator(`iframe[title="${title}"]`),
  )
  for (const tab of tabs) await tab.getByRole('alertdialog').waitFor()
  await tabs[0]?.getByRole('button', { name: 'Stay signed in' }).click()
  for (const tab of tabs) await tab.getByRole('alertdialog').waitFor({ state: 'detached' })
  for (const tab of tabs) expect(await tab.locator('output').textContent()).toBe('active')
})
