import { describe, expect, test } from 'vitest'
import { createOriginRule } from '../../../server-reference/http/originRule.js'
import { refuseMedia } from '../../../server-reference/http/wireRequest.js'
import { cookieSession, type PlainRequest } from '../../../server-reference/index.js'
import { freshId, world } from '../../support/servers/world.js'

/** As much as Node lets into the headers of a request. */
const size = 16_000

/** Texts that make a careless pattern or parser go back and forth over them. */
const texts: Record<string, string> = {
  equals: `${'='.repeat(size)}x`,
  dots: `${'.'.repeat(size)}x`,
  semicolons: `${';'.repeat(size)}x`,
  'semicolons and an equals': `${';'.repeat(size)}=x`,
  'many cookies of that name': 'sid=a;'.repeat(size / 6),
  'many cookies without a value': 'a;'.repeat(size / 2),
  'the name again and again': 'sid'.repeat(size / 3),
  spaces: `${' '.repeat(size)}x`,
  tabs: `${'\t'.repeat(size)}x`,
  'spaces around': `x${' \t'.repeat(size / 2)}x`,
  slashes: `${'/'.repeat(size)}x`,
  backslashes: `${'\\'.repeat(size)}x`,
  'dot segments': '/..'.repeat(size / 3),
  'encoded slashes': '%2f'.repeat(size / 3),
  'percent signs': '%'.repeat(size),
  'percent signs, encoded again': `/%${'25'.repeat(size / 2)}`,
  'broken percent signs': '%e0%a4'.repeat(size / 6),
  commas: `${','.repeat(size)}x`,
  quotes: `${'"\''.repeat(size / 2)}x`,
  colons: `${':80'.repeat(size / 3)}x`,
  'an address': `http://${'a'.repeat(size)}`,
  'an address of colons': `http://${':'.repeat(size)}@`,
  'line breaks of a query': `/?${'#?'.repeat(size / 2)}`,
  brackets: '['.repeat(size),
  'letters with no end': 'a'.repeat(size),
  'letters beyond ASCII': 'ü'.repeat(size / 2),
  words: 'text/html;'.repeat(size / 10),
  ones: '1,'.repeat(size / 2),
}

/** The best of three: what else the machine does must not count. */
async function cost(work: () => unknown): Promise<number> {
  let best = Infinity
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    await work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** In ms: far more than linear work over 16 kB takes, far less than the second that was found. */
const most = 50

function requestWith(headers: Record<string, string>, url = '/', text = '{"v":1}'): PlainRequest {
  const all: Record<string, string> = {
    host: 'app.example',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    ...headers,
  }
  return {
    method: 'POST',
    url,
    headers: { get: (name) => all[name] ?? null },
    readBody: () => ({ text }),
  }
}

const signed = cookieSession('sid', { signedWith: ['one secret', 'and another'] })

describe.each(Object.entries(texts))('16 kB of %s', (_name, text) => {
  const parsers: Record<string, () => unknown> = {
    'a cookie': () => cookieSession('sid')(requestWith({ cookie: text })),
    'a signed cookie': () => signed(requestWith({ cookie: `sid=a.${text}` })),
    'a prefixed one': () => signed(requestWith({ cookie: `sid=s:${text}` })),
    'one beside the right one': () => signed(requestWith({ cookie: `sid=a; ${text}; sid=b` })),
    'a media type': () => refuseMedia(requestWith({ 'content-type': text })),
    'a content encoding': () => refuseMedia(requestWith({ 'content-encoding': text })),
    'a content length': () => refuseMedia(requestWith({ 'content-length': text })),
  }
  for (const name of ['origin', 'host', 'sec-fetch-site', 'x-forwarded-host'])
    for (const options of [{}, { trustProxy: true }, { origins: [`http://${text}`] }])
      parsers[`${name} ${JSON.stringify(options).slice(0, 20)}`] = () => {
        const rule = createOriginRule(options)
        const headers: Record<string, string> = { 'sec-fetch-site': '', origin: 'http://app' }
        const { headers: own, ...rest } = requestWith({ ...headers, [name]: text })
        const hidden = name === 'sec-fetch-site' ? null : 'sec-fetch-site'
        return rule({ ...rest, headers: { get: (n) => (n === hidden ? null : own.get(n)) } })
      }

  test('costs no parser of headers more than a few milliseconds', async () => {
    for (const [name, parse] of Object.entries(parsers))
      expect(await cost(parse), name).toBeLessThan(most)
  })

  test('costs the endpoint and the guard no more, wherever it is', async () => {
    const { security } = world({
      signIn: '/sign-in',
      rateLimit: false,
      trustedOrigins: ['https://friend.example'],
      requests: { countAs: 'activity', writeGrace: 0, passive: ['/poll', /^\/live\//] },
    })
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada' })
    const cookie = `sid=${id}`
    const { endpoint, guard } = security.plain
    const work: Record<string, () => unknown> = {
      'the body': () => endpoint(requestWith({ cookie }, '/', text)),
      'a handle': () =>
        endpoint(requestWith({ cookie }, '/', JSON.stringify({ v: 1, session: session + text }))),
      'the headers of a preflight': () =>
        endpoint({
          ...requestWith({
            origin: 'https://friend.example',
            'sec-fetch-site': 'cross-site',
            'access-control-request-headers': text,
          }),
          method: 'OPTIONS',
        }),
      'the method': () => endpoint({ ...requestWith({ cookie }), method: text }),
      'a path': () => guard(requestWith({ cookie }, text)),
      'a path with a slash': () => guard(requestWith({ cookie }, `/${text}`)),
      'a whole address': () => guard(requestWith({ cookie }, `http://app.example/${text}`)),
    }
    for (const name of ['session-subject', 'x-session-passive', 'sec-purpose', 'purpose'])
      work[name] = () => guard(requestWith({ cookie, [name]: text }))
    for (const name of ['accept', 'sec-fetch-mode'])
      work[name] = () => guard({ ...requestWith({ [name]: text }), method: 'GET' })
    for (const url of [text, `/${text}`])
      work[`a way back to ${url.slice(0, 5)}`] = () =>
        guard({ ...requestWith({ 'sec-fetch-mode': 'navigate' }, url), method: 'GET' })
    for (const [name, ask] of Object.entries(work)) expect(await cost(ask), name).toBeLessThan(most)
  })
})
