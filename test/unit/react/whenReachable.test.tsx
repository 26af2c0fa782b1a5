import { act, render, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import {
  type ExpiredAction,
  SessionSecurityProvider,
  type SessionSecurityProviderProps,
} from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'
import { standInLocation } from '../../support/jsdom/standInLocation.js'

let backEnd: BackEnd
let went: string[]

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
  went = standInLocation('http://localhost:3000/cases')
})

const actions: [ExpiredAction, RegExp][] = [
  [{ redirectTo: '/sign-in' }, /^replace .*\/sign-in\?returnTo=%2Fcases/],
  ['reload', /^reload$/],
]

test.each(actions)(
  'with %j and a server that is down, the end is shown, and the page left once it answers',
  async (expiredAction, where) => {
    await endWhileDown({ expiredAction })
    expect(screen.getByText('over: unreachable')).toBeVisible()
    expect(coverage()).toBe('open')
    await pass(20_000)
    expect(went).toEqual([])

    backEnd.comeUp()
    await pass(70_000)
    expect(went).toEqual([expect.stringMatching(where)])
  },
)

test('does not leave the page if somebody has signed in before the server is back', async () => {
  await endWhileDown({ expiredAction: 'reload' })
  await backEnd.signIn('ada')
  backEnd.comeUp()
  // Less than until the new session's own end.
  await pass(50_000)
  expect(screen.getByText('app')).toBeVisible()
  expect(went).toEqual([])
})

test.each([
  ['/sign-in', 'assign http://localhost:3000/sign-in'],
  [undefined, 'reload'],
])('"Sign in again" waits for the server, too: signIn %s', async (signIn, where) => {
  await endWhileDown(signIn === undefined ? {} : { signIn })
  act(() => screen.getByText('Sign in again').click())
  act(() => screen.getByText('Sign in again').click())
  await pass(5_000)
  expect(went).toEqual([])

  backEnd.comeUp()
  await pass(70_000)
  expect(went).toEqual([where])
})

test('leaves the page if the server refuses to answer, because it can show a page', async () => {
  await endWhile(() => backEnd.refuse(), { expiredAction: 'reload' })
  expect(went).toEqual(['reload'])
})

test('does not leave the page after the provider has unmounted', async () => {
  const { unmount } = await endWhileDown({ signIn: '/sign-in' })
  act(() => screen.getByText('Sign in again').click())
  unmount()
  const asked = backEnd.asked.length
  backEnd.comeUp()
  await pass(30_000)
  expect(went).toEqual([])
  expect(backEnd.asked).toHaveLength(asked)
})

test('a page that stays stops asking a server that is down', async () => {
  await endWhileDown({})
  const asked = backEnd.asked.length
  await pass(30_000)
  expect(backEnd.asked).toHaveLength(asked)
})

function endWhileDown(props: Partial<SessionSecurityProviderProps>) {
  return endWhile(() => backEnd.goDown(), props)
}

async function endWhile(fail: () => void, props: Partial<SessionSecurityProviderProps>) {
  const view = render(
    <SessionSecurityProvider
      endpoint={endpoint}
      whenUnreachable="close"
      renderExpired={({ reason, signIn }) => (
        <>
          <p>over: {reason}</p>
          <button type="button" onClick={signIn}>
            Sign in again
          </button>
        </>
      )}
      {...props}
    >
      app
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter - 22_000)
  fail()
  await pass(36_000)
  return view
}

function coverage(): string {
  return document.documentElement.hasAttribute('data-session-covered') ? 'covered' : 'open'
}
