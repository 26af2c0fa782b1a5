import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Flags for a Chromium that runs as root in a container and asks nothing of the network. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Where Chromium is: `CHROMIUM_PATH`, else the `chromium` on PATH. */
export function chromiumPath(): string {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, 'chromium')
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder: look in the next.
    }
  }
  // `npm run setup` says what to install; a build without tests must not fail here.
  return 'chromium'
}
