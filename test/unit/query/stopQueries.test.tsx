import {
  QueryClient,
  QueryClientProvider,
  skipToken,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type ExpiredAction, SessionSecurityProvider } from '../../../src/index.js'
import { SessionQueryGuard } from '../../../src/query.js'
import { activityHidesPortals } from '../../../src/react/lock/Activity.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

let backEnd: BackEnd
let client: QueryClient
let sent: string[]

beforeEach(async () => {
  stopTime()
  vi.stubGlobal('scrollTo', () => {})
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
  client = new QueryClient()
  sent = []
  onTestFinished(() => client.clear())
})

// Older Reacts have no lock.
const actions = activityHidesPortals ? (['screen', 'lock'] as const) : (['screen'] as const)

describe.each(actions)("with expiredAction '%s'", (expiredAction) => {
  test('a query that retries sends nothing after the end', async () => {
    function Cases() {
      useQuery({ queryKey: ['cases'], queryFn: () => fail('cases'), retry: true, retryDelay: 500 })
      return null
    }
    open(<Cases />, expiredAction)
    expect(await sentAfterTheEnd()).toEqual([])
    expect(sent.length).toBeGreaterThan(50)
  })

  test('an infinite query that ignores its signal fetches no further page', async () => {
    let pages = 0
    function Log() {
      const { data, fetchNextPage } = useInfiniteQuery({
        queryKey: ['log'],
        queryFn: async ({ pageParam }) => {
          await answer(`page ${pageParam}`)
          pages += 1
          return pageParam
        },
        initialPageParam: 0,
        getNextPageParam: (last: number) => last + 1,
        staleTime: Number.POSITIVE_INFINITY,
      })
      return (
        <button type="button" onClick={() => void fetchNextPage()}>
          {data?.pages.length} pages
        </button>
      )
    }
    open(<Log />, expiredAction)
    await pass(4_000)
    for (const count of [1, 2, 3, 4, 5]) {
      act(() => screen.getByText(`${count} pages`).click())
      await pass(4_000)
    }
    expect(pages).toBe(6)

    // Six pages take 18 s.
    await pass(serverPolicy.expireAfter - 24_000 - 8_000)
    void client.invalidateQueries()
    await pass(1_000)
    expect(await sentAfterTheEnd(7_000)).toEqual([])
    expect(sent.length).toBeGreaterThan(6)
    expect(sent.length).toBeLessThan(12)
  })

  test('a prefetched query does not arrive after the end', async () => {
    open('app', expiredAction)
    await pass(serverPolicy.expireAfter - 1_000)
    void client.prefetchQuery({ queryKey: ['next'], queryFn: () => answer('next') })
    await pass(10_000)
    expect(sent).toEqual(['next'])
    expect(client.getQueryData(['next'])).toBeUndefined()
  })

  test('a component with skipToken keeps skipping its query', async () => {
    function Skips() {
      const { fetchStatus } = useQuery({ queryKey: ['skipped'], queryFn: skipToken })
      return <p>{fetchStatus}</p>
    }
    open(<Skips />, expiredAction)
    await pass(1_000)
    expect(screen.getByText('idle')).toBeVisible()
  })
})

if (activityHidesPortals) {
  test('while the page is locked, no query elsewhere in the app is sent', async () => {
    function Outside() {
      useQuery({ queryKey: ['outside'], queryFn: () => answer('outside'), refetchInterval: 5_000 })
      return null
    }
    open('app', 'lock', <Outside />)
    expect(await sentAfterTheEnd()).toEqual([])
  })
}

/** What is sent within a minute after the end, which comes in `left` ms. */
async function sentAfterTheEnd(left = serverPolicy.expireAfter): Promise<string[]> {
  await pass(left + 1_000)
  expect(screen.getByText('over')).toBeVisible()
  const before = sent.length
  await pass(60_000)
  return sent.slice(before)
}

async function answer(name: string): Promise<string> {
  sent.push(name)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  return name
}

async function fail(name: string): Promise<never> {
  sent.push(name)
  throw new Error('503')
}

function open(app: ReactNode, expiredAction: ExpiredAction, outside?: ReactNode) {
  return render(
    <QueryClientProvider client={client}>
      <SessionSecurityProvider
        endpoint={endpoint}
        expiredAction={expiredAction}
        renderExpired={() => 'over'}
      >
        <SessionQueryGuard />
        {app}
      </SessionSecurityProvider>
      {outside}
    </QueryClientProvider>,
  )
}
