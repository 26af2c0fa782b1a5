export type {
  EndReason,
  WireActive,
  WireEnded,
  WirePolicy,
  WireRequest,
} from '../src/protocol/wire.js'
export { createSessionSecurity, type SessionSecurity } from './createSessionSecurity.js'
export { type CookieSessionOptions, cookieSession } from './http/cookieSession.js'
export type { GuardOptions, LoadedId, PlainGuard, PlainGuarded } from './http/guard.js'
export type { HttpOptions, PassiveRoute, RequestOptions, SignInWhere } from './http/httpOptions.js'
export { nodeRequest, sendAnswer } from './http/node.js'
export { createOriginRule, type OriginOptions, type OriginVerdict } from './http/originRule.js'
export type {
  Body,
  PlainAnswer,
  PlainRequest,
  SessionRequest,
} from './http/plain.js'
export type { PlainHandlers } from './http/plainHandlers.js'
export type { RateLimit } from './http/rateLimit.js'
export {
  type NodeGuardOptions,
  type NodeHandler,
  type NodeRequest,
  type NodeResponse,
  toNodeGuard,
  toNodeHandler,
} from './http/toNodeHandler.js'
export type { Guarded } from './http/webGuard.js'
export type { Policy } from './options/policy.js'
export { presets } from './options/presets.js'
export type { Options } from './options.js'
export { type AppSessionStore, destroySession } from './session/destroySession.js'
export type { HookOptions, SessionEvent, SessionInfo } from './session/hooks.js'
export type { Refusal, RefusalRule } from './session/refusal.js'
export { type MemoryStoreOptions, memoryStore } from './stores/memory/memoryStore.js'
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
} from './stores/store.js'
