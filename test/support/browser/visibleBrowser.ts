import { type Browser, chromium } from 'playwright'
import { chromiumArguments, chromiumPath } from './chromium.js'

/**
 * Chromium as the driver launches it: every tab counts as visible and focused, and no timer is
 * throttled. For timing between visible tabs; for hidden ones see `realBrowser`.
 */
export function visibleBrowser(extraArguments: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArguments, ...extraArguments],
  })
}
