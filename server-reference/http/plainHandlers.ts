import type { Awaitable } from '../async/awaitable.js'
import type { PlainGuard } from './guard.js'
import type { PlainAnswer, PlainRequest } from './plain.js'

/** The endpoint and the guard as functions of plain values. */
export interface PlainHandlers {
  endpoint(request: PlainRequest): Awaitable<PlainAnswer>
  guard: PlainGuard
}
