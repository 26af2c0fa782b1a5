import { expect, test } from 'vitest'
import { type DjangoTransportOptions, djangoTransport } from '../../../src/django.js'

const signal = new AbortController().signal

/** A transport whose back end gives these answers in turn, and the requests that were sent. */
function answering(
  ...answers: [status: number, body?: string | undefined, headers?: HeadersInit][]
) {
  const sent: { url: string; init: RequestInit }[] = []
  const transport = djangoTransport({
    pingUrl: '/session_security/ping/',
    signOut: { url: '/accounts/logout/', csrfToken: () => 'token' },
    fetch: async (input, init = {}) => {
      sent.push({ url: String(input), init })
      const [status, body, headers] = answers.shift() ?? [500]
      // With `redirect: 'manual'` a page sees a redirect as status 0.
      if (status === 0) return { status, headers: new Headers() } as Response
      return new Response(body ?? null, { status, ...(headers && { headers }) })
    },
  })
  return { transport, sent }
}

test('a request that reports nothing sends an idle time that extends nothing', async () => {
  const { transport, sent } = answering([200, '3'])
  await transport.ask({ signal })
  expect(sent[0]?.url).toBe('/session_security/ping/?idleFor=86400')
  expect(sent[0]?.init).toMatchObject({ method: 'GET', cache: 'no-store', redirect: 'manual' })
})

test('a report is rounded down to whole seconds, and uses keepalive if asked to', async () => {
  const { transport, sent } = answering([200, '3'])
  await transport.ask({ idleFor: 3_999, keepalive: true, signal })
  expect(sent[0]?.url).toBe('/session_security/ping/?idleFor=3')
  expect(sent[0]?.init.keepalive).toBe(true)
})

test("seconds that Django rounded down make the deadline early, and the page's own policy applies", async () => {
  const { transport } = answering([200, '3'])
  expect(await transport.ask({ signal })).toEqual({ state: 'active', idle: 4_000 })
})

test('a report that Django has counted keeps its exact milliseconds', async () => {
  const { transport } = answering([200, '2'], [200, '1'], [200, '0'], [200, '3'])
  expect(await transport.ask({ idleFor: 2_345, signal })).toMatchObject({ idle: 2_345 })
  // The same activity, rounded by both sides.
  expect(await transport.ask({ idleFor: 2_345, signal })).toMatchObject({ idle: 2_345 })
  // Another device has been active since.
  expect(await transport.ask({ idleFor: 2_345, signal })).toMatchObject({ idle: 1_000 })
  // Django has not counted the report.
  expect(await transport.ask({ idleFor: 2_345, signal })).toMatchObject({ idle: 4_000 })
})

test.each<[string, number, string?]>([
  ['"logout"', 200, '"logout"'],
  ['a 401', 401, '{}'],
])('%s is an end with an unknown reason', async (_what, status, body) => {
  const { transport } = answering([status, body])
  expect(await transport.ask({ signal })).toEqual({ state: 'ended', reason: 'unknown' })
})

test.each<[string, number, string?]>([
  ['a redirect to the sign-in page', 0],
  ['a 500', 500, 'Server Error'],
  ['a negative number', 200, '-1'],
  ['a fraction', 200, '1.5'],
  ['another text', 200, '"signed in"'],
  ['nothing', 200, 'null'],
])('%s is neither "active" nor an end', async (_what, status, body) => {
  const { transport } = answering([status, body])
  expect(await transport.ask({ signal })).toEqual({ state: 'unknown' })
})

test('a 403 is neither "active" nor an end, and keeps the detail that Django gives', async () => {
  const refused = 'Authentication credentials were not provided.'
  const { transport } = answering([403, JSON.stringify({ detail: refused })])
  expect(await transport.ask({ signal })).toEqual({ state: 'unknown', refused })
})

test('HTML instead of an answer is rejected', async () => {
  const { transport } = answering([200, '<!doctype html>'])
  await expect(transport.ask({ signal })).rejects.toThrow()
})

test('the Retry-After of a server is passed on', async () => {
  const { transport } = answering([429, '', { 'Retry-After': '7' }])
  expect(await transport.ask({ signal })).toEqual({ state: 'unknown', retryAfter: 7_000 })
})

test("a sign-out is a POST with Django's token, and only PingView confirms it", async () => {
  const { transport, sent } = answering([0], [200, '"logout"'])
  await expect(transport.end?.({ signal })).resolves.toBeUndefined()
  expect(sent[0]?.url).toBe('/accounts/logout/')
  expect(sent[0]?.init).toMatchObject({ method: 'POST', headers: { 'X-CSRFToken': 'token' } })
  expect(sent[1]?.url).toBe('/session_security/ping/?idleFor=86400')
})

test('a sign-out that leaves the session alive rejects with the status of the answer', async () => {
  const { transport } = answering([403], [200, '3'])
  await expect(transport.end?.({ signal })).rejects.toThrow('Django answered the sign-out with 403')
})

test('without signOut options there is no sign-out', () => {
  expect(djangoTransport({ pingUrl: '/ping/' }).end).toBeUndefined()
})

test('one error names every mistake in the options and the values received', () => {
  const options: unknown = { pingURL: '/ping/', signOut: { url: 7, token: 'x' }, fetch: 'fetch' }
  expect(() =>
    djangoTransport(options as DjangoTransportOptions),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: react-session-security: 6 mistakes in the options of djangoTransport.
      - pingURL: is not an option (did you mean "pingUrl"?); received a string of 6 characters
      - pingUrl: must be an address; received undefined
      - fetch: must be a function; received "fetch"
      - signOut.token: is not an option; received a string of 1 characters
      - signOut.url: must be an address; received 7
      - signOut.csrfToken: must be the token, or a function that reads it; received undefined
    See https://github.com/react-session-security/react-session-security/blob/main/docs/errors/invalid-options.md]
  `)
})
