import { act, render, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import {
  SessionSecurityProvider,
  type SessionSecurityProviderProps,
  useSessionSecurity,
} from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'
import { standInLocation } from '../../support/jsdom/standInLocation.js'

let backEnd: BackEnd
let went: string[]
/** The identity provider has ended its session. */
let ended: () => void

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
  went = standInLocation('http://localhost:3000/cases')
})

test('a redirect waits until endElsewhere is done', async () => {
  open({ expiredAction: { redirectTo: '/sign-in' } })
  await pass(serverPolicy.expireAfter + 500)
  expect(went).toEqual([])
  act(() => ended())
  await pass(2_000)
  expect(went).toHaveLength(1)
})

test('a redirect that waits for endElsewhere does not happen if somebody signs in meanwhile', async () => {
  open({ expiredAction: { redirectTo: '/sign-in' } })
  await pass(serverPolicy.expireAfter + 500)
  await signInAgain()
  act(() => ended())
  await pass(6_000)
  expect(screen.getByText('Sign out')).toBeVisible()
  expect(went).toEqual([])
})

test('"Sign in again" that waits for endElsewhere goes nowhere if somebody signs in meanwhile', async () => {
  open({ signIn: '/sign-in' })
  await pass(serverPolicy.expireAfter + 500)
  act(() => screen.getByText('Sign in again').click())
  await pass(250)
  expect(went).toEqual([])
  await signInAgain()
  act(() => ended())
  await pass(6_000)
  expect(went).toEqual([])
})

test('"Sign in again" waits for endElsewhere', async () => {
  open({ signIn: '/sign-in' })
  await pass(serverPolicy.expireAfter + 500)
  act(() => screen.getByText('Sign in again').click())
  act(() => ended())
  await pass(2_000)
  expect(went).toEqual(['assign http://localhost:3000/sign-in'])
})

test('an unmounted provider redirects nobody later', async () => {
  const { unmount } = open({ expiredAction: { redirectTo: '/sign-in' } })
  await pass(serverPolicy.expireAfter + 500)
  unmount()
  act(() => ended())
  await pass(500)
  expect(went).toEqual([])
})

test('after a sign-out the page stays until the server confirms it', async () => {
  open({ expiredAction: { redirectTo: '/sign-in' }, endElsewhere: async () => {} })
  await pass(500)
  backEnd.goDown()
  act(() => screen.getByText('Sign out').click())
  await pass(5_000)
  expect(went).toEqual([])
  expect(document.documentElement).toHaveAttribute('data-session-covered')
  await pass(6_000)
  expect(screen.getByText('confirmed: false')).toBeVisible()

  backEnd.comeUp()
  await pass(60_000)
  expect(went).toEqual(['replace http://localhost:3000/sign-in'])
})

async function signInAgain(): Promise<void> {
  await backEnd.signIn('ada')
  act(() => screen.getByText('I have signed in').click())
  await pass(500)
}

function open(props: Partial<SessionSecurityProviderProps>) {
  return render(
    <SessionSecurityProvider
      endpoint={endpoint}
      endElsewhere={() =>
        new Promise((resolve) => {
          ended = resolve
        })
      }
      renderExpired={({ signIn, signedIn, signOutConfirmed }) => (
        <>
          <p>confirmed: {`${signOutConfirmed}`}</p>
          <button type="button" onClick={signIn}>
            Sign in again
          </button>
          <button type="button" onClick={() => void signedIn()}>
            I have signed in
          </button>
        </>
      )}
      {...props}
    >
      <SignOut />
    </SessionSecurityProvider>,
  )
}

function SignOut() {
  const signOut = useSessionSecurity((session) => session.signOut)
  return (
    <button type="button" onClick={() => void signOut()}>
      Sign out
    </button>
  )
}
