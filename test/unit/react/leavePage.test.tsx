import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, expect, test } from 'vitest'
import {
  type ExpiredAction,
  returnPath,
  SessionSecurityProvider,
  useSessionSecurity,
  type WireActive,
} from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'
import { standInLocation } from '../../support/jsdom/standInLocation.js'

let backEnd: BackEnd

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
})

test("'reload' reloads the document once, and covers it until then", async () => {
  const went = standInLocation()
  open('reload')
  await pass(serverPolicy.expireAfter + 5_000)

  expect(went).toEqual(['reload'])
  expect(coverage()).toBe('covered')
})

test("'reload' never reloads a document in which nobody was signed in", async () => {
  await backEnd.revoke()
  const went = standInLocation()
  open('reload')
  await pass(12_000)

  expect(went).toEqual([])
  expect(screen.getByText('over')).toBeVisible()
})

test('a redirect takes the way back and the reason along, and stays covered', async () => {
  const went = standInLocation('http://localhost:3000/cases?page=2#notes')
  open({ redirectTo: '/sign-in?theme=dark', returnParam: 'next', reasonParam: 'why' })
  await pass(serverPolicy.expireAfter + 5_000)

  expect(went).toEqual([
    `replace http://localhost:3000/sign-in?theme=dark&next=%2Fcases%3Fpage%3D2&returnFor=${await ada()}&why=idle`,
  ])
  expect(coverage()).toBe('covered')
})

test.each([
  ['http://localhost:3000//evil.example/x', '/evil.example/x'],
  ['http://localhost:3000/\\evil.example/x', '/evil.example/x'],
  ['http://localhost:3000/%2F/evil.example/x?y=//z', '/evil.example/x?y=//z'],
  ['http://localhost:3000/#/cases', '/'],
])('at %s the way back is a path of this site: %s', async (here, returnTo) => {
  const went = standInLocation(here)
  open({ redirectTo: '/sign-in' })
  await pass(serverPolicy.expireAfter + 500)

  const { searchParams } = new URL(went[0]?.replace('replace ', '') ?? '')
  expect(searchParams.get('returnTo')).toBe(returnTo)
})

test('the way back is for the same person only', async () => {
  const went = standInLocation('http://localhost:3000/cases?page=2')
  open({ redirectTo: '/sign-in' })
  await pass(serverPolicy.expireAfter + 500)
  const { search } = new URL(went[0]?.replace('replace ', '') ?? '')

  await backEnd.signIn('bob')
  expect(returnPath({ search, subject: (await look()).subject })).toBeNull()
  await backEnd.signIn('ada')
  expect(returnPath({ search, subject: (await look()).subject })).toBe('/cases?page=2')
})

test('a redirect after a sign-out carries no way back', async () => {
  const went = standInLocation('http://localhost:3000/patients/ada')
  open({ redirectTo: '/sign-in', reasonParam: 'why' }, <SignOut />)
  await pass(1_000)
  act(() => screen.getByText('Sign out').click())
  await pass(500)

  expect(went).toEqual(['replace http://localhost:3000/sign-in?why=signed-out'])
})

test('if nobody was signed in, the way back names no person', async () => {
  await backEnd.revoke()
  const went = standInLocation('http://localhost:3000/cases')
  open({ redirectTo: '/sign-in' })
  await pass(6_000)

  expect(went).toEqual(['replace http://localhost:3000/sign-in?returnTo=%2Fcases'])
})

test('a redirect to another origin carries no way back', async () => {
  const went = standInLocation('http://localhost:3000/patients/ada?token=1')
  open({ redirectTo: 'https://login.example/logout' })
  await pass(serverPolicy.expireAfter + 500)

  expect(went).toEqual(['replace https://login.example/logout'])
})

test('shows the expired screen after a while if a redirect does not leave the page', async () => {
  standInLocation('http://localhost:3000/cases')
  open({ redirectTo: '/sign-in' })
  await pass(serverPolicy.expireAfter + 11_000)

  expect(coverage()).toBe('open')
  expect(screen.getByText('over')).toBeVisible()
})

test.each([
  ['by its path', '/sign-in', 'http://localhost:3000/sign-in?returnTo=%2Fcases'],
  ['by its fragment', '/#/sign-in', 'http://localhost:3000/?returnTo=%2F#/sign-in'],
])(
  'a sign-in page that hosts the provider is never left for itself, known %s',
  async (_, redirectTo, here) => {
    await backEnd.revoke()
    const went = standInLocation(here)
    open({ redirectTo })
    await pass(12_000)

    expect(went).toEqual([])
    expect(screen.getByText('over')).toBeVisible()
  },
)

test('a document without a sign-in is redirected, but not in circles', async () => {
  await backEnd.revoke()
  const went = standInLocation('http://localhost:3000/cases')
  for (let document = 0; document < 8; document += 1) {
    const { unmount } = open({ redirectTo: '/sign-in' })
    await pass(6_000)
    unmount()
    await pass(500)
  }
  expect(went).toHaveLength(5)
})

test('redirects are allowed again after a minute', async () => {
  sessionStorage.setItem(
    'react-session-security:redirects',
    JSON.stringify([1, 2, 3, 4, 5].map((ago) => Date.now() - ago)),
  )
  const went = standInLocation('http://localhost:3000/cases')
  open({ redirectTo: '/sign-in' })
  await pass(serverPolicy.expireAfter + 500)

  expect(went).toHaveLength(1)
})

test('does not redirect if it cannot count redirects', async () => {
  const { sessionStorage } = globalThis
  Object.defineProperty(globalThis, 'sessionStorage', {
    configurable: true,
    get: () => {
      throw new DOMException('forbidden', 'SecurityError')
    },
  })
  const went = standInLocation('http://localhost:3000/cases')
  open({ redirectTo: '/sign-in' })
  await pass(serverPolicy.expireAfter + 500)
  Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, value: sessionStorage })

  expect(went).toEqual([])
  expect(screen.getByText('over')).toBeVisible()
})

/** What the server says of whoever is signed in. */
async function look(): Promise<WireActive> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ v: 1 }),
  })
  return response.json()
}

/** Ada's handle. */
async function ada(): Promise<string> {
  await backEnd.signIn('ada')
  return (await look()).subject ?? ''
}

function SignOut() {
  const signOut = useSessionSecurity((session) => session.signOut)
  return (
    <button type="button" onClick={() => void signOut()}>
      Sign out
    </button>
  )
}

function open(expiredAction: ExpiredAction, app: ReactNode = 'app') {
  return render(
    <SessionSecurityProvider
      endpoint={endpoint}
      expiredAction={expiredAction}
      renderExpired={() => <p>over</p>}
    >
      {app}
    </SessionSecurityProvider>,
  )
}

function coverage(): string {
  return document.documentElement.hasAttribute('data-session-covered') ? 'covered' : 'open'
}
