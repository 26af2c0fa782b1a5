import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { SessionSecurityProvider, useSessionSecurity } from 'react-session-security'
import { de } from 'react-session-security/messages/de'
import { SessionQueryGuard } from 'react-session-security/query'
import 'react-session-security/styles.css'

const queryClient = new QueryClient()

function App() {
  const { status, signOut } = useSessionSecurity()
  return (
    <main>
      <p>The session is {status}.</p>
      <button type="button" onClick={() => void signOut()}>
        Leave
      </button>
    </main>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <SessionSecurityProvider endpoint="/session-security" signIn="/sign-in" messages={de}>
        <SessionQueryGuard />
        <App />
      </SessionSecurityProvider>
    </QueryClientProvider>,
  )
}
