export type { CoveredPage, Shown } from './browser/cover/pageCover.js'
export {
  type BrowserSessionOptions as CreateSessionOptions,
  createBrowserSession as createSession,
} from './browser/createBrowserSession.js'
export { type ReturnPathOptions, returnPath } from './browser/leaving/returnPath.js'
export {
  type ActivityOptions,
  type ActivitySource,
  defaultActivityEvents,
} from './browser/ports/input.js'
export {
  createSessionFetch,
  type SessionFetchOptions,
} from './browser/requests/createSessionFetch.js'
export { type HttpTransportOptions, httpTransport } from './browser/requests/httpTransport.js'
export {
  type TrackedAnswer,
  type TrackedRequest,
  trackRequests,
} from './browser/requests/trackRequests.js'
export { announceActivity } from './browser/sources/announceActivity.js'
export { type ForeignFrameOptions, foreignFrame } from './browser/sources/foreignFrame.js'
export { type OpenedWindows, openedWindows } from './browser/sources/openedWindows.js'
export { playingMedia } from './browser/sources/playingMedia.js'
export { sameOriginFrames } from './browser/sources/sameOriginFrames.js'
export type { SessionCallbacks } from './core/callbacks.js'
export type { ExtendOn, SignedIn, WhenUnreachable } from './core/options/config.js'
export type { SessionOptions } from './core/options/options.js'
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
export type { Policy } from './protocol/policy.js'
export type { AskRequest, EndRequest, Transport } from './protocol/transport.js'
export type { ActiveVerdict, EndedVerdict, UnknownVerdict, Verdict } from './protocol/verdict.js'
export type { WireActive } from './protocol/wire.js'
