import { act, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { silenceBeforeUnload } from '../../../src/browser/leaving/silenceBeforeUnload.js'
import { SessionSecurityProvider } from '../../../src/index.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

let backEnd: BackEnd

/** jsdom does not call it. */
const handler = () => 'unsaved'

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
  const ask = (event: Event) => event.preventDefault()
  addEventListener('beforeunload', ask)
  window.onbeforeunload = handler
  onTestFinished(() => {
    removeEventListener('beforeunload', ask)
    window.onbeforeunload = null
  })
})

test("the app's own beforeunload question is silent while the session is over, and works again after a sign-in", async () => {
  open()
  await pass(1_000)
  expect(isHeldUp()).toBe(true)
  expect(window.onbeforeunload).toBe(handler)

  await pass(serverPolicy.expireAfter)
  expect(isHeldUp()).toBe(false)
  expect(window.onbeforeunload).toBeNull()
  const late = listenLate()
  expect(isHeldUp()).toBe(false)
  expect(late).not.toHaveBeenCalled()

  await backEnd.signIn('ada')
  act(() => screen.getByText('over').click())
  await pass(1_000)
  expect(isHeldUp()).toBe(true)
  expect(late).toHaveBeenCalledOnce()
  expect(window.onbeforeunload).toBe(handler)
})

test("the app's own beforeunload question works again after the provider unmounts", async () => {
  const { unmount } = open()
  await pass(serverPolicy.expireAfter + 1_000)
  expect(isHeldUp()).toBe(false)
  unmount()
  await pass(500)
  expect(isHeldUp()).toBe(true)
})

test('two sessions keep beforeunload silent until neither is over', () => {
  const first = silenceBeforeUnload()
  const second = silenceBeforeUnload()
  first()
  first()
  expect(isHeldUp()).toBe(false)
  second()
  expect(isHeldUp()).toBe(true)
})

test('a beforeunload listener from before the provider cannot ask while the session is over', () => {
  // jsdom's is no more than an event.
  class BeforeUnload extends Event {}
  const questions = new WeakMap<object, string>()
  Object.defineProperty(BeforeUnload.prototype, 'returnValue', {
    configurable: true,
    get() {
      return questions.get(this) ?? ''
    },
    set(question) {
      questions.set(this, question)
    },
  })
  vi.stubGlobal('BeforeUnloadEvent', BeforeUnload)
  const asked = () => {
    const event = new BeforeUnload('beforeunload', { cancelable: true })
    event.preventDefault()
    Reflect.set(event, 'returnValue', 'unsaved')
    return [event.defaultPrevented, Reflect.get(event, 'returnValue')]
  }
  const speakAgain = silenceBeforeUnload()
  expect(asked()).toEqual([false, ''])
  speakAgain()
  expect(asked()).toEqual([true, 'unsaved'])
  vi.unstubAllGlobals()
})

test('a beforeunload handler that the app sets meanwhile stays', () => {
  const speakAgain = silenceBeforeUnload()
  const other = () => 'other'
  window.onbeforeunload = other
  speakAgain()
  expect(window.onbeforeunload).toBe(other)
})

function open() {
  return render(
    <StrictMode>
      <SessionSecurityProvider
        endpoint={endpoint}
        renderExpired={({ signedIn }) => (
          <button type="button" onClick={() => void signedIn()}>
            over
          </button>
        )}
      >
        app
      </SessionSecurityProvider>
    </StrictMode>,
  )
}

/** A listener that the app adds once it is over. */
function listenLate() {
  const late = vi.fn()
  addEventListener('beforeunload', late)
  onTestFinished(() => removeEventListener('beforeunload', late))
  return late
}

/** Whether the browser would ask if the page were left now. */
function isHeldUp(): boolean {
  return !dispatchEvent(leaving())
}

function leaving(): Event {
  const event = document.createEvent('BeforeUnloadEvent')
  event.initEvent('beforeunload', false, true)
  return event
}
