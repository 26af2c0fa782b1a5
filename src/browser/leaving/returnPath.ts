import { returnForParam, safePath } from '../../protocol/safePath.js'

export interface ReturnPathOptions {
  /** The query of the sign-in page: `location.search`. */
  search: string
  /** Handle of the person who has just signed in, from the session endpoint's answer. */
  subject: string | null | undefined
  /** Name of the parameter with the way back. @default 'returnTo' */
  returnParam?: string
}

/**
 * For the sign-in page: the path on this site where the user was before signing in. `null` if the way
 * back belongs to another person, to nobody, or leads to another site.
 */
export function returnPath({
  search,
  subject,
  returnParam = 'returnTo',
}: ReturnPathOptions): string | null {
  const query = new URLSearchParams(search)
  const path = query.get(returnParam)
  if (!path || !subject || query.get(returnForParam) !== subject) return null
  // The page and the guard only send safe paths. Anything else comes from somebody else.
  return safePath(path) === path ? path : null
}
