/** Path and query of a request's address, as received. */
export const pathOf = (url: string): string => /^https?:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] ?? url

/**
 * A path on this site that a browser can be sent back to: exactly one slash ahead, or
 * `//elsewhere.example` would lead away. No dot segments, behind which a second slash may hide, no
 * control characters, which browsers drop, and no fragment.
 */
export function safePath(url: string): string {
  const text = pathOf(url).replace(/[\0- \x7f]/g, '')
  const { pathname, search } = new URL(oneSlash(text), 'http://site.invalid')
  return oneSlash(pathname) + search
}

const oneSlash = (path: string) => `/${path.replace(/^[/\\]+/, '')}`
