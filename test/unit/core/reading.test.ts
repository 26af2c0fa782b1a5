import { describe, expect, test, vi } from 'vitest'
import {
  type Facts,
  factsOf,
  mergeFacts,
  noFacts,
  withUnreported,
} from '../../../src/core/decide/facts.js'
import { claimName } from '../../../src/core/run/claimName.js'
import type { Environment, Release } from '../../../src/core/run/environment.js'
import { addTo, catchErrors, resolveAll } from '../../../src/core/run/listeners.js'
import { decodeFacts, encodeFacts, readMessage } from '../../../src/core/run/message.js'
import { collectMistakes } from '../../../src/options/optionMistakes.js'
import { decodeAnswer } from '../../../src/protocol/decodeAnswer.js'
import { defaultPolicy } from '../../../src/protocol/policy.js'

const active = {
  v: 1,
  state: 'active',
  session: 's',
  subject: 'p',
  at: 1_000,
  idleMs: 10,
  remainingMs: 590_000,
  absoluteRemainingMs: null,
  endsBy: 'idle',
  extendable: true,
  policy: { warnAfterMs: 480_000, expireAfterMs: 600_000, warnBeforeAbsoluteMs: null },
}

describe('an answer of the protocol', () => {
  test('is decoded', () => {
    expect(decodeAnswer(200, active)).toMatchObject({
      state: 'active',
      remaining: 590_000,
      idle: 10,
      absoluteRemaining: null,
      session: 's',
      subject: 'p',
      policy: { warnAfter: 480_000, expireAfter: 600_000 },
    })
    expect(decodeAnswer(200, { ...active, idleMs: null })).not.toHaveProperty('idle')
  })

  test('may turn limits off and end the session now', () => {
    const policy = { warnAfterMs: null, expireAfterMs: null, warnBeforeAbsoluteMs: 60_000 }
    const answer = { ...active, remainingMs: 0, absoluteRemainingMs: 0, policy }
    expect(decodeAnswer(200, answer)).toMatchObject({
      remaining: 0,
      absoluteRemaining: 0,
      policy: { warnAfter: false, expireAfter: false, warnBeforeAbsolute: 60_000 },
    })
  })

  test.each([
    [401, active],
    [202, active],
    [200, { ...active, v: 2 }],
    [200, { ...active, v: undefined }],
    [200, { ...active, state: 'ended' }],
    [200, null],
    [200, 'active'],
    [200, undefined],
    [200, Object.assign([], active)],
    [200, { ...active, session: 5 }],
    [200, { ...active, subject: null }],
    [200, { ...active, policy: null }],
    [200, { ...active, policy: [] }],
    [200, { ...active, remainingMs: null }],
    [200, { ...active, remainingMs: -1 }],
    [200, { ...active, remainingMs: 1.5 }],
    [200, { ...active, remainingMs: '5' }],
    [200, { ...active, idleMs: undefined }],
    [200, { ...active, idleMs: -1 }],
    [200, { ...active, absoluteRemainingMs: 'never' }],
    [200, { ...active, policy: { ...active.policy, warnAfterMs: 'soon' } }],
    [200, { ...active, policy: { ...active.policy, expireAfterMs: undefined } }],
    [200, { ...active, policy: { ...active.policy, warnBeforeAbsoluteMs: -5 } }],
    [200, { v: 1, state: 'ended', reason: 'idle' }],
    [403, { v: 1, state: 'ended', reason: 'idle' }],
    [401, { v: 2, state: 'ended', reason: 'idle' }],
    [401, { v: 1, state: 'over', reason: 'idle' }],
  ])('is unknown if it breaks the protocol: %i %j', (status, body) => {
    expect(decodeAnswer(status, body)).toEqual({ state: 'unknown' })
  })

  test.each([
    ['idle', 'idle'],
    ['absolute', 'absolute'],
    ['revoked', 'revoked'],
    ['signed-out', 'signed-out'],
    ['unknown', 'unknown'],
    ['from-a-later-version', 'unknown'],
  ])('ends the session with the reason %s', (given, reason) => {
    const ended = { v: 1, state: 'ended', reason: given }
    expect(decodeAnswer(401, ended)).toEqual({ state: 'ended', reason })
    expect(decodeAnswer(401, { ...ended, session: 's' })).toMatchObject({ session: 's' })
    expect(decodeAnswer(401, { ...ended, session: 5 })).not.toHaveProperty('session')
  })
})

const known = (verdict: object = {}, sentAt = 100_000): Facts =>
  factsOf({ state: 'active', session: 's', idle: 1_000, ...verdict }, sentAt, {
    policy: defaultPolicy,
    subject: 'of the page',
  })

describe('the facts in an answer', () => {
  test('count from when the request was sent', () => {
    expect(known({ absoluteRemaining: 5_000 })).toMatchObject({
      session: 's',
      subject: 'of the page',
      lastActivity: 99_000,
      confirmed: { sentAt: 100_000, lastActivity: 99_000, absoluteEnd: 105_000 },
    })
    expect(known({ subject: 'of the answer' }).subject).toBe('of the answer')
    expect(known().confirmed?.absoluteEnd).toBe(Infinity)
    expect(known({ session: undefined }).session).toBe('')
  })

  test('compute the idle time from the time left if the answer gives only that', () => {
    expect(known({ idle: undefined, remaining: 590_000 }).lastActivity).toBe(90_000)
    expect(known({ idle: undefined, remaining: 700_000 }).lastActivity).toBe(100_000)
    expect(known({ idle: undefined }).lastActivity).toBe(100_000 - 600_000)
    const policy = { expireAfter: false, warnAfter: false } as const
    expect(known({ idle: undefined, remaining: 5, policy }).lastActivity).toBe(100_000)
  })
})

describe('merged facts of one session', () => {
  test('have the newest activity, wish and answer, and the end', () => {
    const ours = { ...known({}, 100_000), wish: 3 }
    const theirs = { ...known({ idle: 0 }, 200_000), wish: 5 }
    const ended = { reason: 'idle', at: 5, since: 5, verdict: true } as const
    expect(mergeFacts(ours, theirs)).toMatchObject({
      lastActivity: 200_000,
      wish: 5,
      confirmed: { sentAt: 200_000 },
      ended: null,
    })
    expect(mergeFacts(theirs, ours)).toBe(theirs)
    expect(mergeFacts(ours, { ...ours, ended }).ended).toBe(ended)
    expect(mergeFacts({ ...ours, ended }, theirs).ended).toBe(ended)
    expect(mergeFacts(ours, { ...ours })).toBe(ours)
  })

  test.each([
    ['activity', { lastActivity: 150_000 }],
    ['a wish', { wish: 5 }],
    ['an end', { ended: { reason: 'idle', at: 5, since: 5, verdict: true } as const }],
  ])('change if only %s is new', (_what, news) => {
    const ours = known()
    expect(mergeFacts(ours, { ...ours, ...news })).toEqual({ ...ours, ...news })
  })

  test('keep the answer that ends sooner if two requests were sent at the same moment', () => {
    const shorter = known({ absoluteRemaining: 5_000 })
    const longer = known({ absoluteRemaining: 9_000 })
    for (const [a, b] of [
      [shorter, longer],
      [longer, shorter],
    ] as const)
      expect(mergeFacts(a, b).confirmed).toBe(shorter.confirmed)
    const off = { warnAfter: false, expireAfter: false } as const
    const endless = known({ absoluteRemaining: 9_000, policy: off })
    expect(mergeFacts(endless, { ...shorter, ended: null }).confirmed).toBe(shorter.confirmed)
    const sooner = known({ absoluteRemaining: 5_000, policy: off })
    expect(mergeFacts(endless, sooner).confirmed).toBe(sooner.confirmed)
    const idleSooner = known({ policy: { expireAfter: 4_000 } })
    expect(mergeFacts(shorter, idleSooner).confirmed).toBe(idleSooner.confirmed)
  })

  test('contain what only one side knows', () => {
    expect(mergeFacts(noFacts, known()).lastActivity).toBe(99_000)
    expect(mergeFacts(known(), noFacts).confirmed?.sentAt).toBe(100_000)
  })
})

describe('activity that the server has not heard of', () => {
  const remembered = { ...known({ idle: 1_000 }), lastActivity: 99_900 }

  test('counts if the server’s last activity is still the same', () => {
    expect(withUnreported(known({ idle: 0 }), remembered).lastActivity).toBe(100_000)
    expect(withUnreported(known({ idle: 2_000 }), remembered).lastActivity).toBe(99_900)
    expect(withUnreported(known({ idle: 1_500 }), remembered).lastActivity).toBe(99_900)
  })

  test('does not count if the server’s last activity or session differs, or nothing is remembered', () => {
    const later = known({ idle: 2_001 })
    expect(withUnreported(later, remembered)).toBe(later)
    const other = known({ session: 'another' })
    expect(withUnreported(other, remembered)).toBe(other)
    const answer = known()
    expect(withUnreported(answer, null)).toBe(answer)
    expect(withUnreported(answer, { ...remembered, confirmed: null })).toBe(answer)
    expect(withUnreported({ ...answer, confirmed: null }, remembered).lastActivity).toBe(99_000)
  })
})

describe('a message between tabs', () => {
  const facts: Facts = { ...known({ absoluteRemaining: 60_000 }), wish: 98_000 }
  const message = () => {
    const made = encodeFacts(facts, 101_000, 5_000_000)
    if (!made) throw new Error('There is something to tell.')
    return made
  }

  test('carries facts as ages, which any tab can read on its own clock', () => {
    expect(encodeFacts(noFacts, 1, 1)).toBeNull()
    const there = decodeFacts(message(), 7_000, 5_000_500)
    // The message is 500 ms old, and the activity was 2 s old when it was sent.
    expect(there).toMatchObject({
      session: 's',
      subject: 'of the page',
      lastActivity: 4_500,
      wish: 3_500,
      confirmed: { sentAt: 5_500, lastActivity: 4_500, absoluteEnd: 65_500 },
      ended: null,
    })
    const bare = encodeFacts({ ...noFacts, session: 's' }, 1, 1)
    expect(bare && decodeFacts(bare, 5, 5)).toEqual({ ...noFacts, session: 's' })
    const endless = encodeFacts(known(), 101_000, 0)
    expect(endless && decodeFacts(endless, 5, 5).confirmed?.absoluteEnd).toBe(Infinity)
  })

  test('carries an end only if it is certain', () => {
    const end = (verdict: boolean) =>
      encodeFacts({ ...facts, ended: { reason: 'idle', at: 1, since: 1, verdict } }, 101_000, 0)
    expect(end(false)?.ended).toBeNull()
    const sent = end(true)
    expect(sent && decodeFacts(sent, 7_000, 10).ended).toEqual({
      reason: 'idle',
      at: 6_990,
      since: 6_990,
      verdict: true,
    })
  })

  test('never yields moments in the future', () => {
    const odd = message()
    odd.idleFor = -5_000
    odd.wishedFor = -5_000
    if (odd.answer) Object.assign(odd.answer, { age: -5_000, idleFor: -5_000 })
    expect(decodeFacts(odd, 7_000, 4_000_000)).toMatchObject({
      lastActivity: 7_000,
      wish: 7_000,
      confirmed: { sentAt: 7_000, lastActivity: 7_000 },
    })
  })

  test('is read if it is complete', () => {
    expect(readMessage(message())).toEqual(message())
    const bare = { ...message(), subject: null, idleFor: null, wishedFor: null, answer: null }
    expect(readMessage(bare)).toBe(bare)
    for (const ended of ['idle', 'absolute', 'revoked', 'signed-out', 'unreachable', 'unknown'])
      expect(readMessage({ ...bare, ended })).toMatchObject({ ended })
    const off = { warnAfter: false, expireAfter: false, absoluteTimeout: false }
    const { answer } = message()
    const endless = { ...answer, absoluteRemaining: null, policy: { ...answer?.policy, ...off } }
    expect(readMessage({ ...bare, answer: endless })).toMatchObject({ answer: endless })
  })

  const policyWith = (news: object) => ({
    answer: { ...message().answer, policy: { ...message().answer?.policy, ...news } },
  })
  const answerWith = (news: object) => ({ answer: { ...message().answer, ...news } })
  test.each([
    { v: 2 },
    { sentAt: null },
    { sentAt: Number.NaN },
    { session: null },
    { subject: 5 },
    { subject: undefined },
    { idleFor: '5' },
    { idleFor: Infinity },
    { wishedFor: undefined },
    { answer: undefined },
    { answer: 5 },
    { ended: 'bored' },
    { ended: undefined },
    answerWith({ age: null }),
    answerWith({ idleFor: undefined }),
    answerWith({ absoluteRemaining: Infinity }),
    answerWith({ absoluteRemaining: undefined }),
    answerWith({ policy: null }),
    answerWith({ policy: 5 }),
    policyWith({ warnAfter: null }),
    policyWith({ expireAfter: true }),
    policyWith({ absoluteTimeout: undefined }),
    policyWith({ warnBeforeAbsolute: false }),
  ])('is ignored if it is malformed: %j', (news) => {
    expect(readMessage({ ...message(), ...news })).toBeNull()
  })

  test.each([null, undefined, 5, 'text'])('is ignored if it is %s', (data) => {
    expect(readMessage(data)).toBeNull()
  })
})

describe('a session name', () => {
  const taken = (release: Release) =>
    ({ running: new Map([['app', release]]) }) as unknown as Environment

  test('can be taken over from a session that nobody uses any more', () => {
    const environment = taken(() => true)
    const own = () => true
    claimName('app', environment, own)
    expect(environment.running.get('app')).toBe(own)
  })

  test('can not be taken from a session in use', () => {
    const other = () => false
    const environment = taken(other)
    expect(() => claimName('app', environment, () => true)).toThrow(
      'react-session-security: a session named "app" already runs in this document. Use one provider, or give each its own `name`.',
    )
    expect(environment.running.get('app')).toBe(other)
  })
})

describe('listeners', () => {
  test('can be removed, and waiting functions are called once', () => {
    const waiting = new Set<(result: number) => void>()
    const first = vi.fn()
    const second = vi.fn()
    const later = vi.fn()
    addTo(waiting, first)
    addTo(waiting, second)()
    addTo(waiting, (result) => {
      addTo(waiting, later)
      first(result * 2)
    })
    resolveAll(waiting, 1)
    expect([first.mock.calls, second.mock.calls, later.mock.calls]).toEqual([[[1], [2]], [], []])
    resolveAll(waiting, 3)
    expect(later.mock.calls).toEqual([[3]])
  })

  test('run even if another one throws', () => {
    const reported = vi.fn()
    const ran = vi.fn()
    const error = new Error('broken')
    const run = catchErrors(reported)
    run(() => {
      throw error
    })
    run(ran)
    expect([reported.mock.calls, ran.mock.calls]).toEqual([[[error]], [[]]])
  })
})

describe('mistakes in options', () => {
  const found = (
    fill: (mistakes: ReturnType<typeof collectMistakes>) => void,
    ...given: Parameters<typeof collectMistakes>
  ) => {
    const mistakes = collectMistakes(...given)
    fill(mistakes)
    try {
      mistakes.check()
    } catch (error) {
      return error as Error & { code: string }
    }
    return null
  }

  test('throw nothing if there are none', () => {
    expect(found(() => {})).toBeNull()
  })

  test('are all in one error, with the values received', () => {
    const error = found((mistakes) => {
      mistakes.add('a', 'must be b', 'text')
      mistakes.add('c', 'must be d', () => {})
      mistakes.add('e', 'must be f', ['secret'])
      mistakes.add('g', 'must be h', { secret: 1 })
      mistakes.add('i', 'must be j', null)
      mistakes.add('k', 'must be l', 5)
    })
    expect(error).toBeInstanceOf(TypeError)
    expect(error?.code).toBe('invalid-options')
    expect(error?.message).toBe(
      [
        'react-session-security: 6 mistakes in the options of the session.',
        '  - a: must be b; received "text"',
        '  - c: must be d; received a function',
        '  - e: must be f; received a list of 1',
        '  - g: must be h; received an object with secret',
        '  - i: must be j; received null',
        '  - k: must be l; received 5',
        'See https://github.com/react-session-security/react-session-security/blob/main/docs/errors/invalid-options.md',
      ].join('\n'),
    )
    const one = found((mistakes) => mistakes.add('a', 'b', 1), 'the provider')
    expect(one?.message).toMatch(
      /^react-session-security: 1 mistake in the options of the provider/,
    )
  })

  test.each([
    ['warnafter', 'warnAfter'],
    ['warnAfte', 'warnAfter'],
    ['warnAfterr', 'warnAfter'],
    ['wranAfter', 'warnAfter'],
    ['warnBfter', 'warnAfter'],
    ['subjekt', 'subject'],
    ['other', 'others'],
    ['somethingElse', null],
    ['warn', null],
  ])('suggest the option that was probably meant by %s, if any', (key, meant) => {
    const error = found(
      (mistakes) => mistakes.unknown({ [key]: 5, subject: 1 }, ['warnAfter', 'subject']),
      'it',
      ['others'],
    )
    const hint = meant === null ? '' : ` (did you mean "${meant}"?)`
    expect(error?.message.split('\n')[1]).toBe(`  - ${key}: is not an option${hint}; received 5`)
  })

  test('in a nested option only suggest names of that option', () => {
    const error = found(
      (mistakes) => mistakes.unknown({ warnafter: 5, other: 1 }, ['warnAfter'], 'policy.'),
      'it',
      ['others'],
    )
    expect(error?.message).toContain(
      'policy.warnafter: is not an option (did you mean "policy.warnAfter"?)',
    )
    expect(error?.message).toContain('policy.other: is not an option; received 1')
  })
})
