import {
  onlineManager,
  QueryClient,
  QueryClientProvider,
  type UseMutationOptions,
  useMutation,
} from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  SessionSecurityProvider,
  type SessionSecurityProviderProps,
  useSessionSecurity,
} from '../../../src/index.js'
import { SessionQueryGuard } from '../../../src/query.js'
import { activityHidesPortals } from '../../../src/react/lock/Activity.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'
import { standInLocation } from '../../support/jsdom/standInLocation.js'

/** In ms. */
const minute = 60_000

let backEnd: BackEnd
let client: QueryClient
/** Each request that was sent, and whether the page took somebody for signed in at that moment. */
let sent: string[]

beforeEach(async () => {
  stopTime()
  vi.stubGlobal('scrollTo', () => {})
  standInLocation()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
  client = new QueryClient()
  sent = []
  onTestFinished(() => {
    client.clear()
    onlineManager.setOnline(true)
  })
})

// Older Reacts have no lock.
const actions = activityHidesPortals ? (['screen', 'lock'] as const) : (['screen'] as const)

describe.each(actions)("with expiredAction '%s'", (expiredAction) => {
  test('a mutation that retries sends nothing after the end, nor as the next person', async () => {
    open(<Save retry />, { expiredAction })
    await startJustBeforeTheEnd()
    await pass(2_000)
    expect(sent.length).toBeGreaterThan(0)

    await pass(2_000)
    expect(screen.getByText('over')).toBeVisible()
    const before = sent.length
    await pass(minute)
    await backEnd.signIn('bob')
    press('over')
    await pass(minute)
    expect(sent).toHaveLength(before)
  })

  test('a mutation that retried before the end does not continue when the same person is back', async () => {
    open(<Save retry={20} />, { expiredAction })
    await startJustBeforeTheEnd()
    await pass(4_000)
    const before = sent.length
    await backEnd.signIn('ada')
    press('over')
    await pass(minute / 2)
    expect(screen.getByText('Save')).toBeVisible()
    expect(sent).toHaveLength(before)
  })

  test('a mutation that fails after the end is not retried, whatever `retry` says', async () => {
    const asked: number[] = []
    open(
      <Save
        retry={(failures) => {
          asked.push(failures)
          return true
        }}
        mutationFn={async () => {
          sent.push('slow')
          await new Promise((resolve) => setTimeout(resolve, 10_000))
          throw new Error('503')
        }}
      />,
      { expiredAction },
    )
    await startJustBeforeTheEnd()
    await pass(minute)
    expect(sent).toEqual(['slow'])
    expect(asked).toEqual([])
  })

  test('a mutation that waits for the network is not sent when it is back', async () => {
    open(<Save />, { expiredAction })
    await startJustBeforeTheEnd(() => onlineManager.setOnline(false))
    await pass(minute)
    act(() => onlineManager.setOnline(true))
    await act(() => client.resumePausedMutations())
    await pass(1_000)
    await backEnd.signIn('ada')
    press('over')
    await pass(1_000)
    await act(() => client.resumePausedMutations())
    await pass(minute)
    expect(sent).toEqual([])
  })

  test('a mutation that the app continues itself after the end is refused', async () => {
    open(<Save />, { expiredAction })
    await startJustBeforeTheEnd(() => onlineManager.setOnline(false))
    const [paused] = client.getMutationCache().getAll()
    await pass(minute)
    act(() => onlineManager.setOnline(true))
    void paused?.continue().catch(() => {})
    await pass(1_000)
    expect(sent).toEqual([])
  })

  test('a mutation that waits in its scope is not sent', async () => {
    const slow = async () => {
      sent.push('slow')
      await new Promise((resolve) => setTimeout(resolve, 10_000))
    }
    open(<Save scope={{ id: 'notes' }} mutationFn={slow} />, { expiredAction })
    await startJustBeforeTheEnd()
    press('Save')
    press('Save')
    await pass(minute)
    expect(sent).toEqual(['slow'])
  })

  test('a loop of mutations stops at the end', async () => {
    function SaveAll() {
      const first = useMutation({
        mutationFn: async () => {
          sent.push('first')
          await new Promise((resolve) => setTimeout(resolve, 10_000))
        },
      })
      const second = useMutation({ mutationFn: async () => void sent.push('second') })
      const all = async () => {
        await first.mutateAsync()
        await second.mutateAsync().catch(() => {})
      }
      return (
        <button type="button" onClick={all}>
          Save
        </button>
      )
    }
    open(<SaveAll />, { expiredAction })
    await startJustBeforeTheEnd()
    await pass(minute)
    expect(sent).toEqual(['first'])
  })

  test('the sign-in form on the expired screen may be a mutation', async () => {
    function SignIn({ signedIn }: { signedIn(): Promise<void> }) {
      const { mutate } = useMutation({
        mutationFn: () => backEnd.signIn('ada'),
        onSuccess: () => signedIn(),
      })
      return (
        <button type="button" onClick={() => mutate()}>
          Sign in
        </button>
      )
    }
    open(<Save />, {
      expiredAction,
      renderExpired: ({ signedIn }) => <SignIn signedIn={signedIn} />,
    })
    await pass(serverPolicy.expireAfter + 1_000)
    press('Sign in')
    await pass(1_000)
    expect(screen.getByText('Save')).toBeVisible()
  })

  test('mutations work and retry again after a new sign-in', async () => {
    open(<Save retry={2} />, { expiredAction })
    await startJustBeforeTheEnd()
    await pass(minute)
    await backEnd.signIn('ada')
    press('over')
    await pass(1_000)
    sent.length = 0
    press('Save')
    await pass(10_000)
    expect(sent).toHaveLength(3)
    expect(client.getMutationCache().getAll().at(-1)?.state.status).toBe('error')
  })

  test('mutations are stopped at the next end, too', async () => {
    open(<Save retry />, { expiredAction })
    await pass(serverPolicy.expireAfter + 1_000)
    await backEnd.signIn('ada')
    press('over')
    await pass(1_000)
    await startJustBeforeTheEnd()
    await pass(3_000)
    expect(screen.getByText('over')).toBeVisible()
    const before = sent.length
    expect(before).toBeGreaterThan(0)
    await pass(minute)
    expect(sent).toHaveLength(before)
  })
})

test('a mutation that retried before the guard mounted is stopped, too', async () => {
  function Late() {
    const [guarded, setGuarded] = useState(false)
    return (
      <>
        <Save retry />
        <button type="button" onClick={() => setGuarded(true)}>
          Guard
        </button>
        {guarded && <SessionQueryGuard />}
      </>
    )
  }
  open(<Late />, {}, null)
  await pass(serverPolicy.expireAfter - 5_000)
  press('Save')
  await pass(500)
  press('Guard')
  await pass(5_000)
  expect(screen.getByText('over')).toBeVisible()
  const before = sent.length
  await pass(minute)
  expect(sent).toHaveLength(before)
})

test('a component outside the provider that renders again does not restart a mutation', async () => {
  function Outside() {
    const [renders, setRenders] = useState(0)
    return (
      <>
        <Save retry name="Save outside" mutationFn={async () => Promise.reject(note(renders))} />
        <button type="button" onClick={() => setRenders(renders + 1)}>
          Render
        </button>
      </>
    )
  }
  const note = (renders: number) => {
    sent.push(`render ${renders}`)
    return new Error('503')
  }
  open('app', {}, <SessionQueryGuard />, <Outside />)
  await pass(serverPolicy.expireAfter - 3_000)
  press('Save outside')
  await pass(4_000)
  expect(screen.getByText('over')).toBeVisible()
  const before = sent.length
  press('Render')
  await pass(minute)
  expect(sent).toHaveLength(before)
})

test('nothing is sent as the next person while the page waits for its reload', async () => {
  function Ask() {
    const check = useSessionSecurity((session) => session.check)
    return (
      <button type="button" onClick={() => void check()}>
        Ask
      </button>
    )
  }
  open(
    <>
      <Save retry />
      <Ask />
    </>,
  )
  await pass(1_000)
  press('Save')
  await pass(1_000)
  await backEnd.signIn('bob')
  press('Ask')
  await pass(500)
  const before = sent.length
  await pass(minute)
  expect(sent).toHaveLength(before)
})

test('without an end a mutation retries as the app said', async () => {
  open(
    <>
      <Save name="Twice" retry={(failures) => failures < 2} />
      <Save name="Never" />
    </>,
  )
  await pass(1_000)
  press('Twice')
  await pass(10_000)
  expect(sent).toHaveLength(3)
  press('Never')
  await pass(10_000)
  expect(sent).toHaveLength(4)
})

/** Presses "Save" three seconds before the session ends. */
async function startJustBeforeTheEnd(prepare = () => {}): Promise<void> {
  await pass(serverPolicy.expireAfter - 3_000)
  act(prepare)
  press('Save')
  await pass(250)
}

function press(name: string): void {
  act(() => screen.getByText(name).click())
}

function open(
  app: ReactNode,
  props: Partial<SessionSecurityProviderProps> = {},
  guard: ReactNode = <SessionQueryGuard />,
  outside?: ReactNode,
) {
  return render(
    <QueryClientProvider client={client}>
      <SessionSecurityProvider
        endpoint={endpoint}
        renderExpired={({ signedIn }) => (
          <button type="button" onClick={() => void signedIn()}>
            over
          </button>
        )}
        {...props}
      >
        {guard}
        {app}
      </SessionSecurityProvider>
      {outside}
    </QueryClientProvider>,
  )
}

function Save({
  name = 'Save',
  ...options
}: { name?: string } & Partial<UseMutationOptions<void, Error, void>>) {
  const { mutate } = useMutation({
    mutationFn: async () => {
      sent.push('sent')
      throw new Error('503')
    },
    ...options,
  })
  return (
    <button type="button" onClick={() => mutate()}>
      {name}
    </button>
  )
}
