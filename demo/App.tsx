import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { SessionSecurityProvider } from '../src/index.js'
import { SessionQueryGuard } from '../src/query.js'
import type { DemoConfig } from './api.js'
import { CasesPage } from './CasesPage.js'
import { queryClient } from './queryClient.js'
import { SignInPage } from './SignInPage.js'

interface AppProps {
  config: DemoConfig
  signedInUser: string | null
}

/** Who is signed in decides which page is shown, and whether there is a session to watch. */
export function App({ config, signedInUser }: AppProps) {
  const [user, setUser] = useState(signedInUser)

  return (
    <QueryClientProvider client={queryClient}>
      <SessionSecurityProvider
        endpoint="/session-security"
        enabled={user !== null}
        extendOn={config.extendOn}
        expiredAction={config.expiredAction}
        signIn={() => setUser(null)}
      >
        <SessionQueryGuard />
        {user === null ? <SignInPage onSignedIn={setUser} /> : <CasesPage user={user} />}
      </SessionSecurityProvider>
    </QueryClientProvider>
  )
}
