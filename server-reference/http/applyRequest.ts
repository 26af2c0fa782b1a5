import type { WireRequest } from '../../src/protocol/wire.js'
import { type Awaitable, whenReady } from '../async/awaitable.js'
import type { Judgement } from '../session/judge.js'
import { signedOut, toAnswer } from './answers.js'
import type { Parts } from './parts.js'
import type { PlainAnswer } from './plain.js'
import { unavailable } from './problem.js'

/** A request whose session is known. GET says nothing. */
export interface SessionAsked {
  key: string
  id: string
  said: WireRequest | undefined
  /** DELETE, or a POST that says so. */
  signsOut: boolean
}

/** Asks the store for what a request wants: to look, to report, or to sign out. */
export function createApplyRequest({ handles, judge, store, hooks, clearCookie }: Parts) {
  async function signOut(key: string, id: string): Promise<PlainAnswer> {
    const { ended, confirmed } = await store.end(key, 'signed-out')
    if (ended) hooks.ended(ended, { id, confirmed })
    // A failover could undo it: the page has to ask again until that is impossible.
    if (!confirmed) return unavailable()
    return ended ? signedOut(clearCookie) : nothingToEnd(key, clearCookie)
  }

  /**
   * Where the id was renewed while the request was under way, the session lives on under another one,
   * which the browser has by the time it asks again.
   */
  async function nothingToEnd(key: string, clear?: typeof clearCookie): Promise<PlainAnswer> {
    return (await store.gaveUp?.(key)) ? unavailable() : signedOut(clear)
  }

  /** A session whose id was renewed still answers to the handles of its former ids, for a while. */
  function isFormer(handle: string, judgement: Judgement): boolean {
    if (judgement.state === 'ended') return false
    const { renewedFrom = [] } = judgement.meta
    return renewedFrom.some(
      ({ key, at }) => judgement.at - at < store.retainEnded && handles.names(handle, key),
    )
  }

  return ({ key, id, said, signsOut }: SessionAsked): Awaitable<PlainAnswer> => {
    const describe = (judgement: Judgement) => toAnswer(judgement, key, handles)
    if (!said) return whenReady(judge.peek(key), describe)
    const { session, idleForMs = null } = said
    const act = () =>
      signsOut ? signOut(key, id) : whenReady(judge.touch(key, idleForMs, id), describe)
    if (session !== undefined && handles.names(session, key)) return act()
    // A page that means another session, or knows none yet, neither prolongs nor ends this one.
    return whenReady(judge.touch(key, null, id), (judgement) => {
      if (session !== undefined && isFormer(session, judgement)) return act()
      const isNothingThere = judgement.state === 'ended' && judgement.meta === null
      return signsOut && isNothingThere ? nothingToEnd(key) : describe(judgement)
    })
  }
}
