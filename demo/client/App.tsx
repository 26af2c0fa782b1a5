import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { SessionExpiredScreen, SessionSecurityProvider } from 'react-session-security'
import { SessionQueryGuard } from 'react-session-security/query'
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
  const [signingInAgain, setSigningInAgain] = useState(false)
  // What is kept comes back only if the provider stays as it is: one signs in right there.
  const inPlace = config.expiredAction === 'lock'

  return (
    <QueryClientProvider client={queryClient}>
      <SessionSecurityProvider
        endpoint="/session-security"
        enabled={user !== null}
        extendOn={config.extendOn}
        expiredAction={config.expiredAction}
        signIn={() => (inPlace ? setSigningInAgain(true) : setUser(null))}
        renderExpired={({ signedIn }) =>
          signingInAgain ? (
            <SignInPage
              onSignedIn={() => {
                setSigningInAgain(false)
                void signedIn()
              }}
            />
          ) : (
            <SessionExpiredScreen />
          )
        }
      >
        <SessionQueryGuard />
        {user === null ? <SignInPage onSignedIn={setUser} /> : <CasesPage user={user} />}
      </SessionSecurityProvider>
    </QueryClientProvider>
  )
}
