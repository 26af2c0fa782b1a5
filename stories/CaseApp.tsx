import { useSessionSecurity } from '../src/react/useSessionSecurity.js'
import './caseApp.css'

/** Something to be signed in to: a form that could be lost, a list that nobody else should see. */
export function CaseApp() {
  const { status, signOut } = useSessionSecurity()
  return (
    <main className="case-app">
      <header>
        <h1>Case 4711</h1>
        <p>
          Signed in as ada · session: <output>{status}</output>
        </p>
        <button type="button" onClick={() => void signOut()}>
          Sign out of the app
        </button>
      </header>
      <label>
        Notes
        <textarea rows={4} defaultValue="The applicant called on Monday and" />
      </label>
      <ul>
        <li>Application received</li>
        <li>Documents checked</li>
        <li>Decision due</li>
      </ul>
    </main>
  )
}
