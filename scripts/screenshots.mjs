// Takes pictures of every story in each look: `npm run screenshots [words of a story's id]`.
// Uses the built Storybook, which is what visitors see.
import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve } from 'node:path'
import { chromium } from 'playwright'

const built = resolve('storybook-static')
const folder = resolve('screenshots')
const [only = ''] = process.argv.slice(2)

const looks = {
  light: {},
  dark: { theme: 'dark', media: { colorScheme: 'dark' } },
  'narrow-320': { viewport: { width: 320, height: 568 } },
  'zoom-400': { viewport: { width: 320, height: 256 } },
  'right-to-left': { rightToLeft: true },
  'forced-colors': { media: { forcedColors: 'active', colorScheme: 'dark' }, theme: 'dark' },
  print: { media: { media: 'print' } },
}

const build = spawnSync('npm', ['run', '--silent', 'build-storybook'], { stdio: 'inherit' })
if (build.status !== 0) process.exit(build.status ?? 1)
await rm(folder, { recursive: true, force: true })

const { entries } = JSON.parse(await readFile(join(built, 'index.json'), 'utf8'))
const stories = Object.values(entries).filter(
  ({ type, id }) => type === 'story' && id.includes(only),
)
const server = createServer(serve).listen(0, '127.0.0.1')
await new Promise((listening) => server.once('listening', listening))
const origin = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  // The stories spend most of the time waiting, so take all looks at once.
  await Promise.all(Object.entries(looks).map(([look, settings]) => photograph(look, settings)))
} finally {
  await browser.close()
  server.close()
}
console.log(`${stories.length} stories, ${Object.keys(looks).length} looks: ${folder}`)

async function photograph(
  look,
  { viewport = { width: 1024, height: 720 }, media, theme, rightToLeft },
) {
  await mkdir(join(folder, look), { recursive: true })
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' })
  await page.emulateMedia({ reducedMotion: 'reduce', ...media })
  for (const { id } of stories) {
    const globals = theme ? `&globals=theme:${theme}` : ''
    const args = rightToLeft ? '&args=dir:rtl' : ''
    await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story${globals}${args}`)
    await page.waitForFunction(isPlayed, null, { timeout: 60_000 })
    await page.screenshot({ path: join(folder, look, `${id}.png`) })
  }
  await page.close()
}

/** Storybook's preview says when the play function has finished. */
function isPlayed() {
  const render = globalThis.__STORYBOOK_PREVIEW__?.currentRender
  if (render?.phase === 'errored') throw new Error('The story failed.')
  return render?.phase === 'finished' || render?.phase === 'completed'
}

function serve(request, response) {
  const path = normalize(new URL(request.url, 'http://localhost').pathname)
  const types = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.json': 'application/json',
    '.svg': 'image/svg+xml',
  }
  const file = createReadStream(join(built, path))
  file.on('error', () => response.writeHead(404).end())
  file.on('open', () =>
    response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream'),
  )
  file.pipe(response)
}
