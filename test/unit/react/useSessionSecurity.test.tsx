import { act, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import {
  type SessionSecurity,
  SessionSecurityProvider,
  useSessionCountdown,
  useSessionSecurity,
} from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { expectErrors } from '../../support/jsdom/expectErrors.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

let backEnd: BackEnd

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
})

test('renders a component only when its selected value changes', async () => {
  const statuses: string[] = []
  const everything: string[] = []
  function Part() {
    statuses.push(useSessionSecurity((session) => session.status))
    return null
  }
  function All() {
    const { status, extension } = useSessionSecurity()
    everything.push(`${status} ${extension}`)
    return null
  }
  render(
    <SessionSecurityProvider endpoint={endpoint}>
      <Part />
      <All />
      <Stay />
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.warnAfter + 1_000)
  backEnd.goDown()
  act(() => screen.getByText('Stay').click())
  // Not as long as until the next attempt.
  await pass(250)

  expect(statuses).toEqual(['disabled', 'checking', 'active', 'warning'])
  expect(everything).toContain('warning failed')
})

test('during a warning only the countdown renders every second', async () => {
  let renders = 0
  const seconds: number[] = []
  function Page() {
    useSessionSecurity((session) => session.status)
    renders += 1
    return null
  }
  function Countdown() {
    seconds.push(useSessionCountdown().secondsLeft)
    return null
  }
  render(
    <SessionSecurityProvider endpoint={endpoint} renderWarning={() => null}>
      <Page />
      <Countdown />
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.warnAfter - 5_000)
  const quiet = { renders, seconds: seconds.length }
  await pass(4_000)
  expect({ renders, seconds: seconds.length }).toEqual(quiet)

  await pass(2_000)
  const before = { renders, seconds: seconds.length }
  await pass(5_000)
  expect(renders).toBe(before.renders)
  expect(seconds.slice(before.seconds)).toHaveLength(5)
  expect(seconds.at(-1)).toBeLessThanOrEqual(14)
})

test('counts down by one per second, to 0 and never below', async () => {
  const seconds: number[] = []
  function Countdown() {
    seconds.push(useSessionCountdown().secondsLeft)
    return null
  }
  render(
    <SessionSecurityProvider
      endpoint={endpoint}
      renderWarning={() => <Countdown />}
      renderExpired={() => <Countdown />}
    >
      app
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.expireAfter + 3_000)

  const different = seconds.filter((second, index) => second !== seconds[index - 1])
  expect(different).toEqual(Array.from({ length: 21 }, (_, index) => 20 - index))
})

test('returns the same functions as long as the session is the same', async () => {
  const given: SessionSecurity[] = []
  function Watcher() {
    given.push(useSessionSecurity())
    return null
  }
  render(
    <SessionSecurityProvider endpoint={endpoint}>
      <Watcher />
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.warnAfter + 1_000)

  expect(given.length).toBeGreaterThan(2)
  for (const name of ['extend', 'signOut', 'recordActivity', 'check', 'hold'] as const) {
    expect(new Set(given.map((session) => session[name])).size).toBe(1)
  }
})

test('uses the latest selector', async () => {
  function Switch() {
    const [part, setPart] = useState<'status' | 'endsBy'>('status')
    const value = useSessionSecurity((session) => session[part])
    return (
      <button type="button" onClick={() => setPart('endsBy')}>
        {value}
      </button>
    )
  }
  render(
    <SessionSecurityProvider endpoint={endpoint}>
      <Switch />
    </SessionSecurityProvider>,
  )
  await pass(500)
  act(() => screen.getByText('active').click())
  expect(screen.getByText('idle')).toBeVisible()
})

test('extend() updates every component', async () => {
  render(
    <SessionSecurityProvider endpoint={endpoint}>
      <Stay />
    </SessionSecurityProvider>,
  )
  await pass(serverPolicy.warnAfter + 1_000)
  act(() => screen.getByText('Stay').click())
  await pass(1_000)

  expect(screen.getByText('extended')).toBeInTheDocument()
  expect(backEnd.asked.at(-1)).toMatchObject({ method: 'POST', session: expect.any(String) })
})

test.each([
  ['useSessionSecurity', () => useSessionSecurity()],
  ['useSessionCountdown', () => useSessionCountdown()],
])('%s says what to do where there is no provider', (_, useIt) => {
  expectErrors()
  function Lost() {
    useIt()
    return null
  }
  expect(() => render(<Lost />)).toThrow(
    'react-session-security: no session here. Wrap this part of the app in <SessionSecurityProvider>.',
  )
})

function Stay() {
  const extend = useSessionSecurity((session) => session.extend)
  const [result, setResult] = useState('')
  return (
    <>
      <button type="button" onClick={() => void extend().then(setResult)}>
        Stay
      </button>
      <p>{result}</p>
    </>
  )
}
