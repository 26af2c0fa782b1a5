import { render, screen } from '@testing-library/react'
import { StrictMode, version } from 'react'
import { version as domVersion } from 'react-dom'
import { beforeEach, expect, test } from 'vitest'
import {
  createSession,
  httpTransport,
  SessionSecurityProvider,
  useSessionSecurity,
} from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { ErrorBoundary } from '../../support/jsdom/ErrorBoundary.js'
import { expectErrors } from '../../support/jsdom/expectErrors.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

let backEnd: BackEnd

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
})

test('the React under test is the one the vitest project names', ({ task }) => {
  // `npm run test:matrix` puts others in the place of React 18.
  const major = task.file.projectName === 'react-18' ? '18' : '19'
  if (!process.env.REACT_UNDER_TEST) expect(version.split('.')[0]).toBe(major)
  expect(domVersion).toBe(version)
})

test('creates a session from its options, and asks once in Strict Mode', async () => {
  render(
    <StrictMode>
      <SessionSecurityProvider endpoint={endpoint}>
        <Status />
      </SessionSecurityProvider>
    </StrictMode>,
  )
  expect(screen.getByText('checking')).toBeVisible()

  await pass(500)

  expect(screen.getByText('active')).toBeVisible()
  expect(backEnd.asked).toEqual([{ method: 'POST', v: 1 }])
})

test('runs a session from createSession, and stops it when the provider unmounts', async () => {
  const session = createSession({ endpoint })
  expect(session.getState().status).toBe('disabled')

  const { unmount } = render(
    <SessionSecurityProvider session={session}>
      <Status />
    </SessionSecurityProvider>,
  )
  await pass(500)
  expect(screen.getByText('active')).toBeVisible()
  expect(session.getState().status).toBe('active')

  unmount()
  await pass(500)
  expect(session.getState().status).toBe('disabled')
})

test('keeps its session when Strict Mode or hot reload mounts it again', async () => {
  const session = createSession({ endpoint })
  const app = (key: string) => (
    <StrictMode>
      <SessionSecurityProvider key={key} session={session}>
        <Status />
      </SessionSecurityProvider>
    </StrictMode>
  )
  const { rerender } = render(app('before'))
  await pass(500)

  rerender(app('after'))

  expect(screen.getByText('active')).toBeVisible()
  await pass(500)
  expect(backEnd.asked).toHaveLength(1)
})

test('refuses a second provider of the same name in the document', async () => {
  expectErrors()
  render(
    <>
      <SessionSecurityProvider endpoint={endpoint}>
        <Status />
      </SessionSecurityProvider>
      <ErrorBoundary>
        <SessionSecurityProvider endpoint={endpoint}>one too many</SessionSecurityProvider>
      </ErrorBoundary>
    </>,
  )

  expect(screen.getByRole('alert')).toHaveTextContent(
    'a session named "/session-security" already runs in this document. Use one provider, or give each its own `name`.',
  )
  await pass(500)
  expect(screen.getByText('active')).toBeVisible()
})

test('two apps of one origin run side by side under different names', async () => {
  render(
    <>
      <SessionSecurityProvider endpoint={endpoint} name="one">
        <Status />
      </SessionSecurityProvider>
      <SessionSecurityProvider endpoint={endpoint} name="two">
        <Status />
      </SessionSecurityProvider>
    </>,
  )
  await pass(500)
  expect(screen.getAllByText('active')).toHaveLength(2)
})

test('asks nothing until enabled, and forgets everything when disabled', async () => {
  const app = (enabled: boolean) => (
    <SessionSecurityProvider endpoint={endpoint} enabled={enabled}>
      <Status />
    </SessionSecurityProvider>
  )
  const { rerender } = render(app(false))
  await pass(2_000)
  expect(screen.getByText('disabled')).toBeVisible()
  expect(backEnd.asked).toEqual([])

  rerender(app(true))
  expect(screen.getByText('checking')).toBeVisible()
  await pass(500)
  expect(screen.getByText('active')).toBeVisible()

  rerender(app(false))
  await pass(serverPolicy.expireAfter)
  expect(screen.getByText('disabled')).toBeVisible()
  expect(backEnd.asked).toHaveLength(1)
})

test('other tabs do not notice when it is disabled', async () => {
  const heard: unknown[] = []
  const otherTab = new BroadcastChannel(`react-session-security:${endpoint}`)
  const app = (enabled: boolean) => (
    <SessionSecurityProvider endpoint={endpoint} enabled={enabled}>
      <Status />
    </SessionSecurityProvider>
  )
  const { rerender } = render(app(true))
  await pass(500)
  otherTab.onmessage = ({ data }) => heard.push(data)

  rerender(app(false))
  await pass(2_000)
  otherTab.close()

  expect(heard).toEqual([])
})

test('calls the latest callbacks', async () => {
  const calls: string[] = []
  const app = (render: string) => (
    <SessionSecurityProvider
      endpoint={endpoint}
      onWarning={() => calls.push(`${render} warning`)}
      onExpired={({ reason }) => calls.push(`${render} expired ${reason}`)}
      onDiscard={({ reason }) => calls.push(`${render} discard ${reason}`)}
    >
      <Status />
    </SessionSecurityProvider>
  )
  const { rerender } = render(app('first'))
  await pass(500)
  rerender(app('second'))
  await pass(serverPolicy.warnAfter)
  expect(calls).toEqual(['second warning'])

  rerender(app('third'))
  await pass(serverPolicy.expireAfter - serverPolicy.warnAfter)
  expect(calls).toEqual(['second warning', 'third expired idle', 'third discard idle'])
})

test('keeps its session when it gets a policy with the same values', async () => {
  const app = () => (
    <SessionSecurityProvider endpoint={endpoint} policy={{ warnAfter: 40_000 }} activity={{}}>
      <Status />
    </SessionSecurityProvider>
  )
  const { rerender } = render(app())
  await pass(500)
  for (let turn = 0; turn < 5; turn += 1) {
    rerender(app())
    await pass(500)
  }
  expect(screen.getByText('active')).toBeVisible()
  expect(backEnd.asked).toHaveLength(1)
})

test.each([
  ['endpoint', { endpoint }, { endpoint: `${endpoint}?tenant=2` }],
  ['name', { endpoint }, { endpoint, name: 'another' }],
  [
    'transport',
    { transport: httpTransport({ url: endpoint }) },
    { transport: httpTransport({ url: endpoint }) },
  ],
])('starts anew with another %s', async (_, before, after) => {
  const app = (options: { endpoint: string } | typeof before) => (
    <SessionSecurityProvider {...options}>
      <Status />
    </SessionSecurityProvider>
  )
  const { rerender } = render(app(before))
  await pass(500)

  rerender(app(after))
  expect(screen.getByText('checking')).toBeVisible()
  await pass(500)

  expect(screen.getByText('active')).toBeVisible()
  expect(backEnd.asked).toHaveLength(2)
})

function Status() {
  return <p>{useSessionSecurity((session) => session.status)}</p>
}
