import { chromium, type Page } from 'playwright'
import { chromiumArguments, chromiumPath } from '../browser/chromium.js'

/** Opens an address in Chromium and gives what the page complained of meanwhile. */
export async function visit(
  address: string,
  look: (page: Page) => Promise<void>,
): Promise<string[]> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: chromiumArguments,
  })
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(address)
    await look(page)
    return complaints
  } finally {
    await browser.close()
  }
}
