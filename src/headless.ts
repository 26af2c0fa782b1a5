export type { ExpiredAction, RedirectAction } from './react/expiredAction.js'
export {
  SessionProvider as SessionSecurityProvider,
  type SessionProviderProps as SessionSecurityProviderProps,
} from './react/SessionProvider.js'
export type { SignIn, SignInRequest } from './react/signIn.js'
export { useSessionCountdown } from './react/useSessionCountdown.js'
export {
  type SessionActions,
  type SessionSecurity,
  useSessionSecurity,
} from './react/useSessionSecurity.js'
