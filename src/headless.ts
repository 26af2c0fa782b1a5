export { type ReturnPathOptions, returnPath } from './core.js'
export type { ExpiredAction, RedirectAction } from './react/end/expiredAction.js'
export type { SignIn, SignInRequest } from './react/end/signIn.js'
export {
  SessionProvider as SessionSecurityProvider,
  type SessionProviderProps as SessionSecurityProviderProps,
} from './react/SessionProvider.js'
export { useSessionCountdown } from './react/session/useSessionCountdown.js'
export {
  type SessionActions,
  type SessionSecurity,
  useSessionSecurity,
} from './react/session/useSessionSecurity.js'
