import { useSessionSecurity } from '../src/react/session/useSessionSecurity.js'
import './caseApp.css'

/** A small app: a form that could be lost, and a list that nobody else may see. */
export function CaseApp() {
  const { status, signOut, check } = useSessionSecurity()
  return (
    <main className="case-app">
      <h1>Case 4711</h1>
      <p>
        Signed in as ada · session: <output>{status}</output>
      </p>
      <label>
        Notes
        <textarea rows={4} defaultValue="The applicant called on Monday and" />
      </label>
      <ul>
        <li>Application received</li>
        <li>Documents checked</li>
        <li>Decision due</li>
      </ul>
      <button type="button" onClick={() => void check()}>
        Ask the server
      </button>{' '}
      <button type="button" onClick={() => void signOut()}>
        Leave
      </button>
    </main>
  )
}
