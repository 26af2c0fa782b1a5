export type { EndReason, WireActive, WireEnded, WirePolicy, WireRequest } from '../src/core/wire.js'
export { type CookieSessionOptions, cookieSession } from './cookieSession.js'
export { createSessionSecurity, type SessionSecurity } from './createSessionSecurity.js'
export { type AppSessionStore, destroySession } from './destroySession.js'
export type { GuardOptions, LoadedId, PlainGuard, PlainGuarded } from './guard.js'
export type { HookOptions, SessionEvent, SessionInfo } from './hooks.js'
export { type MemoryStoreOptions, memoryStore } from './memoryStore.js'
export { nodeRequest, sendAnswer } from './node.js'
export type { Options, PassiveRoute, RequestOptions, SignInWhere } from './options.js'
export { createOriginRule, type OriginOptions, type OriginVerdict } from './originRule.js'
export type {
  Body,
  PlainAnswer,
  PlainRequest,
  Refusal,
  RefusalRule,
  SessionRequest,
} from './plain.js'
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
  StoreEndsListener,
} from './store.js'
export {
  type NodeGuardOptions,
  type NodeHandler,
  type NodeRequest,
  type NodeResponse,
  toNodeGuard,
  toNodeHandler,
} from './toNodeHandler.js'
export type { Guarded } from './webGuard.js'
