import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EndedRecord, SessionMeta, SessionStore } from '../../../server-reference/index.js'
import { type Limits, mergeRule } from '../../../src/protocol/mergeRule.js'

const hour = 3_600_000
const limits: Limits = { expireAfter: hour, absolute: 8 * hour }
const meta: SessionMeta = {
  subject: 'ada',
  secretId: 'k1',
  sealedId: 'sealed',
  data: { role: 'clerk' },
  renewedFrom: [{ key: 'an older key', at: 5 }],
}

/** All parts of it. */
export async function endAll(store: SessionStore, subject: string): Promise<EndedRecord[]> {
  const ended: EndedRecord[] = []
  let next: unknown
  do {
    const part = await store.endSubject?.(subject, 'revoked', next)
    ended.push(...(part?.ended ?? []))
    next = part?.next ?? null
  } while (next !== null)
  return ended
}

/** Between two looks at a real clock a little time passes. */
const nearly = (ms: number) =>
  expect.toSatisfy((value: number) => value >= ms && value < ms + 5_000)

/** What every store has to do. Sessions are made in the past, so that nothing has to wait. */
export function storeContract(name: string, open: () => Promise<SessionStore>) {
  describe(name, () => {
    let store: SessionStore
    beforeAll(async () => {
      store = await open()
    }, 30_000)

    const freshKey = () => randomBytes(32).toString('base64url')

    let clock: string | null = null
    async function storeTime(): Promise<number> {
      if (clock === null) {
        clock = freshKey()
        await store.create(clock, limits, { ...meta, subject: 'clock' })
      }
      const found = await store.look(clock)
      return found.state === 'active' ? found.at : Number.NaN
    }

    async function created(ago = { age: 0, idle: 0 }, own = limits, who = meta) {
      const key = freshKey()
      const at = await storeTime()
      const from = { created: at - ago.age, last: at - ago.idle }
      expect(await store.create(key, own, who, 1_000, from)).toBeGreaterThanOrEqual(at)
      return key
    }

    test('gives back what was created, as it was', async () => {
      const key = await created({ age: 2 * hour, idle: hour / 2 })
      const at = nearly(await storeTime())
      const times = { at, idle: nearly(hour / 2), age: nearly(2 * hour) }
      const found = { state: 'active', ...times, limits, meta }
      expect(await store.look(key)).toEqual(found)
      expect(await store.touch(key, null, null)).toEqual(found)
    })

    test('says what the store’s time is, in whole milliseconds that never go back', async () => {
      const first = await storeTime()
      const key = await created()
      const touched = await store.touch(key, null, 0)
      expect(touched).toMatchObject({ at: expect.toSatisfy((at: number) => at >= first) })
      expect(Number.isInteger((touched as { at: number }).at)).toBe(true)
      expect(Number.isInteger(first)).toBe(true)
    })

    test('keeps limits that are off, and sessions without data, also in a renewal', async () => {
      for (const own of [
        { expireAfter: null, absolute: hour },
        { expireAfter: hour, absolute: null },
      ]) {
        const who = { subject: 'b€b', secretId: 'k', sealedId: 's' }
        const [key, renewed] = [await created(undefined, own, who), freshKey()]
        const found = { state: 'active', limits: own, meta: who }
        expect(await store.look(key)).toMatchObject(found)
        expect(await store.rotate(key, renewed, who)).toMatchObject({ renewed: true })
        expect(await store.look(renewed)).toMatchObject(found)
        expect(await store.touch(renewed, own, 0)).toMatchObject(found)
      }
    })

    test('creates a key only once, whether it lives, ended or was given up', async () => {
      const [ended, givenUp, replaced] = [await created(), await created(), await created()]
      const refuses = async (key: string) =>
        expect(await store.create(key, limits, meta)).toBeNull()
      await refuses(ended)
      await store.end(ended, 'revoked')
      await store.end(replaced, 'replaced')
      expect(await store.rotate(givenUp, freshKey(), meta)).toMatchObject({ renewed: true })
      for (const key of [ended, replaced, givenUp]) await refuses(key)
      expect(await store.look(ended)).toMatchObject({ reason: 'revoked' })
      expect(await store.look(replaced)).toMatchObject({ reason: 'replaced' })
      expect(await store.rotate(await created(), ended, meta)).toMatchObject({ renewed: false })
      expect(await store.look(ended)).toMatchObject({ reason: 'revoked' })
    })

    test('gives a session another key, and nothing else changes', async () => {
      const [from, to] = [await created({ age: 2 * hour, idle: hour / 2 }), freshKey()]
      const renewedFrom = [{ key: from, at: await storeTime() }]
      const renewed = { ...meta, sealedId: 'sealed anew', renewedFrom }
      expect(await store.rotate(from, to, renewed)).toEqual({ renewed: true, ended: null })
      expect(await store.gaveUp?.(from)).toBe(true)
      expect(await store.gaveUp?.(to)).toBe(false)
      expect(await store.gaveUp?.(freshKey())).toBe(false)
      expect(await store.look(to)).toMatchObject({
        state: 'active',
        idle: nearly(hour / 2),
        age: nearly(2 * hour),
        limits,
        meta: renewed,
      })
      const nothing = { state: 'ended', reason: 'unknown', meta: null, first: false }
      expect(await store.look(from)).toEqual(nothing)
      expect(await store.touch(from, limits, 0)).toEqual(nothing)
      expect(await store.end(from, 'revoked')).toMatchObject({ ended: null })
    })

    test('renews no session that is over, and tells once why it was over', async () => {
      const key = await created({ age: hour, idle: hour })
      expect(await store.rotate(key, freshKey(), meta)).toEqual({
        renewed: false,
        ended: { key, reason: 'idle', meta },
      })
      expect(await store.rotate(key, freshKey(), meta)).toEqual({ renewed: false, ended: null })
      expect(await store.touch(key, null, null)).toMatchObject({ reason: 'idle', first: false })
      expect(await store.rotate(freshKey(), freshKey(), meta)).toMatchObject({ renewed: false })
    })

    test('tells who watches of what it ends, renews and shortens, and of nothing else', async () => {
      if (!store.shared) return
      const heard: string[] = []
      let isConnected = false
      const stop = store.watchEnds?.({
        ended: (key, reason) => heard.push(`ended ${key} ${reason}`),
        renewed: (key, as) => heard.push(`renewed ${key} ${as}`),
        changed: (key) => heard.push(`changed ${key}`),
        connected: () => {
          isConnected = true
        },
        lost: (error) => heard.push(String(error)),
      })
      await expect.poll(() => isConnected, { timeout: 5_000 }).toBe(true)
      const who = { ...meta, subject: `fritz-${freshKey()}` }
      const ago = { age: hour, idle: hour / 2 }
      const [signedOut, undone, changed, old] = [
        await created(ago, limits, who),
        await created(ago, limits, who),
        await created(ago, limits, who),
        await created(ago, limits, who),
      ]
      const [idle, to] = [await created({ age: hour, idle: hour }, limits, who), freshKey()]
      await store.touch(changed, { expireAfter: 2 * hour, absolute: null }, null)
      await store.touch(changed, { expireAfter: hour, absolute: null }, null)
      await store.touch(changed, null, 0)
      await store.end(signedOut, 'signed-out')
      await store.end(signedOut, 'revoked')
      await store.end(undone, 'unknown')
      await store.rotate(old, to, who)
      await store.rotate(idle, freshKey(), who)
      await store.touch(idle, null, null)
      await endAll(store, who.subject)
      const expected = [
        `changed ${changed}`,
        `ended ${signedOut} signed-out`,
        `ended ${undone} unknown`,
        `renewed ${old} ${to}`,
        `ended ${idle} idle`,
        `ended ${changed} revoked`,
        `ended ${to} revoked`,
      ].sort()
      const keys = [changed, signedOut, undone, old, to, idle, 'Error']
      // What is told of different sessions may come in any order: they lie on different nodes.
      const own = () => heard.filter((text) => keys.some((key) => text.includes(key))).sort()
      await expect.poll(own).toEqual(expected)
      stop?.()
    })

    test('makes one session of many renewals at once', async () => {
      const key = await created()
      const to = Array.from({ length: 10 }, freshKey)
      const all = await Promise.all(to.map((one) => store.rotate(key, one, meta)))
      expect(all.filter(({ renewed }) => renewed)).toHaveLength(1)
      const found = await Promise.all(to.map((one) => store.look(one)))
      expect(found.filter(({ state }) => state === 'active')).toHaveLength(1)
    })

    test('creates nothing once the time for it is over', async () => {
      const [from, to] = [await created(), freshKey()]
      const late = async (call: () => unknown) => {
        await (async () => call())().catch(() => {})
        expect(await store.look(to)).toMatchObject({ reason: 'unknown', meta: null })
      }
      if (!store.shared) return
      await late(() => store.create(to, limits, meta, -10))
      await late(() => store.rotate(from, to, meta, -10))
      expect(await store.look(from)).toMatchObject({ state: 'active' })
    })

    test('knows nothing of other keys, and never makes them', async () => {
      const key = freshKey()
      const nothing = { state: 'ended', reason: 'unknown', meta: null, first: false }
      expect(await store.touch(key, limits, 0)).toEqual(nothing)
      expect(await store.look(key)).toEqual(nothing)
      expect(await store.end(key, 'revoked')).toMatchObject({ ended: null })
      expect(await store.look(key)).toEqual(nothing)
    })

    test('moves activity forward by a report, never back, never past now or before the start', async () => {
      const key = await created({ age: hour, idle: hour / 2 })
      expect(await store.touch(key, limits, hour / 4)).toMatchObject({ idle: nearly(hour / 4) })
      expect(await store.touch(key, limits, hour / 3)).toMatchObject({ idle: nearly(hour / 4) })
      expect(await store.touch(key, limits, Number.MAX_SAFE_INTEGER)).toMatchObject({
        idle: nearly(hour / 4),
      })
      expect(await store.touch(key, limits, 0)).toMatchObject({
        idle: nearly(0),
        age: nearly(hour),
      })
      expect(await store.look(key)).toMatchObject({ idle: nearly(0) })
    })

    test('ends by the limits stored at the last touch, before report and new policy are looked at', async () => {
      const key = await created({ age: 2 * hour, idle: hour })
      const longer = { expireAfter: 10 * hour, absolute: null }
      expect(await store.touch(key, longer, 0)).toEqual({
        state: 'ended',
        reason: 'idle',
        meta,
        first: true,
      })
      expect(await store.touch(key, longer, 0)).toEqual({
        state: 'ended',
        reason: 'idle',
        meta,
        first: false,
      })
      expect(await store.look(key)).toMatchObject({ reason: 'idle', meta })
    })

    test('ends by the absolute limit, however busy', async () => {
      const key = await created({ age: 8 * hour, idle: 0 })
      expect(await store.touch(key, limits, 0)).toMatchObject({ reason: 'absolute', first: true })
    })

    test('ends by a new policy that is shorter, and a later, longer one does not bring it back', async () => {
      const key = await created({ age: hour, idle: hour / 2 })
      const shorter = { expireAfter: hour / 4, absolute: null }
      expect(await store.touch(key, shorter, null)).toMatchObject({ reason: 'idle', first: true })
      expect(await store.touch(key, limits, 0)).toMatchObject({ reason: 'idle', first: false })
    })

    test('counts a report before it holds the new limits against the session', async () => {
      const key = await created({ age: hour, idle: hour / 2 })
      const shorter = { expireAfter: hour / 4, absolute: null }
      expect(await store.touch(key, shorter, 0)).toMatchObject({ state: 'active', limits: shorter })
      expect(await store.look(key)).toMatchObject({ limits: shorter })
    })

    test('writes nothing on a look, not even an end', async () => {
      const key = await created({ age: hour, idle: hour })
      expect(await store.look(key)).toMatchObject({ reason: 'idle', first: false })
      expect(await store.touch(key, null, 0)).toMatchObject({ reason: 'idle', first: true })
    })

    test('counts activity in the future as none', async () => {
      const key = await created({ age: 0, idle: -hour })
      expect(await store.look(key)).toMatchObject({ state: 'active', idle: 0 })
    })

    test('ends on request, once, and remembers why', async () => {
      const key = await created()
      expect(await store.end(key, 'signed-out')).toEqual({
        confirmed: true,
        ended: { key, reason: 'signed-out', meta },
      })
      expect(await store.end(key, 'revoked')).toMatchObject({ ended: null })
      expect(await store.touch(key, limits, 0)).toMatchObject({
        reason: 'signed-out',
        meta,
        first: false,
      })
    })

    test('says of a session that was over already why it was over', async () => {
      const key = await created({ age: hour, idle: hour })
      expect(await store.end(key, 'signed-out')).toMatchObject({ ended: { reason: 'idle' } })
    })

    test("leaves no trace of an end for the reason 'unknown'", async () => {
      const key = await created()
      expect(await store.end(key, 'unknown')).toMatchObject({ ended: { reason: 'unknown' } })
      expect(await store.look(key)).toMatchObject({ reason: 'unknown', meta: null })
    })

    test('ends all sessions of one subject, and nobody else', async () => {
      const who = { subject: `carol-${freshKey()}`, secretId: 'k', sealedId: 's' }
      const keys: string[] = []
      for (let i = 0; i < 4; i++) keys.push(await created(undefined, limits, who))
      const [first, middle, third, last] = keys as [string, string, string, string]
      const other = await created()
      const over = await created({ age: hour, idle: hour }, limits, who)
      const newest = await created(undefined, limits, who)
      for (const key of [middle, last, newest]) await store.end(key, 'signed-out')
      const ended = await endAll(store, who.subject)
      expect(ended.map(({ key, reason }) => `${key} ${reason}`).sort()).toEqual(
        [`${first} revoked`, `${third} revoked`, `${over} idle`].sort(),
      )
      for (const key of [first, third])
        expect(await store.look(key)).toMatchObject({ reason: 'revoked' })
      for (const key of [middle, last, newest])
        expect(await store.look(key)).toMatchObject({ reason: 'signed-out' })
      expect(await store.look(other)).toMatchObject({ state: 'active' })
      expect(await endAll(store, who.subject)).toEqual([])
      // However old it says that it is: it is no renewal of what was ended.
      const later = await created({ age: hour, idle: 0 }, limits, who)
      expect((await endAll(store, who.subject)).map(({ key }) => key)).toEqual([later])
    })

    test('tells of the sessions of a subject that it ended what they were', async () => {
      const who = { ...meta, subject: `emil-${freshKey()}` }
      const key = await created(undefined, limits, who)
      expect(await endAll(store, who.subject)).toEqual([{ key, reason: 'revoked', meta: who }])
      expect(await endAll(store, `nobody-${freshKey()}`)).toEqual([])
    })

    test('ends a session that was renewed again and again while its subject is signed out', async () => {
      const who = { subject: `dora-${freshKey()}`, secretId: 'k', sealedId: 's' }
      let key = await created(undefined, limits, who)
      let isOver = false
      const ending = endAll(store, who.subject).then(() => {
        isOver = true
      })
      while (!isOver) {
        const to = freshKey()
        if (!(await store.rotate(key, to, who)).renewed) break
        key = to
      }
      await ending
      expect(await store.look(key)).toMatchObject({ state: 'ended' })
    })

    test('meets in a sweep the ends that nobody asked about, each once', async () => {
      const over = await created({ age: hour, idle: hour })
      const alive = await created()
      const met: EndedRecord[] = []
      for (let i = 0; i < 5; i++) met.push(...((await store.sweep?.()) ?? []))
      expect(met.filter(({ key }) => key === over)).toEqual([{ key: over, reason: 'idle', meta }])
      expect(met.map(({ key }) => key)).not.toContain(alive)
      expect(await store.touch(over, null, null)).toMatchObject({ reason: 'idle', first: false })
      expect(await store.look(alive)).toMatchObject({ state: 'active' })
    })

    test('gives the merged result whatever order reports arrive in', async () => {
      const reports = [50, 10, 40, 20, 30].map((minutes) => minutes * 60_000)
      for (const order of [reports, [...reports].reverse(), [...reports, ...reports]]) {
        const key = await created({ age: hour, idle: 55 * 60_000 })
        await Promise.all(order.map((idleFor) => store.touch(key, null, idleFor)))
        expect(await store.look(key)).toMatchObject({ idle: nearly(10 * 60_000) })
      }
    })

    test('does what the merge rule says, for any session, policy and report', async () => {
      // Whole hours, half an hour apart from every limit, so that a real clock's seconds don't matter.
      const hours = fc.integer({ min: 0, max: 12 }).map((n) => n * hour)
      const limit = fc.option(fc.integer({ min: 0, max: 11 }).map((n) => (n + 0.5) * hour))
      const someLimits = fc
        .record({ expireAfter: limit, absolute: limit })
        .filter(({ expireAfter, absolute }) => expireAfter !== null || absolute !== null)
      await fc.assert(
        fc.asyncProperty(
          hours,
          hours,
          someLimits,
          someLimits,
          fc.option(hours),
          async (age, idle, old, own, report) => {
            const from = { age: age + 1_000, idle: Math.min(age, idle) + 1_000 }
            const key = await created(from, old)
            const found = await store.touch(key, own, report)
            const rule = mergeRule(
              { created: 0, last: from.age - from.idle, limits: old },
              from.age,
              own,
              report,
            )
            if (rule.ended) {
              expect(found).toEqual({ state: 'ended', reason: rule.ended, meta, first: true })
            } else {
              const { last } = rule.times
              expect(found).toMatchObject({
                state: 'active',
                idle: nearly(from.age - last),
                limits: own,
              })
            }
          },
        ),
        { numRuns: 200 },
      )
    })

    test('lets no touch bring back what ends at the same time', async () => {
      for (let round = 0; round < 50; round++) {
        const key = await created()
        const touches = Array.from({ length: 40 }, () => store.touch(key, limits, 0))
        const [{ ended }] = await Promise.all([store.end(key, 'revoked'), ...touches])
        expect(ended).not.toBeNull()
        expect(await store.touch(key, limits, 0)).toMatchObject({
          state: 'ended',
          reason: 'revoked',
        })
      }
    })

    test('tells exactly one of many at once that it met the end', async () => {
      const key = await created({ age: hour, idle: hour })
      const found = await Promise.all(Array.from({ length: 20 }, () => store.touch(key, limits, 0)))
      expect(found.filter((one) => one.state === 'ended' && one.first)).toHaveLength(1)
    })

    afterAll(async () => {
      // What a failed test left must not be met by the next file's sweep.
      if (store) await endAll(store, meta.subject)
    })
  })
}
