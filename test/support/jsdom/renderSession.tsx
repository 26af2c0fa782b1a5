import { act, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { onTestFinished, vi } from 'vitest'
import { createCover } from '../../../src/browser/cover/cover.js'
import { readOptions } from '../../../src/core/options/readOptions.js'
import { createRuntime } from '../../../src/core/run/createRuntime.js'
import type { Environment } from '../../../src/core/run/environment.js'
import {
  SessionSecurityProvider,
  type SessionSecurityProviderProps,
} from '../../../src/dialog/SessionSecurityProvider.js'
import { collectMistakes } from '../../../src/options/optionMistakes.js'
import type { Transport } from '../../../src/protocol/transport.js'
import type { Verdict } from '../../../src/protocol/verdict.js'
import type { EndReason } from '../../../src/protocol/wire.js'

/** A server whose session is idle, ends in `left` ms, and warns two minutes ahead. */
export function idleUntil(left: number): () => Promise<Verdict> {
  return countedDown(left, (remaining) => ({ remaining, idle: 600_000 - remaining }))
}

/** The same for a session whose age ends it, warned of five minutes ahead. */
export function oldUntil(left: number): () => Promise<Verdict> {
  return countedDown(left, (remaining) => ({ remaining, absoluteRemaining: remaining, idle: 0 }))
}

/** A server whose session was ended. */
export function ended(reason: EndReason): () => Promise<Verdict> {
  return async () => ({ state: 'ended', reason, session: 'one' })
}

function countedDown(
  left: number,
  times: (remaining: number) => { remaining: number; idle: number; absoluteRemaining?: number },
): () => Promise<Verdict> {
  let endsAt: number | null = null
  return async () => {
    endsAt ??= performance.now() + left
    const remaining = endsAt - performance.now()
    if (remaining <= 0) return { state: 'ended', reason: 'idle', session: 'one' }
    return { state: 'active', session: 'one', subject: 'ada', policy, ...times(remaining) }
  }
}

const policy = { warnAfter: 480_000, expireAfter: 600_000, warnBeforeAbsolute: 300_000 }

type Looks = Pick<
  SessionSecurityProviderProps,
  'signIn' | 'renderWarning' | 'renderExpired' | 'cadence' | 'messages' | 'locale' | 'dir'
>

interface Options extends Looks {
  app?: ReactNode
  /** What the server says at first. */
  says?: () => Promise<Verdict>
}

/**
 * The provider around an app, in Strict Mode, with a real session. Time stands still but for
 * {@link advance}; the server says what the test has put into `server.says`.
 */
export async function renderSession({ app, says = idleUntil(120_000), ...looks }: Options = {}) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const server = {
    says,
    ask: vi.fn<Transport['ask']>((): Promise<Verdict> => server.says()),
    end: vi.fn(async () => {}),
  }
  let slept = 0
  const transport: Transport = { ask: server.ask, end: server.end }
  const { config, name } = readOptions(
    { transport, name: 'test', extendOn: 'button' },
    0,
    collectMistakes(),
  )
  const session = createRuntime(
    { config, name, transport, initial: null, callbacks: {} },
    oneTab(() => slept),
  )
  const view = render(
    <StrictMode>
      <SessionSecurityProvider session={session} {...looks}>
        {app}
      </SessionSecurityProvider>
    </StrictMode>,
  )
  await advance(0)
  server.ask.mockClear()
  const sleep = (ms: number) => {
    slept += ms
    // Timers stand still meanwhile; the next one finds out.
    return advance(1_000)
  }
  return { ...view, session, server, sleep }
}

/** How long the page waits to be painted, in ms. */
export const frame = 16

/** Lets `ms` pass. */
export async function advance(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms))
}

export async function press(button: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: button }))
  await advance(0)
}

export async function key(key: string, repeat = false): Promise<void> {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, repeat })
  await advance(0)
}

/** A browser with this one tab, on the test's timers, and nobody at its keyboard. */
function oneTab(slept: () => number): Environment {
  return {
    clock: {
      now: () => performance.now() + slept(),
      wall: () => Date.now(),
      changes: () => ({ setBackAt: -Infinity, leaptAt: -Infinity }),
      pageStart: () => 0,
    },
    random: () => 0,
    alarm(ring) {
      let timer: ReturnType<typeof setTimeout> | undefined
      return {
        set(moment) {
          clearTimeout(timer)
          if (moment !== null)
            timer = setTimeout(ring, Math.ceil(moment - performance.now() - slept()))
        },
      }
    },
    channel: () => ({ post() {}, close() {} }),
    mutex: () => ({ tryRun: (task) => task().then(() => true), close() {} }),
    storage: () => ({ load: () => null, save() {}, clear() {} }),
    input: () => ({ take: () => null, stop() {} }),
    page: () => () => {},
    cover: createCover('One moment'),
    reload() {},
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    reportError(error) {
      throw error
    },
    running: new Map(),
  }
}
