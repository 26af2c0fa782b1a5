import { QueryClient, QueryClientProvider, useMutation, useQuery } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { type ReactNode, useEffect } from 'react'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { SessionSecurityProvider, type SessionSecurityProviderProps } from '../../../src/index.js'
import { SessionQueryGuard, type SessionQueryGuardProps } from '../../../src/query.js'
import { type BackEnd, endpoint, serverPolicy, startBackEnd } from '../../support/jsdom/backEnd.js'
import { pass, stopTime } from '../../support/jsdom/pass.js'

let backEnd: BackEnd
let client: QueryClient

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  onTestFinished(() => client.clear())
})

test('empties the caches after the children unmount and before onDiscard', async () => {
  const order: string[] = []
  const cached = () => `${client.getQueryCache().getAll().length} cached`
  function Page() {
    useEffect(() => () => void order.push(`children gone, ${cached()}`), [])
    return <Cases />
  }
  open(<Page />, { onDiscard: () => order.push(`discard, ${cached()}`) })
  await pass(1_000)
  expect(screen.getByText('Case 1')).toBeVisible()

  await pass(serverPolicy.expireAfter)

  expect(order).toEqual(['children gone, 1 cached', 'discard, 0 cached'])
})

test('a list that polls does not keep the session alive', async () => {
  open(<Cases />)
  await pass(serverPolicy.expireAfter + 500)

  expect(backEnd.polled()).toBeGreaterThan(20)
  expect(screen.getByText('over')).toBeVisible()
})

test('keeps the caches empty while a list outside the provider goes on polling', async () => {
  open('app', {}, {}, <Cases />)
  await pass(serverPolicy.expireAfter + 500)
  const polled = backEnd.polled()
  await pass(10_000)

  expect(backEnd.polled()).toBeGreaterThan(polled)
  expect(client.getQueryCache().getAll()).toEqual([])
})

test('drops the answers of requests that were under way', async () => {
  function Slow() {
    useQuery({
      queryKey: ['slow'],
      queryFn: () => new Promise((resolve) => setTimeout(resolve, 100_000, 'secret')),
    })
    return null
  }
  open(<Slow />)
  await pass(serverPolicy.expireAfter + 500)
  await pass(60_000)

  expect(client.getQueryCache().getAll()).toEqual([])
})

test('empties mutations, too', async () => {
  function Save() {
    const { mutate } = useMutation({ mutationFn: async (note: string) => note })
    return (
      <button type="button" onClick={() => mutate('a secret note')}>
        Save
      </button>
    )
  }
  open(<Save />)
  await pass(500)
  act(() => screen.getByText('Save').click())
  await pass(500)
  expect(client.getMutationCache().getAll()).toHaveLength(1)

  await pass(serverPolicy.expireAfter)
  expect(client.getMutationCache().getAll()).toEqual([])
})

test('lets the caches fill again after a new sign-in, from the first query on', async () => {
  open(<Cases />)
  await pass(serverPolicy.expireAfter + 500)
  backEnd.cases = ['Case 2']
  await backEnd.signIn('ada')
  act(() => screen.getByText('over').click())
  await pass(1_000)

  expect(screen.getByText('Case 2')).toBeVisible()
  expect(client.getQueryCache().getAll()).toHaveLength(1)
})

test('lets the caches fill again after the provider unmounts', async () => {
  const { unmount } = open(<Cases />)
  await pass(serverPolicy.expireAfter + 500)
  unmount()

  await client.prefetchQuery({ queryKey: ['public'], queryFn: () => 'news' })
  expect(client.getQueryData(['public'])).toBe('news')
})

test('asks the server when a query gets a 401, at most once in five seconds', async () => {
  open(
    <>
      <Refused status={401} />
      <Refused status={403} />
    </>,
  )
  const asked: number[] = []
  for (const seconds of [4, 2, 2.5, 2.5, 2]) {
    await pass(seconds * 1_000)
    asked.push(backEnd.asked.length)
  }
  // The first one is the question at the start.
  expect(asked).toEqual([1, 2, 2, 3, 3])
})

test('a 401 of a query shows at once that the session has ended', async () => {
  open(<Cases />)
  await pass(1_000)
  await backEnd.revoke()
  await pass(2_500)

  expect(screen.getByText('over')).toBeVisible()
})

test('uses isSessionError to decide when to ask', async () => {
  const isSessionError = (error: unknown) => (error as { status?: number }).status === 419
  open(<Refused status={419} />, {}, { isSessionError })
  await pass(4_000)
  expect(backEnd.asked).toHaveLength(1)
  await pass(2_000)
  expect(backEnd.asked).toHaveLength(2)
})

test('guards the client it is given', async () => {
  const other = new QueryClient()
  onTestFinished(() => other.clear())
  open('app', {}, { client: other })
  other.setQueryData(['secret'], 'secret')
  client.setQueryData(['public'], 'public')
  await pass(serverPolicy.expireAfter + 500)

  expect(other.getQueryData(['secret'])).toBeUndefined()
  expect(client.getQueryData(['public'])).toBe('public')
})

function open(
  app: ReactNode,
  props: Partial<SessionSecurityProviderProps> = {},
  guard: SessionQueryGuardProps = {},
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
        <SessionQueryGuard {...guard} />
        {app}
      </SessionSecurityProvider>
      {outside}
    </QueryClientProvider>,
  )
}

function Cases() {
  const { data } = useQuery({
    queryKey: ['cases'],
    refetchInterval: 2_000,
    queryFn: async (): Promise<string[]> => {
      const response = await fetch('/api/cases')
      if (!response.ok) throw new HttpError(response.status)
      return response.json()
    },
  })
  return <p>{data?.join(', ')}</p>
}

function Refused({ status }: { status: number }) {
  useQuery({
    queryKey: ['refused', status],
    refetchInterval: 500,
    queryFn: () => Promise.reject(new HttpError(status)),
  })
  return null
}

class HttpError extends Error {
  constructor(readonly status: number) {
    super(`${status}`)
  }
}
