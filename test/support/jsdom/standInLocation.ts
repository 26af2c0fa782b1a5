import { onTestFinished, vi } from 'vitest'

/** The page's address, and a list of where it was sent: jsdom can't go anywhere. */
export function standInLocation(href = location.href): string[] {
  const went: string[] = []
  const { origin, host, hostname, port, protocol, pathname, search, hash } = new URL(href)
  vi.stubGlobal('location', {
    ...{ href, origin, host, hostname, port, protocol, pathname, search, hash },
    toString: () => href,
    assign: (url: URL) => went.push(`assign ${url}`),
    replace: (url: URL) => went.push(`replace ${url}`),
    reload: () => went.push('reload'),
  })
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  return went
}
