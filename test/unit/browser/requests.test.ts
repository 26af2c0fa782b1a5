import { describe, expect, test, vi } from 'vitest'
import { createSessionFetch } from '../../../src/browser/requests/createSessionFetch.js'
import { trackRequests } from '../../../src/browser/requests/trackRequests.js'
import { disabledView } from '../../../src/core/decide/view.js'
import type { Session, SessionHint, SessionState } from '../../../src/core/session.js'

/** A session that records what it is told. */
function standInSession(state: Partial<SessionState> = {}) {
  let current: SessionState = { ...disabledView, status: 'active', ...state }
  const listeners = new Set<() => void>()
  const hints: SessionHint[] = []
  const session = {
    getState: () => current,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    headers: () => ({ 'Session-Subject': 'ada' }),
    idleFor: vi.fn(() => 0),
    check: vi.fn(async () => {}),
    otherPerson: vi.fn(),
    hint: vi.fn((hint: SessionHint) => {
      hints.push(hint)
      return hint.subject !== 'bob'
    }),
  }
  const change = (next: Partial<SessionState>) => {
    current = { ...current, ...next }
    for (const listener of [...listeners]) listener()
  }
  return { session: session as typeof session & Session, change, hints, listeners }
}

const headersOf = (headers: Record<string, string>) => (name: string) =>
  new Headers(headers).get(name)

const sessionHeaders = {
  'Session-Handle': 's',
  'Session-Subject': 'ada',
  'Session-At': '1000',
  'Session-Expires-In': '12.3',
  'Session-Idle': '4.5',
}

describe('a tracked request', () => {
  test('says whom the page shows, and is passive unless the user was active since the last one', async () => {
    const { session } = standInSession()
    const track = trackRequests(session)
    session.idleFor.mockReturnValue(0)
    expect((await track()).headers).toEqual({
      'Session-Subject': 'ada',
      'X-Session-Passive': '1',
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await track()).headers).toEqual({ 'Session-Subject': 'ada' })
    session.idleFor.mockReturnValue(60_000)
    expect((await track()).headers).toHaveProperty('X-Session-Passive', '1')
  })

  test('passes on what the answer says of the session', async () => {
    const { session, hints } = standInSession()
    const { answered } = await trackRequests(session)()
    answered({ status: 200, header: headersOf(sessionHeaders) })
    expect(hints).toEqual([
      {
        session: 's',
        subject: 'ada',
        at: 1_000,
        remaining: 12_300,
        idle: 4_500,
        age: expect.any(Number),
      },
    ])
    expect(hints[0]?.age).toBeGreaterThanOrEqual(0)
    expect(hints[0]?.age).toBeLessThan(5_000)
  })

  test.each([
    ['no handle', { 'Session-Handle': undefined }, 0],
    ['no time left', { 'Session-Expires-In': undefined }, 0],
    ['a time left that is no number', { 'Session-Expires-In': 'soon' }, 0],
    ['a negative time left', { 'Session-Expires-In': '-1' }, 0],
    ['no time left at all', { 'Session-Expires-In': '0' }, 1],
  ])('with %s: %#', async (_, changed, expected) => {
    const { session, hints } = standInSession()
    const { answered } = await trackRequests(session)()
    const given = Object.entries({ ...sessionHeaders, ...changed }).filter(([, value]) => value)
    answered({
      status: 200,
      header: headersOf(Object.fromEntries(given) as Record<string, string>),
    })
    expect(hints).toHaveLength(expected)
  })

  test('an answer without a moment, or with one that is no number, has none', async () => {
    const { session, hints } = standInSession()
    for (const at of [undefined, 'now', '1.5']) {
      const { answered } = await trackRequests(session)()
      const { 'Session-At': _, ...rest } = sessionHeaders
      answered({ status: 200, header: headersOf({ ...rest, ...(at && { 'Session-At': at }) }) })
    }
    expect(hints.map(({ at }) => at)).toEqual([null, null, null])
  })

  test('throws away an answer for another person', async () => {
    const { session } = standInSession()
    const { answered } = await trackRequests(session)()
    const header = headersOf({ ...sessionHeaders, 'Session-Subject': 'bob' })
    expect(() => answered({ status: 200, header })).toThrow(/somebody else is signed in/)
  })

  test('a 409 of the protocol covers the page, any other 409 is the app’s', async () => {
    const { session } = standInSession()
    const { answered } = await trackRequests(session)()
    const problemType = 'tag:react-session-security,2026:/another-person'
    expect(() => answered({ status: 409, header: () => null, problemType })).toThrow(
      expect.objectContaining({ code: 'session-over' }),
    )
    expect(session.otherPerson).toHaveBeenCalledTimes(1)
    answered({ status: 409, header: () => null, problemType: 'about:blank' })
    answered({ status: 409, header: () => null })
    answered({ status: 200, header: () => null, problemType })
    expect(session.otherPerson).toHaveBeenCalledTimes(1)
  })

  test('a 401 asks the server, at most once in five seconds', async () => {
    const { session, hints } = standInSession()
    const now = vi.spyOn(performance, 'now').mockReturnValue(1_000)
    const { answered } = await trackRequests(session)()
    const refused = { status: 401, header: headersOf(sessionHeaders) }
    answered(refused)
    now.mockReturnValue(5_999)
    answered(refused)
    expect(session.check).toHaveBeenCalledTimes(1)
    now.mockReturnValue(6_000)
    answered(refused)
    expect(session.check).toHaveBeenCalledTimes(2)
    expect(hints).toEqual([])
    now.mockRestore()
  })

  test('waits while the page is covered, and then goes on', async () => {
    const { session, change, listeners } = standInSession({ covered: true })
    let tracked = false
    const waiting = trackRequests(session)().then(() => {
      tracked = true
    })
    await new Promise((resolve) => setTimeout(resolve))
    change({ covered: true })
    await new Promise((resolve) => setTimeout(resolve))
    expect(tracked).toBe(false)
    change({ covered: false })
    await waiting
    expect(listeners.size).toBe(0)
  })

  test.each([{ status: 'expired' as const }, { personChanged: true }])(
    'is refused if the session is %o, now or after waiting',
    async (over) => {
      await expect(trackRequests(standInSession(over).session)()).rejects.toMatchObject({
        code: 'session-over',
      })
      const { session, change } = standInSession({ covered: true })
      const waiting = trackRequests(session)()
      change(over)
      await expect(waiting).rejects.toMatchObject({ code: 'session-over' })
    },
  )
})

describe('createSessionFetch', () => {
  const answer = (body: BodyInit | null, init: ResponseInit) => async () => new Response(body, init)

  test('adds its headers, and names the person to its own origin only', async () => {
    const { session } = standInSession()
    const sent: Request[] = []
    const fetch = createSessionFetch(session, {
      fetch: async (request) => {
        sent.push(request as Request)
        return new Response('ok')
      },
    })
    await fetch(new URL('/cases', location.href), { headers: { Accept: 'text/plain' } })
    await fetch('https://elsewhere.example/')
    expect(sent.map(({ headers }) => headers.get('Session-Subject'))).toEqual(['ada', null])
    expect(sent[0]?.headers.get('X-Session-Passive')).toBe('1')
    expect(sent[0]?.headers.get('Accept')).toBe('text/plain')
  })

  test('returns the response untouched', async () => {
    const { session, hints } = standInSession()
    const fetch = createSessionFetch(session, {
      fetch: answer('the cases', { headers: sessionHeaders }),
    })
    const response = await fetch(location.href)
    expect(await response.text()).toBe('the cases')
    expect(hints).toHaveLength(1)
  })

  test('reads the problem of a 409 and leaves its body to the app', async () => {
    const { session } = standInSession()
    const body = JSON.stringify({ type: 'about:blank', title: 'Conflict' })
    const fetch = createSessionFetch(session, { fetch: answer(body, { status: 409 }) })
    expect(await (await fetch(location.href)).json()).toEqual(JSON.parse(body))
    const other = JSON.stringify({ type: 'tag:react-session-security,2026:/another-person' })
    const guarded = createSessionFetch(session, { fetch: answer(other, { status: 409 }) })
    await expect(guarded(location.href)).rejects.toMatchObject({ code: 'session-over' })
  })

  test('uses the global fetch of the moment', async () => {
    const { session } = standInSession()
    const fetch = createSessionFetch(session)
    const spy = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('ok'))
    await fetch(location.href)
    expect(spy).toHaveBeenCalledTimes(1)
    spy.mockRestore()
  })

  test('sends nothing once the session is over', async () => {
    const { session } = standInSession({ status: 'expired' })
    const send = vi.fn()
    await expect(createSessionFetch(session, { fetch: send })(location.href)).rejects.toThrow()
    expect(send).not.toHaveBeenCalled()
  })
})
