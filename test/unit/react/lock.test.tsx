import { act, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode, useEffect, useState, version } from 'react'
import { createPortal } from 'react-dom'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { factsOf } from '../../../src/core/decide/facts.js'
import { encodeFacts } from '../../../src/core/run/message.js'
import { SessionSecurityProvider, type SessionSecurityProviderProps } from '../../../src/index.js'
import { defaultPolicy } from '../../../src/protocol/policy.js'
import { activityHidesPortals } from '../../../src/react/lock/Activity.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { expectErrors } from '../../support/jsdom/expectErrors.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'
import { standInLocation } from '../../support/jsdom/standInLocation.js'

const minute = 60_000

let backEnd: BackEnd

beforeEach(async () => {
  stopTime()
  // jsdom has no scrolling.
  vi.stubGlobal('scrollTo', () => {})
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
})

if (activityHidesPortals) {
  describe('a locked page', locked)
} else {
  test("refuses 'lock' before React 19.3, whose Activity leaves portals visible", () => {
    expectErrors()
    expect(() => open()).toThrow(
      `expiredAction: 'lock' needs React 19.3 or later, whose Activity hides portals; this is ${version}; received "lock"`,
    )
  })
}

function locked(): void {
  test('hides the children, portals too, from eyes, keyboard and screen readers', async () => {
    open()
    await pass(500)
    type('half a thought')
    await pass(serverPolicy.expireAfter)

    expect(field()).not.toBeVisible()
    expect(screen.getByText('In a portal')).not.toBeVisible()
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'I have signed in, kept' })).toBeVisible()
    expect(coverage()).toBe('open')
  })

  test('shows the same content again when the same person signs in on the expired screen', async () => {
    const discarded: string[] = []
    open({ onDiscard: ({ reason }) => discarded.push(reason) })
    await pass(500)
    type('half a thought')
    const before = field()
    await pass(serverPolicy.expireAfter + 5 * minute)

    await backEnd.signIn('ada')
    signedIn()
    await pass(500)

    expect(field()).toBe(before)
    expect(field()).toBeVisible()
    expect(field()).toHaveValue('half a thought')
    expect(screen.getByText('half a thought', { selector: 'output' })).toBeVisible()
    expect(screen.queryByText(/I have signed in/)).not.toBeInTheDocument()
    expect(discarded).toEqual([])
  })

  test('shows the content again when the same person signs in in another tab', async () => {
    open()
    await pass(500)
    type('half a thought')
    await pass(serverPolicy.expireAfter + minute)

    await backEnd.signIn('ada')
    const otherTab = anotherTab()
    await pass(1_000)
    otherTab.close()

    expect(field()).toBeVisible()
    expect(field()).toHaveValue('half a thought')
  })

  test('is locked again at the next end', async () => {
    open()
    await pass(500)
    type('half a thought')
    await pass(serverPolicy.expireAfter)
    await backEnd.signIn('ada')
    signedIn()
    await pass(500)
    expect(field()).toBeVisible()

    await pass(serverPolicy.expireAfter)
    expect(field()).not.toBeVisible()
    expect(field()).toHaveValue('half a thought')
  })

  test('stays locked while nobody has signed in', async () => {
    open()
    await pass(serverPolicy.expireAfter + 500)
    signedIn()
    await pass(2_000)
    expect(field()).not.toBeVisible()
  })

  test('reloads when another person signs in, and shows nothing of the content', async () => {
    const went = standInLocation()
    open()
    await pass(500)
    type('a secret of ada')
    await pass(serverPolicy.expireAfter)
    await backEnd.signIn('bob')
    signedIn()
    await pass(1_000)

    expect(went).toEqual(['reload'])
    expect(field()).not.toBeVisible()
  })

  test('unmounts the children after lockFor, and the sign-in form keeps what is typed', async () => {
    const discarded: string[] = []
    open({ onDiscard: ({ reason }) => discarded.push(reason) })
    await pass(serverPolicy.expireAfter + 500)
    fireEvent.change(password(), { target: { value: 'open sesame' } })
    await pass(15 * minute - 2_000)
    expect(screen.getByText('In a portal')).toBeInTheDocument()
    expect(discarded).toEqual([])

    await pass(3_000)
    expect(screen.queryByText('In a portal')).not.toBeInTheDocument()
    expect(discarded).toEqual(['idle'])
    expect(password()).toHaveValue('open sesame')
    expect(screen.getByRole('button', { name: 'I have signed in, gone' })).toBeVisible()

    await backEnd.signIn('ada')
    signedIn()
    await pass(500)
    expect(field()).toHaveValue('')
  })

  test('uses the lockFor that it is given', async () => {
    open({ lockFor: 5_000 })
    await pass(serverPolicy.expireAfter + 4_000)
    expect(screen.getByText('In a portal')).toBeInTheDocument()
    await pass(2_000)
    expect(screen.queryByText('In a portal')).not.toBeInTheDocument()
  })

  test('keeps nothing after a sign-out', async () => {
    const discarded: string[] = []
    open({ onDiscard: ({ reason }) => discarded.push(reason) })
    await pass(serverPolicy.warnAfter + 1_000)
    act(() => screen.getByRole('button', { name: 'Sign out' }).click())
    await pass(500)

    expect(screen.queryByText('In a portal')).not.toBeInTheDocument()
    expect(discarded).toEqual(['signed-out'])
  })

  test('drops the kept content when the provider is disabled', async () => {
    const order: string[] = []
    const app = (enabled: boolean) => provider({ enabled, onDiscard: () => order.push('discard') })
    const { rerender } = render(app(true))
    await pass(500)
    type('a secret of ada')
    await pass(serverPolicy.expireAfter)

    rerender(app(false))
    await pass(500)

    expect(order).toEqual(['discard'])
    expect(field()).toHaveValue('')
    expect(field()).toBeVisible()
  })

  test('unmounts the effects of the children while locked', async () => {
    const effects: string[] = []
    function Effect() {
      useEffect(() => {
        effects.push('on')
        return () => {
          effects.push('off')
        }
      }, [])
      return null
    }
    open({ children: <Effect /> })
    await pass(serverPolicy.expireAfter + 500)
    expect(effects).toEqual(['on', 'off'])

    await backEnd.signIn('ada')
    signedIn()
    await pass(500)
    expect(effects).toEqual(['on', 'off', 'on'])
  })

  test('locks nothing if nobody was signed in', async () => {
    await backEnd.revoke()
    open()
    await pass(12_000)
    expect(screen.queryByText('In a portal')).not.toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'I have signed in, gone' })).toBeVisible()
  })

  test('works in Strict Mode', async () => {
    const discarded: string[] = []
    render(
      <StrictMode>
        {provider({ lockFor: 5_000, onDiscard: ({ reason }) => discarded.push(reason) })}
      </StrictMode>,
    )
    await pass(500)
    type('half a thought')
    await pass(serverPolicy.expireAfter)
    await backEnd.signIn('ada')
    signedIn()
    await pass(500)
    expect(field()).toHaveValue('half a thought')

    await pass(serverPolicy.expireAfter + 6_000)
    expect(discarded).toEqual(['idle'])
  })
}

function open(props: Partial<SessionSecurityProviderProps> = {}) {
  return render(provider(props))
}

function provider(props: Partial<SessionSecurityProviderProps>) {
  return (
    <SessionSecurityProvider
      endpoint={endpoint}
      expiredAction="lock"
      renderExpired={({ kept, signedIn }) => (
        <form>
          <input type="password" aria-label="Password" />
          <button type="button" onClick={() => void signedIn()}>
            I have signed in, {kept ? 'kept' : 'gone'}
          </button>
        </form>
      )}
      {...props}
    >
      {props.children ?? <Page />}
    </SessionSecurityProvider>
  )
}

function Page() {
  const [note, setNote] = useState('')
  return (
    <main>
      <textarea aria-label="Note" value={note} onChange={(event) => setNote(event.target.value)} />
      <output>{note}</output>
      {createPortal(<p>In a portal</p>, document.body)}
    </main>
  )
}

function type(text: string): void {
  fireEvent.change(field(), { target: { value: text } })
}

function field(): HTMLElement {
  return screen.getByLabelText('Note')
}

function password(): HTMLElement {
  return screen.getByLabelText('Password')
}

function signedIn(): void {
  act(() => screen.getByRole('button', { name: /I have signed in/ }).click())
}

function coverage(): string {
  return document.documentElement.hasAttribute('data-session-covered') ? 'covered' : 'open'
}

/** Another tab of this browser, which has just heard from the server of a new sign-in. */
function anotherTab(): BroadcastChannel {
  const now = performance.now()
  const verdict = {
    state: 'active',
    remaining: 60_000,
    session: 'another',
    subject: 'ada',
  } as const
  const facts = factsOf(verdict, now, { policy: defaultPolicy, subject: null })
  const channel = new BroadcastChannel(`react-session-security:${endpoint}`)
  channel.postMessage(encodeFacts(facts, now, Date.now()))
  return channel
}
