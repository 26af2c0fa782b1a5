import { isUnavailable, withinLimit } from '../async/withinLimit.js'
import type { Hooks } from '../session/hooks.js'
import { type Judge, type Judgement, onWire } from '../session/judge.js'
import type { EndsListener } from '../stores/localEnds.js'
import type { RecordedReason, SessionStore } from '../stores/store.js'
import { createAlarms } from './createAlarms.js'
import { createAskingQueue } from './createAskingQueue.js'
import { followEnds } from './followEnds.js'
import { type Member, newWatched, type OnOver, remainingMs, type Watched } from './watched.js'

export interface Watches {
  /**
   * Calls back once the session is over, but never before it returned. Returns a function that
   * stops it.
   */
  add(key: string, id: string, onOver: OnOver): () => void
  /** Ends all watches as over, because nothing would notice a later end. */
  close(): void
}

/** If the store's first answer takes longer than this (ms), the session cannot be watched. */
const firstAnswerWithin = 1_000
/**
 * A deadline is checked this much later (ms). A check that comes too early would need another
 * one.
 */
const margin = 20
/** How long (ms) after a deadline the store may take to say that the session lives on. */
const patience = 600
/** Milliseconds until a failed check is repeated, or a session with a renewed id is checked. */
const soon = 250
/** Milliseconds between checks if the store cannot report ends in other processes. */
const fallbackEvery = 1_000

/**
 * Watches sessions: one entry and one deadline per session, however many streams belong to it.
 * The store is asked once at the start, and again when the session may be over, because activity
 * may have moved its end.
 */
export function createWatches(
  store: SessionStore,
  judge: Judge,
  hooks: Hooks,
  { timeLimit, now }: { timeLimit: number; now: () => number },
): Watches {
  const all = new Map<string, Watched>()
  const alarms = createAlarms(now, ring)
  const queue = createAskingQueue(ask)
  let failureReportedAt = -Infinity

  const listener: EndsListener = {
    ended: (key, reason) => over(all.get(key), reason),
    renewed,
    changed: (key) => askNow(all.get(key)),
  }
  const following = followEnds(store, listener, {
    onReliable: () => all.forEach(askNow),
    onUnreliable(error) {
      if (error !== undefined) failed(error)
      spreadLooks()
    },
  })

  function ring(watched: Watched): void {
    const time = now()
    beginLastChance(watched, time)
    if (time >= watched.lastChance) return over(watched, 'unknown')
    if (!watched.isAsking) queue.add(watched)
    // Does not wait for the answer: a missing answer must not keep anything open.
    const next = nextLook(watched, time + fallbackEvery)
    alarms.set(watched, time >= watched.deadline ? watched.lastChance : next)
  }

  /**
   * Counted from the moment that the passed deadline is noticed, because the machine may have
   * slept.
   */
  function beginLastChance(watched: Watched, time: number): void {
    if (time >= watched.deadline && watched.lastChance === Infinity)
      watched.lastChance = time + patience
  }

  const nextLook = ({ deadline }: Watched, fallback: number) =>
    following.isReliable() ? deadline + margin : Math.min(deadline + margin, fallback)

  function askNow(watched: Watched | undefined): void {
    if (!watched) return
    if (watched.isAsking) watched.asksAgain = true
    else queue.add(watched)
  }

  async function ask(watched: Watched): Promise<void> {
    const { key } = watched
    watched.isAsking = true
    watched.asksAgain = false
    watched.askedAt = now()
    const judgement = await withinLimit(timeLimit, () => judge.peek(key))
    watched.isAsking = false
    if (all.get(watched.key) !== watched) return
    if (watched.asksAgain || watched.key !== key) return askNow(watched)
    if (!isUnavailable(judgement)) return answered(watched, judgement)
    failed(judgement.unavailable)
    const time = now()
    const isPressing = watched.deadline - time < fallbackEvery
    const again = time + (isPressing ? soon : fallbackEvery)
    beginLastChance(watched, time)
    const isDue = time >= watched.deadline
    setWithinLastChance(watched, isDue ? again : Math.min(again, watched.deadline))
  }

  const setWithinLastChance = (watched: Watched, at: number) =>
    alarms.set(watched, Math.min(at, watched.lastChance))

  function answered(watched: Watched, judgement: Judgement): void {
    if (judgement.state === 'active') {
      watched.isKnown = true
      // Counted from when the request was sent, so that it is never too late.
      watched.deadline = watched.askedAt + remainingMs(judgement)
      watched.lastChance = Infinity
      return alarms.set(watched, nextLook(watched, watched.askedAt + fallbackEvery))
    }
    if (judgement.meta === null && watched.isKnown) {
      // Another process may have renewed the id, and its message is still under way.
      watched.isKnown = false
      return setWithinLastChance(watched, now() + soon)
    }
    over(watched, judgement.reason)
    // Whoever finds an end records it, so that onEnd is called.
    if (judgement.meta !== null) void writeDown(watched)
  }

  async function writeDown({ key, id }: Watched): Promise<void> {
    const written = await withinLimit(timeLimit, () => judge.touch(key, null, id))
    if (isUnavailable(written)) failed(written.unavailable)
  }

  function over(watched: Watched | undefined, reason: RecordedReason): void {
    if (!watched) return
    forget(watched)
    for (const { onOver } of [...watched.members]) onOver(onWire(reason))
  }

  function forget(watched: Watched): void {
    if (all.get(watched.key) === watched) all.delete(watched.key)
    alarms.delete(watched)
    queue.delete(watched)
  }

  function renewed(key: string, renewedAs: string): void {
    const watched = all.get(key)
    if (!watched) return
    all.delete(key)
    const already = all.get(renewedAs)
    if (already) {
      forget(watched)
      for (const member of watched.members) {
        member.watched = already
        already.members.add(member)
      }
      return askNow(already)
    }
    watched.key = renewedAs
    watched.isKnown = true
    all.set(renewedAs, watched)
    // The session may have ended under its new key before it was watched under that key.
    setWithinLastChance(watched, now() + soon)
  }

  /** Spreads the checks over time. */
  function spreadLooks(): void {
    let place = 0
    for (const watched of all.values()) {
      place++
      const within = (fallbackEvery * place) / all.size
      alarms.set(watched, nextLook(watched, now() + within))
    }
  }

  /** The log does not need a line per session. */
  function failed(error: unknown): void {
    if (now() - failureReportedAt < fallbackEvery) return
    failureReportedAt = now()
    hooks.storeDown(error)
  }

  return {
    add(key, id, onOver) {
      following.start()
      const known = all.get(key)
      const watched = known ?? newWatched(key, id, now() + firstAnswerWithin)
      const member: Member = { watched, onOver }
      watched.members.add(member)
      if (!known) {
        all.set(key, watched)
        alarms.set(watched, watched.deadline)
      }
      if (now() - watched.askedAt >= fallbackEvery) queue.add(watched)
      return () => {
        member.watched.members.delete(member)
        if (member.watched.members.size === 0) forget(member.watched)
      }
    },
    close() {
      following.close()
      for (const watched of [...all.values()]) over(watched, 'unknown')
    },
  }
}
