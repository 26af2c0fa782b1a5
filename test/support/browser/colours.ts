import type { Browser } from 'playwright'

/** Whether anything in a picture is red, as what tests put on a page to be found again. */
export async function hasRed(browser: Browser, picture: Buffer): Promise<boolean> {
  const helper = await browser.newPage()
  const found = await helper.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    context?.drawImage(image, 0, 0)
    const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? []
    for (let at = 0; at < pixels.length; at += 4) {
      const [r = 0, g = 0, b = 0] = pixels.slice(at, at + 3)
      if (r > 250 && g < 5 && b < 5) return true
    }
    return false
  }, picture.toString('base64'))
  await helper.close()
  return found
}
