import { useSessionSecurity } from 'react-session-security'
import { Brand } from './Brand.js'
import { CaseList } from './CaseList.js'
import { NotesForm } from './NotesForm.js'
import { SessionStatus } from './SessionStatus.js'

/** The protected page: the cases, and the notes that the user writes. */
export function CasesPage({ user }: { user: string }) {
  const signOut = useSessionSecurity((session) => session.signOut)

  return (
    <>
      <header className="bar">
        <Brand />
        <p className="user">
          Signed in as <strong>{user}</strong>
        </p>
        <button className="button" type="button" onClick={() => void signOut()}>
          Sign out
        </button>
      </header>
      <main className="cases-page">
        <CaseList />
        <NotesForm />
      </main>
      <footer className="foot">
        <SessionStatus />
      </footer>
    </>
  )
}
