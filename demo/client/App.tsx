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

/** The signed-in user decides which page is shown, and whether the provider is enabled. */
export function App({ config, signedInUser }: AppProps) {
  const [user, setUser] = useState(signedInUser)
  const [signingInAgain, setSigningInAgain] = useState(false)
  // With `'lock'` the provider must stay mounted, so the user signs in on the expired screen.
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
