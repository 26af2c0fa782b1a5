import type { WireRequest } from '../../src/protocol/wire.js'
import { type Awaitable, whenReady } from '../async/awaitable.js'
import type { Judgement } from '../session/judge.js'
import { signedOut, toAnswer } from './answers.js'
import type { Parts } from './parts.js'
import type { PlainAnswer } from './plain.js'
import { unavailable } from './problem.js'

/** A request with its session. GET has no body. */
export interface SessionAsked {
  key: string
  id: string
  said: WireRequest | undefined
  /** DELETE, or a POST with `signOut`. */
  signsOut: boolean
}

/** Does what the request asks for: look, report, or sign out. */
export function createApplyRequest({ handles, judge, store, hooks, clearCookie }: Parts) {
  async function signOut(key: string, id: string): Promise<PlainAnswer> {
    const { ended, confirmed } = await store.end(key, 'signed-out')
    if (ended) hooks.ended(ended, { id, confirmed })
    // A failover could undo this end. The page asks again until that is impossible.
    if (!confirmed) return unavailable()
    return ended ? signedOut(clearCookie) : nothingToEnd(key, clearCookie)
  }

  /**
   * If the session id was renewed while the request was under way, the session lives on under
   * another id. The browser has that id when it asks again.
   */
  async function nothingToEnd(key: string, clear?: typeof clearCookie): Promise<PlainAnswer> {
    return (await store.gaveUp?.(key)) ? unavailable() : signedOut(clear)
  }

  /** Does the handle belong to a former id of this session? Such handles stay valid for a while. */
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
    // A page that names another session, or none, neither prolongs nor ends this one.
    return whenReady(judge.touch(key, null, id), (judgement) => {
      if (session !== undefined && isFormer(session, judgement)) return act()
      const isNothingThere = judgement.state === 'ended' && judgement.meta === null
      return signsOut && isNothingThere ? nothingToEnd(key) : describe(judgement)
    })
  }
}
