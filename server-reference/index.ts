export type { EndReason, WireActive, WireEnded, WirePolicy, WireRequest } from '../src/core/wire.js'
export { type CookieSessionOptions, cookieSession } from './cookieSession.js'
export {
  createSessionSecurity,
  type Guarded,
  type SessionSecurity,
} from './createSessionSecurity.js'
export { type AppSessionStore, destroySession } from './destroySession.js'
export type { PlainGuarded } from './guard.js'
export type { HookOptions, SessionEvent, SessionInfo } from './hooks.js'
export { type MemoryStoreOptions, memoryStore } from './memoryStore.js'
export { nodeRequest, sendAnswer } from './node.js'
export type { Options, PassiveRoute, RequestOptions } from './options.js'
export { createOriginRule, type OriginOptions, type OriginVerdict } from './originRule.js'
export type { Body, PlainAnswer, PlainRequest, SessionRequest } from './plain.js'
export type { Policy } from './policy.js'
export { presets } from './presets.js'
export type { RateLimit } from './rateLimit.js'
export type {
  EndedPart,
  EndedRecord,
  Found,
  Living,
  Moments,
  Over,
  RecordedReason,
  SessionMeta,
  SessionStore,
} from './store.js'
export { type NodeHandler, toNodeGuard, toNodeHandler } from './toNodeHandler.js'
