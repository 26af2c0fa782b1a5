import type { Limits } from '../../src/core/mergeRule.js'
import type { EndReason } from '../../src/core/wire.js'
import { fail, misspelt, show } from '../checkOptions.js'
import { inTime } from '../inTime.js'
import { type EndedRecord, type Found, type SessionStore, untoldLease } from '../store.js'
import { dueIndex } from './dueIndex.js'
import { isRedisClient, type RedisClient, redisPort } from './redisPort.js'
import { createScript, endScript, indexedScript, toldScript, touchScript } from './scripts.js'
import { subjectIndex } from './subjectIndex.js'

export interface RedisStoreOptions {
  /**
   * What all keys begin with; keeps two apps on one Redis apart.
   * @default 'session-security:'
   */
  prefix?: string
  /**
   * Milliseconds for which the reason of an end is remembered.
   * @default 600000
   */
  retainEnded?: number
  /**
   * Replicas that have to have an end before it counts as confirmed. Asking holds up the client's
   * other commands for up to `confirmWithin`.
   * @default 0
   */
  confirmReplicas?: number
  /**
   * Milliseconds to wait for those replicas.
   * @default 100
   */
  confirmWithin?: number
  /**
   * Commands that may wait for Redis at once; more fail at once.
   * @default 10000
   */
  maxPending?: number
}

const day = 86_400_000
const unknown: Found = { state: 'ended', reason: 'unknown', meta: null, first: false }

/**
 * Sessions in Redis or Valkey, a cluster too: one hash a session, one script and one round trip a
 * report, and the server's own time as the only clock. Works with the ioredis or node-redis client
 * that the app has.
 *
 * @throws TypeError naming every mistake in the options.
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): SessionStore {
  checkOptions(client, options)
  const { prefix = 'session-security:', retainEnded = 600_000, maxPending = 10_000 } = options
  const { confirmReplicas = 0, confirmWithin = 100 } = options
  const port = redisPort(client, maxPending)
  const reportInTime = inTime()
  const subjects = subjectIndex(port, prefix)
  const due = dueIndex(port, prefix)
  const at = (key: string) => prefix + key

  const touch = (key: string, args: (string | number)[]) =>
    port.run(touchScript, at(key), args) as Promise<(string | number)[]>

  async function merge(key: string, args: (string | number)[]): Promise<Found> {
    const found = await reportInTime(
      (last) => touch(key, [...args, retainEnded, untoldLease, last]),
      ([time]) => Number(time),
    )
    const [time, reason, metaText, third, age, expireAfter, absolute, stale] = found
    if (reason === undefined) return unknown
    const meta = JSON.parse(String(metaText))
    if (reason !== '')
      return { state: 'ended', reason: reason as EndReason, meta, first: third === 1 }
    const limits = { expireAfter: fromText(expireAfter), absolute: fromText(absolute) }
    if (stale === 1) {
      const forMs = indexFor(limits)
      await subjects.add(meta.subject, key, forMs)
      await port.run(indexedScript, at(key), [forMs])
    }
    const times = { at: Number(time), idle: Number(third), age: Number(age) }
    return { state: 'active', ...times, limits, meta }
  }

  async function end(key: string, reason: EndReason): Promise<EndedRecord | null> {
    // First, so that the sweep comes by even where this process dies in between.
    if (reason !== 'unknown') await due.add(key, untoldLease)
    const ended = (await port.run(endScript, at(key), [reason, retainEnded])) as
      | [EndReason, string]
      | []
    return ended.length === 0 ? null : { key, reason: ended[0], meta: JSON.parse(ended[1]) }
  }

  async function isConfirmed(keys: string[]): Promise<boolean> {
    if (confirmReplicas === 0) return true
    for (const key of keys)
      if ((await port.wait(at(key), confirmReplicas, confirmWithin)) < confirmReplicas) return false
    return true
  }

  return {
    shared: true,
    retainEnded,

    async create(key, limits, meta, from = { age: 0, idle: 0 }) {
      const forMs = indexFor(limits)
      // The indexes first: a session that they don't know could not be signed out everywhere.
      await Promise.all([
        subjects.add(meta.subject, key, forMs),
        due.add(key, remaining(limits, from)),
      ])
      const times = [Math.floor(from.age), Math.ceil(from.idle)]
      const args = [...toTexts(limits), JSON.stringify(meta), ...times, retainEnded, forMs]
      return (await port.run(createScript, at(key), args)) === 1
    },

    look: (key) => merge(key, ['look', 'keep', '', '', '']),

    touch: (key, limits, idleFor) =>
      merge(key, [
        'touch',
        ...(limits ? ['adopt', ...toTexts(limits)] : ['keep', '', '']),
        idleFor === null ? '' : Math.ceil(idleFor),
      ]),

    async end(key, reason) {
      const ended = await end(key, reason)
      // Also where it was over before: that end may have been the one that no replica has yet.
      return { ended, confirmed: await isConfirmed([key]) }
    },

    async endSubject(subject, reason) {
      const keys = await subjects.keys(subject)
      const ended = (await Promise.all(keys.map((key) => end(key, reason)))).filter(
        (one) => one !== null,
      )
      await subjects.remove(
        subject,
        ended.map(({ key }) => key),
      )
      return { ended, confirmed: await isConfirmed(keys) }
    },

    async sweep() {
      const met: EndedRecord[] = []
      const visit = async (key: string) => {
        const found = await merge(key, ['sweep', 'keep', '', '', ''])
        if (found.state === 'active') await due.add(key, remaining(found.limits, found))
        else if (found.meta === null) await due.remove(key)
        // Due again after its lease, until it is told.
        else if (found.first) met.push({ key, reason: found.reason, meta: found.meta })
      }
      await Promise.all((await due.take()).map(visit))
      return met
    },

    async told(key) {
      await port.run(toldScript, at(key), [])
      await due.remove(key)
    },
  }
}

/** An index has to outlive the session: for good where there is an absolute end, else with reserve. */
const indexFor = ({ expireAfter, absolute }: Limits) => (absolute ?? 2 * (expireAfter ?? 0)) + day

function remaining(
  { expireAfter, absolute }: Limits,
  { idle, age }: { idle: number; age: number },
) {
  return Math.min((expireAfter ?? Infinity) - idle, (absolute ?? Infinity) - age)
}

const toTexts = ({ expireAfter, absolute }: Limits) => [expireAfter ?? '', absolute ?? '']
const fromText = (value: unknown) => (value === '' ? null : Number(value))

function checkOptions(client: unknown, options: RedisStoreOptions): void {
  const whole = { retainEnded: 1, confirmReplicas: 0, confirmWithin: 1, maxPending: 1 }
  const mistakes = misspelt({ ...options }, ['prefix', ...Object.keys(whole)], '')
  if (!isRedisClient(client)) mistakes.push('client has to be an ioredis or a node-redis client')
  if (options.prefix !== undefined && typeof options.prefix !== 'string')
    mistakes.push(`prefix has to be a string, not ${show(options.prefix)}`)
  for (const [name, least] of Object.entries(whole)) {
    const value = options[name as keyof typeof whole]
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= least))
      mistakes.push(`${name} has to be a whole number from ${least} on, not ${show(value)}`)
  }
  if (mistakes.length > 0) fail('redisStore', mistakes)
}
