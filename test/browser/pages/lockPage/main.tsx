import { createRoot } from 'react-dom/client'
import { createSession, SessionSecurityProvider, type Verdict } from '../../../../src/index.js'
import { Record } from './Record.js'

declare global {
  interface Window {
    /** Has the server say this from now on. */
    say(verdict: Verdict): void
    check(): Promise<void>
  }
}

let verdict: Verdict = { state: 'active', remaining: 600_000, session: '1', subject: 'ada' }

const session = createSession({ name: 'lock', transport: { ask: async () => verdict } })

window.say = (next) => {
  verdict = next
}
window.check = session.check

createRoot(document.getElementById('root') as HTMLElement).render(
  <SessionSecurityProvider
    session={session}
    expiredAction="lock"
    renderExpired={({ signedIn }) => (
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void signedIn()
        }}
      >
        <h1>Your session is over</h1>
        <label>
          Password <input />
        </label>
        <button type="submit">Sign in</button>
      </form>
    )}
  >
    <Record />
  </SessionSecurityProvider>,
)
