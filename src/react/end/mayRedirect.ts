const key = 'react-session-security:redirects'

/** More redirects of one tab than this within {@link periodMs} are a loop. */
const maxRedirects = 5

/** The time (ms) in which redirects are counted. */
const periodMs = 60_000

/**
 * Counts one more redirect of this tab. Returns `false` if it would go round in circles, because the
 * sign-in page sends the user straight back or contains the provider itself.
 */
export function mayRedirect(): boolean {
  const now = Date.now()
  try {
    const recent = read().filter((moment) => moment <= now && now - moment < periodMs)
    if (recent.length >= maxRedirects) return false
    sessionStorage.setItem(key, JSON.stringify([...recent, now]))
    return true
  } catch {
    // Without storage a loop could go on for ever.
    return false
  }
}

function read(): number[] {
  const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
  if (!Array.isArray(stored)) return []
  return stored.filter((moment) => typeof moment === 'number')
}
