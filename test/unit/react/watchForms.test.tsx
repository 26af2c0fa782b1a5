import { act, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { SessionSecurityProvider, type SessionSecurityProviderProps } from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

let backEnd: BackEnd

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
})

test('asks before a changed form is left', async () => {
  await open(<Plain />)
  expect(asks()).toBe(false)
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'changed' } })
  expect(asks()).toBe(true)
})

test.each(['Submit', 'Reset'])('does not ask after %s', async (button) => {
  await open(<Plain />)
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'changed' } })
  act(() => screen.getByText(button).click())
  expect(asks()).toBe(false)

  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'again' } })
  expect(asks()).toBe(true)
})

test('notices controlled inputs, and fields outside their form', async () => {
  await open(<Controlled />)
  fireEvent.change(screen.getByLabelText('Controlled'), { target: { value: 'changed' } })
  expect(asks()).toBe(true)
  act(() => screen.getByText('Submit').click())
  expect(asks()).toBe(false)

  act(() => screen.getByLabelText('Beside').click())
  expect(asks()).toBe(true)
})

test('asks as long as any form is changed', async () => {
  await open(
    <>
      <Plain />
      <Controlled />
    </>,
  )
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'changed' } })
  fireEvent.input(screen.getByLabelText('Controlled'), { target: { value: 'changed' } })
  act(() => screen.getByText('Reset').click())
  expect(asks()).toBe(true)
})

test('does not ask for a removed form, or for a field without a form', async () => {
  function Dialog() {
    const [shown, setShown] = useState(true)
    return (
      <>
        {shown && <Plain />}
        <input aria-label="Search" />
        <button type="button" onClick={() => setShown(false)}>
          Close
        </button>
      </>
    )
  }
  await open(<Dialog />)
  fireEvent.input(screen.getByLabelText('Search'), { target: { value: 'ada' } })
  expect(asks()).toBe(false)
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'changed' } })
  act(() => screen.getByText('Close').click())
  expect(asks()).toBe(false)
})

test('does not ask once the session is over, whatever is typed then', async () => {
  await open(<Plain />, {
    renderExpired: () => (
      <form>
        <input aria-label="Password" />
      </form>
    ),
  })
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'changed' } })
  await pass(serverPolicy.expireAfter)
  fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'sesame' } })
  expect(asks()).toBe(false)
})

test('does not ask while the page is covered', async () => {
  await open(<Plain />)
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'changed' } })
  backEnd.goDown()
  await pass(serverPolicy.expireAfter)
  expect(document.documentElement).toHaveAttribute('data-session-covered')
  expect(asks()).toBe(false)
})

test('asks only while confirmFormDiscard is on', async () => {
  const { rerender } = await open(<Plain />, { confirmFormDiscard: false })
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'changed' } })
  expect(asks()).toBe(false)

  rerender(provider(<Plain />, {}))
  fireEvent.input(screen.getByLabelText('Plain'), { target: { value: 'more' } })
  expect(asks()).toBe(true)

  rerender(provider(<Plain />, { confirmFormDiscard: false }))
  expect(asks()).toBe(false)
})

/** Whether the browser would ask, if the page were left now. */
function asks(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }))
}

async function open(app: ReactNode, props: Partial<SessionSecurityProviderProps> = {}) {
  const rendered = render(provider(app, props))
  await pass(500)
  return rendered
}

function provider(app: ReactNode, props: Partial<SessionSecurityProviderProps>) {
  return (
    <SessionSecurityProvider endpoint={endpoint} confirmFormDiscard {...props}>
      {app}
    </SessionSecurityProvider>
  )
}

function Plain() {
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <input aria-label="Plain" />
      <button type="submit">Submit</button>
      <button type="reset">Reset</button>
    </form>
  )
}

function Controlled() {
  const [text, setText] = useState('')
  return (
    <>
      <form
        id="controlled"
        onSubmit={(event) => {
          event.preventDefault()
          setText('')
        }}
      >
        <input
          aria-label="Controlled"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit">Submit</button>
      </form>
      <input type="checkbox" aria-label="Beside" form="controlled" />
    </>
  )
}
