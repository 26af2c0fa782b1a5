import { act, fireEvent, render, screen } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { SessionSecurityProvider, useSessionSecurity } from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'
import { standInLocation } from '../../support/jsdom/standInLocation.js'

let backEnd: BackEnd

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
})

test('unmounts the children, then has data discarded, and only then lifts the cover', async () => {
  const order: string[] = []
  function Page() {
    useEffect(
      () => () => {
        order.push(`children gone, ${coverage()}`)
      },
      [],
    )
    return <p>Ada Lovelace, 12 May</p>
  }
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      onDiscard={({ reason }) => order.push(`discard ${reason}, ${coverage()}`)}
      renderExpired={() => <Ended onShown={() => order.push(`shown, ${coverage()}`)} />}
    >
      <Page />
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 500)

  expect(order).toEqual(['children gone, covered', 'discard idle, covered', 'shown, open'])
  expect(document.body).not.toHaveTextContent('Ada Lovelace')
})

test('a callback that throws stops nothing', async () => {
  const thrown: unknown[] = []
  const keep = (error: unknown) => thrown.push(error)
  process.on('uncaughtException', keep)
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      onDiscard={() => {
        throw new Error('the store is gone')
      }}
      renderExpired={() => 'over'}
    >
      secret
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 500)
  process.off('uncaughtException', keep)

  expect(screen.getByText('over')).toBeVisible()
  expect(coverage()).toBe('open')
  expect(thrown).toEqual([new Error('the store is gone')])
})

test('shows a neutral title until somebody is signed in again', async () => {
  document.title = 'Ada Lovelace, 12 May'
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      renderExpired={({ signedIn }) => (
        <button type="button" onClick={() => void signedIn()}>
          I have signed in
        </button>
      )}
    >
      app
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 500)
  expect(coverage()).toBe('open')
  expect(document.title).toBe('localhost')

  await backEnd.signIn('ada')
  act(() => screen.getByText('I have signed in').click())
  await pass(500)
  expect(document.title).toBe('Ada Lovelace, 12 May')
})

test('mounts the children again when the same person signs in on the expired screen', async () => {
  const went = standInLocation()
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      renderExpired={({ signedIn }) => (
        <button type="button" onClick={() => void signedIn()}>
          I have signed in
        </button>
      )}
    >
      <Note />
    </SessionSecurityProvider>,
  )
  await pass(500)
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'half a thought' } })
  await pass(serverPolicy.expireAfter)

  act(() => screen.getByText('I have signed in').click())
  await pass(500)
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument()

  await backEnd.signIn('ada')
  act(() => screen.getByText('I have signed in').click())
  await pass(500)
  expect(screen.getByRole('textbox')).toHaveValue('')
  expect(screen.queryByText('I have signed in')).not.toBeInTheDocument()
  expect(went).toEqual([])
})

test('reloads the document when another person signs in', async () => {
  const went = standInLocation()
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      renderExpired={({ signedIn }) => (
        <button type="button" onClick={() => void signedIn()}>
          I have signed in
        </button>
      )}
    >
      <Note />
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 500)
  await backEnd.signIn('bob')
  act(() => screen.getByText('I have signed in').click())
  await pass(500)

  expect(went).toEqual(['reload'])
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
})

test('says "Please sign in" if nobody was signed in, and calls no callback', async () => {
  await backEnd.revoke()
  const calls: string[] = []
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      onExpired={() => calls.push('expired')}
      onDiscard={() => calls.push('discard')}
      renderExpired={({ wasActive }) => (wasActive ? 'signed out' : 'please sign in')}
    >
      app
    </SessionSecurityProvider>,
  )
  await pass(12_000)
  expect(screen.getByText('please sign in')).toBeVisible()
  expect(calls).toEqual([])
})

test('signing out ends the session on the server and in the page', async () => {
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      renderExpired={({ reason, signOutConfirmed }) => `${reason} ${signOutConfirmed}`}
    >
      <SignOut />
    </SessionSecurityProvider>,
  )
  await pass(500)
  act(() => screen.getByText('Sign out').click())
  await pass(500)

  expect(screen.getByText('signed-out true')).toBeVisible()
  expect(backEnd.asked.at(-1)?.method).toBe('DELETE')
})

test.each([
  [undefined, 'reload'],
  ['/sign-in', 'assign http://localhost:3000/sign-in'],
])('"Sign in again" with signIn %s: %s', async (signIn, where) => {
  const went = standInLocation('http://localhost:3000/cases?page=2#notes')
  render(
    <SessionSecurityProvider endpoint={endpoint} {...(signIn !== undefined && { signIn })}>
      app
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 500)
  act(() => screen.getByRole('button', { name: 'Sign in again' }).click())
  expect(went).toEqual([where])
})

test('"Sign in again" reloads the document even if the sign-in page differs only in its fragment', async () => {
  const went = standInLocation('http://localhost:3000/#/cases')
  render(
    <SessionSecurityProvider endpoint={endpoint} signIn="/#/sign-in">
      app
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 500)
  act(() => screen.getByRole('button', { name: 'Sign in again' }).click())
  expect(went).toEqual(['assign http://localhost:3000/#/sign-in', 'reload'])
})

test('"Sign in again" passes the way back and the reason to a function', async () => {
  standInLocation('http://localhost:3000/cases?page=2#notes')
  const asked: unknown[] = []
  render(
    <SessionSecurityProvider endpoint={endpoint} signIn={(request) => asked.push(request)}>
      app
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 500)
  act(() => screen.getByRole('button', { name: 'Sign in again' }).click())
  expect(asked).toEqual([
    { returnTo: '/cases?page=2', returnFor: expect.stringMatching(/^[\w-]{22}$/), reason: 'idle' },
  ])
})

test('"Sign in again" passes no way back after a sign-out', async () => {
  standInLocation('http://localhost:3000/cases?page=2')
  const asked: unknown[] = []
  render(
    <SessionSecurityProvider endpoint={endpoint} signIn={(request) => asked.push(request)}>
      <SignOut />
    </SessionSecurityProvider>,
  )
  await pass(500)
  act(() => screen.getByText('Sign out').click())
  await pass(500)
  act(() => screen.getByRole('button', { name: 'Sign in again' }).click())
  expect(asked).toEqual([{ returnTo: null, returnFor: null, reason: 'signed-out' }])
})

function Note() {
  return <input aria-label="Note" />
}

function SignOut() {
  const signOut = useSessionSecurity((session) => session.signOut)
  return (
    <button type="button" onClick={() => void signOut()}>
      Sign out
    </button>
  )
}

function Ended({ onShown }: { onShown: () => void }) {
  const covered = useSessionSecurity((session) => session.covered)
  const [shown] = useState(() => onShown)
  useEffect(() => {
    if (!covered) shown()
  }, [covered, shown])
  return <p>over</p>
}

function coverage(): string {
  return document.documentElement.hasAttribute('data-session-covered') ? 'covered' : 'open'
}
