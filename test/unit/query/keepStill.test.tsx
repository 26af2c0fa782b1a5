import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { SessionSecurityProvider } from '../../../src/index.js'
import { keepStill } from '../../../src/query/keepStill.js'
import { SessionQueryGuard } from '../../../src/query.js'
import { activityHidesPortals } from '../../../src/react/lock/Activity.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

const minute = 60_000

let client: QueryClient

beforeEach(() => {
  stopTime()
  // jsdom has no scrolling.
  vi.stubGlobal('scrollTo', () => {})
  client = new QueryClient()
  onTestFinished(() => client.clear())
})

test('fetches nothing and drops nothing until it is released', async () => {
  let answers = 0
  const queryFn = async () => `answer ${++answers}`
  await client.fetchQuery({ queryKey: ['a'], queryFn, gcTime: 1_000 })

  const goOn = keepStill(client)
  const refused = client.fetchQuery({ queryKey: ['b'], queryFn: () => new Promise(() => {}) })
  await expect(refused).rejects.toThrow('CancelledError')
  await pass(10 * minute)
  expect(client.getQueryData(['a'])).toBe('answer 1')

  goOn()
  expect(client.getQueryState(['a'])?.isInvalidated).toBe(true)
  await pass(2_000)
  expect(client.getQueryData(['a'])).toBeUndefined()
})

// Older Reacts have no lock.
if (activityHidesPortals) describe('with a locked page', locked)

function locked(): void {
  let backEnd: BackEnd

  beforeEach(async () => {
    backEnd = startBackEnd()
    await backEnd.signIn('ada')
  })

  test('shows the old data at once after the lock, then refetches it', async () => {
    open(<Cases name="inside" />)
    await pass(1_000)
    await pass(serverPolicy.expireAfter)
    const polled = backEnd.polled()
    await pass(10 * minute)
    expect(backEnd.polled()).toBe(polled)
    expect(client.getQueryData(['inside'])).toEqual(['Case 1'])

    backEnd.cases = ['Case 2']
    await backEnd.signIn('ada')
    act(() => screen.getByText('over').click())
    await act(async () => {})
    expect(screen.getByText('inside: Case 1')).toBeInTheDocument()
    await pass(1_000)
    expect(screen.getByText('inside: Case 2')).toBeVisible()
  })

  test('a list outside the provider keeps what it shows, and goes on afterwards', async () => {
    open('app', <Cases name="outside" />)
    await pass(1_000)
    await pass(serverPolicy.expireAfter)
    backEnd.cases = ['Case 2']
    await pass(minute)
    expect(screen.getByText('outside: Case 1')).toBeVisible()

    await backEnd.signIn('ada')
    act(() => screen.getByText('over').click())
    await pass(1_000)
    expect(screen.getByText('outside: Case 2')).toBeVisible()
  })

  test('empties everything when the lock is given up', async () => {
    open(<Cases name="inside" />)
    await pass(1_000)
    await pass(serverPolicy.expireAfter + 16 * minute)
    expect(client.getQueryCache().getAll()).toEqual([])
  })
}

function open(app: ReactNode, outside?: ReactNode) {
  return render(
    <QueryClientProvider client={client}>
      <SessionSecurityProvider
        endpoint={endpoint}
        expiredAction="lock"
        renderExpired={({ signedIn }) => (
          <button type="button" onClick={() => void signedIn()}>
            over
          </button>
        )}
      >
        <SessionQueryGuard />
        {app}
      </SessionSecurityProvider>
      {outside}
    </QueryClientProvider>,
  )
}

function Cases({ name }: { name: string }) {
  const { data } = useQuery({
    queryKey: [name],
    refetchInterval: 2_000,
    queryFn: async ({ signal }): Promise<string[]> => {
      const response = await fetch('/api/cases', { signal })
      if (!response.ok) throw new Error(`${response.status}`)
      return response.json()
    },
  })
  return (
    <p>
      {name}: {data?.join(', ')}
    </p>
  )
}
