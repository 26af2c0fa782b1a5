import { returnForParam, safePath } from '../../protocol/safePath.js'

export interface ReturnPathOptions {
  /** The query of the sign-in page: `location.search`. */
  search: string
  /** Handle of the person who has just signed in, as the session's endpoint answers it. */
  subject: string | null | undefined
  /** The parameter with the way back. @default 'returnTo' */
  returnParam?: string
}

/**
 * For the sign-in page: where the person who has just signed in was before, as a path of this site.
 * `null` where the way back is another person's, is nobody's, or leads elsewhere.
 */
export function returnPath({
  search,
  subject,
  returnParam = 'returnTo',
}: ReturnPathOptions): string | null {
  const query = new URLSearchParams(search)
  const path = query.get(returnParam)
  if (!path || !subject || query.get(returnForParam) !== subject) return null
  // The page and the guard send only what is safe already: anything else was not theirs.
  return safePath(path) === path ? path : null
}
