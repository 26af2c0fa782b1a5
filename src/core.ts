export {
  type BrowserSessionOptions as CreateSessionOptions,
  createBrowserSession as createSession,
} from './browser/createBrowserSession.js'
export { createSessionFetch, type SessionFetchOptions } from './browser/createSessionFetch.js'
export { type HttpTransportOptions, httpTransport } from './browser/httpTransport.js'
export {
  type ActivityOptions,
  type ActivitySource,
  defaultActivityEvents,
} from './browser/inputSource.js'
export type { CoveredPage, Shown } from './browser/pageCover.js'
export { type ReturnPathOptions, returnPath } from './browser/returnPath.js'
export { announceActivity } from './browser/sources/announceActivity.js'
export { type ForeignFrameOptions, foreignFrame } from './browser/sources/foreignFrame.js'
export { type OpenedWindows, openedWindows } from './browser/sources/openedWindows.js'
export { playingMedia } from './browser/sources/playingMedia.js'
export { sameOriginFrames } from './browser/sources/sameOriginFrames.js'
export {
  type TrackedAnswer,
  type TrackedRequest,
  trackRequests,
} from './browser/trackRequests.js'
export type { SessionCallbacks } from './core/callbacks.js'
export type { ExtendOn, SignedIn, WhenUnreachable } from './core/config.js'
export type { SessionOptions } from './core/options.js'
export type { Policy } from './core/policy.js'
export type {
  EndsBy,
  ExtendResult,
  Extension,
  HoldOptions,
  Reason,
  Session,
  SessionHint,
  SessionState,
  Status,
} from './core/session.js'
export type { SessionOverError } from './core/sessionOver.js'
export type { AskRequest, EndRequest, Transport } from './core/transport.js'
export type { ActiveVerdict, EndedVerdict, UnknownVerdict, Verdict } from './core/verdict.js'
export type { WireActive } from './core/wire.js'
