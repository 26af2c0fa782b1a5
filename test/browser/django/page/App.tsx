import { useEffect } from 'react'
import { useSessionSecurity } from '../../../../src/index.js'

/** A page that polls, marks its polling as passive, and knows when it was loaded. */
export function App({ user }: { user: string }) {
  const { status, signOut } = useSessionSecurity()

  useEffect(() => {
    const headers = { 'X-Session-Passive': '1' }
    const polling = setInterval(() => void fetch('/api/cases/', { headers }), 500)
    return () => clearInterval(polling)
  }, [])

  return (
    <main>
      <p>{user === '' ? 'Nobody is signed in' : `Signed in as ${user}`}</p>
      <p>Session {status}</p>
      <textarea id="notes" aria-label="Notes" />
      <button type="button" onClick={() => void signOut()}>
        Sign out
      </button>
    </main>
  )
}
