import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createSession,
  type ExpiredAction,
  SessionSecurityProvider,
  type Verdict,
} from '../../../../src/index.js'

declare global {
  interface Window {
    /** Has the server say this, and the page ask. */
    say(verdict: Verdict): void
  }
}

let verdict: Verdict = { state: 'active', remaining: 600_000, session: '1', subject: 'ada' }

const session = createSession({ name: 'unsaved', transport: { ask: async () => verdict } })

window.say = (next) => {
  verdict = next
  void session.check()
}

const actions: Record<string, ExpiredAction> = {
  redirect: { redirectTo: '/signIn.html' },
  reload: 'reload',
  screen: 'screen',
}

/** As routers do that block navigation: it captures. */
function Note() {
  useEffect(() => {
    const ask = (event: Event) => event.preventDefault()
    addEventListener('beforeunload', ask, { capture: true })
    return () => removeEventListener('beforeunload', ask, { capture: true })
  }, [])
  return <textarea aria-label="Note" />
}

addEventListener('beforeunload', (event) => event.preventDefault())

createRoot(document.getElementById('root') as HTMLElement).render(
  <SessionSecurityProvider
    session={session}
    signIn="/signIn.html"
    expiredAction={actions[location.search.slice(1)] ?? 'screen'}
  >
    <Note />
  </SessionSecurityProvider>,
)

// What the app adds later: as a property, and captured.
addEventListener('load', () => {
  addEventListener('beforeunload', (event) => event.preventDefault(), { capture: true })
  const before = window.onbeforeunload
  window.onbeforeunload = (event) => before?.call(window, event) ?? 'unsaved'
})
