import { type Limits, mergeRule } from '../../src/protocol/mergeRule.js'
import type { EndReason } from '../../src/protocol/wire.js'
import { type Awaitable, whenReady } from '../async/awaitable.js'
import type { CheckedPolicy } from '../options/policy.js'
import { localEnds } from '../stores/localEnds.js'
import type {
  Found,
  Living,
  Over,
  RecordedReason,
  SessionMeta,
  SessionStore,
} from '../stores/store.js'
import type { Hooks, SessionInfo } from './hooks.js'

/** The policy of one session: fixed for all, or worked out by the app. */
export type PolicyFor = CheckedPolicy | ((session: SessionInfo) => Awaitable<CheckedPolicy>)

export interface ActiveJudgement {
  state: 'active'
  /** The store's own time. */
  at: number
  idle: number
  age: number
  meta: SessionMeta
  /** As stored. A report adopts the limits of the policy. */
  limits: Limits
  policy: CheckedPolicy
}

export type Judgement =
  | ActiveJudgement
  | { state: 'ended'; reason: EndReason; meta: SessionMeta | null }

export interface Judge {
  /** Writes nothing. */
  peek(key: string): Promise<Judgement>
  /** Records a report (`null`: none), adopts the policy, records an end and calls `onEnd`. */
  touch(key: string, idleFor: number | null, id: string): Awaitable<Judgement>
  policyOf(key: string, meta: SessionMeta): Promise<CheckedPolicy>
}

/** Asks the store about a session, under the policy of that session. */
export function createJudge(store: SessionStore, policy: PolicyFor, hooks: Hooks): Judge {
  const policyOf = async (key: string, meta: SessionMeta) =>
    typeof policy === 'function' ? policy(hooks.info(key, meta)) : policy

  const notifyFirstEnd = (key: string, id: string, asked: Awaitable<Found>): Awaitable<Found> =>
    whenReady(asked, (found) => {
      // Here, because the code that answers the request may have stopped waiting.
      if (found.state === 'ended' && found.first && found.meta)
        hooks.ended({ key, reason: found.reason, meta: found.meta }, { id })
      return found
    })

  /**
   * Only the record says whose session it is, and so which policy applies. If the policy has not
   * changed, which is the rule, this takes one round trip, too.
   */
  async function touchUnderOwnPolicy(
    key: string,
    idleFor: number | null,
    id: string,
  ): Promise<Judgement> {
    const found = await notifyFirstEnd(key, id, store.touch(key, null, idleFor))
    if (found.state === 'ended') return over(found)
    const own = await policyOf(key, found.meta)
    if (same(own.limits, found.limits)) return living(found, own)
    localEnds(store).changed(key)
    const again = await notifyFirstEnd(key, id, store.touch(key, own.limits, null))
    return again.state === 'ended' ? over(again) : living(again, own)
  }

  return {
    policyOf,

    async peek(key) {
      const found = await store.look(key)
      if (found.state === 'ended') return over(found)
      const own = await policyOf(key, found.meta)
      const { at, idle, age, limits, meta } = found
      // The stored limits have been judged; these are the new ones, held against the same times.
      const result = mergeRule({ created: 0, last: age - idle, limits }, age, own.limits, null)
      return result.ended
        ? { state: 'ended', reason: result.ended, meta }
        : { state: 'active', at, idle, age, meta, limits, policy: own }
    },

    touch: (key, idleFor, id) =>
      typeof policy === 'function'
        ? touchUnderOwnPolicy(key, idleFor, id)
        : whenReady(notifyFirstEnd(key, id, store.touch(key, policy.limits, idleFor)), (found) =>
            found.state === 'ended' ? over(found) : living(found, policy),
          ),
  }
}

const same = (a: Limits, b: Limits) => a.expireAfter === b.expireAfter && a.absolute === b.absolute

/** The reason that pages see. The difference means nothing to them. */
export const onWire = (reason: RecordedReason): EndReason =>
  reason === 'replaced' ? 'signed-out' : reason

const over = ({ reason, meta }: Over): Judgement => ({
  state: 'ended',
  reason: onWire(reason),
  meta,
})

const living = ({ at, idle, age, meta, limits }: Living, policy: CheckedPolicy): Judgement => ({
  state: 'active',
  at,
  idle,
  age,
  meta,
  limits,
  policy,
})
