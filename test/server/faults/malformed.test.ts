import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlainRequest } from '../../../server-reference/index.js'
import { world } from '../../support/servers/world.js'

const id = 'the-real-session-id'
const idle = 300_000
const secret = 'the secret of the handles, 32 bytes or more'

/** Everything that can be said to the endpoint, each part right, nearly right or nonsense. */
function requests(
  handle: string,
): fc.Arbitrary<{ method: string; headers: Record<string, string>; text: string }> {
  const junk = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(''))
  const json = fc.oneof(
    fc.json(),
    fc
      .record(
        {
          v: fc.oneof(fc.constant(1), fc.jsonValue()),
          session: fc.oneof(
            fc.constantFrom(handle, handle.slice(1), handle.toUpperCase()),
            fc.jsonValue(),
          ),
          idleForMs: fc.oneof(
            fc.constantFrom(-1, 0.5, 2 ** 53, 1e308, Number.MAX_SAFE_INTEGER, '0', null),
            fc.jsonValue(),
          ),
          __proto__: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
    junk,
    fc.constantFrom(
      '{"v":1,"v":2}',
      '[]',
      'null',
      '{"v":1',
      '\ufeff{"v":1}',
      '{"v":1,"idleForMs":1e999}',
    ),
    fc.integer({ min: 1_000, max: 3_000 }).map((n) => `{"v":1,"x":"${'x'.repeat(n)}"}`),
  )
  const site = fc.constantFrom(
    'same-origin',
    'same-origin',
    'cross-site',
    'none',
    'same-site',
    'same-origin, none',
  )
  const origin = fc.oneof(
    fc.constantFrom(
      'http://app.example',
      'https://evil.example',
      'null',
      'http://app.example, http://app.example',
    ),
    junk,
  )
  const cookie = fc.oneof(
    fc.constantFrom(
      `sid=${id}`,
      `sid=${id}; sid=${id}`,
      `sid=${id}; sid=other`,
      `sid=${id}x`,
      'sid=',
      `SID=${id}`,
    ),
    junk,
  )
  const type = fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/json',
      'application/json; charset=utf-8',
      'text/plain',
    ),
    junk,
  )
  const headers = fc.record(
    {
      host: fc.constantFrom('app.example', 'other.example'),
      'sec-fetch-site': site,
      origin,
      cookie,
      'content-type': type,
      'content-encoding': fc.constantFrom('gzip', 'identity', ''),
      'content-length': fc.constantFrom('7', '1025', '-1', 'x', '1e3'),
      'access-control-request-headers': junk,
    },
    { requiredKeys: ['host', 'cookie', 'sec-fetch-site', 'content-type'] },
  ) as fc.Arbitrary<Record<string, string>>
  const method = fc.constantFrom(
    'POST',
    'POST',
    'POST',
    'GET',
    'OPTIONS',
    'HEAD',
    'PUT',
    'post',
    '',
  )
  return fc.record({ method, headers, text: json })
}

/** The one report that is right, and would rightly prolong: not what this test is about. */
function isTrueReport(text: string, handle: string): boolean {
  try {
    const { v, session, idleForMs } = Object(JSON.parse(text))
    return v === 1 && session === handle && Number.isSafeInteger(idleForMs) && idleForMs >= 0
  } catch {
    return false
  }
}

test('refuses a hundred thousand malformed requests: no 5xx, nothing prolonged, nothing ended, no secret told', async () => {
  const { security, events, ended, pass } = world({
    secret,
    rateLimit: false,
    trustedOrigins: ['https://good.example'],
  })
  const { session: handle } = await security.start({ id, subject: 'ada' })
  pass(idle)
  const seen = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      requests(handle).filter(({ text }) => !isTrueReport(text, handle)),
      async ({ method, headers, text }) => {
        const request: PlainRequest = {
          method,
          url: '/session-security',
          headers: { get: (name) => headers[name] ?? null },
          readBody: (maxBytes) => (Buffer.byteLength(text) > maxBytes ? 'too-large' : { text }),
        }
        const { status, body } = await security.plain.endpoint(request)
        seen.set(status, (seen.get(status) ?? 0) + 1)
        if (status >= 500 || body.includes(id) || body.includes(secret))
          throw new Error(`${status} ${body}`)
        if (status === 200 && JSON.parse(body).idleMs !== idle)
          throw new Error(`prolonged: ${body}`)
      },
    ),
    { numRuns: 100_000 },
  )
  // Each kind of refusal was met, and so were the good ones.
  for (const status of [200, 400, 401, 403, 405, 413, 415])
    expect(seen.get(status), String(status)).toBeGreaterThan(50)
  expect(ended).toEqual([])
  expect(JSON.stringify(events)).not.toContain(id)
  expect(JSON.stringify(events)).not.toContain(secret)
}, 120_000)
