export * from './core.js'
export type { Cadence } from './dialog/cadence.js'
export type { Direction, LanguageOptions } from './dialog/LanguageProvider.js'
export {
  SessionExpiredScreen,
  type SessionExpiredScreenProps,
} from './dialog/SessionExpiredScreen.js'
export {
  SessionSecurityProvider,
  type SessionSecurityProviderProps,
} from './dialog/SessionSecurityProvider.js'
export {
  SessionTimeoutNotice,
  type SessionTimeoutNoticeProps,
} from './dialog/SessionTimeoutNotice.js'
export {
  SessionWarningDialog,
  type SessionWarningDialogProps,
} from './dialog/SessionWarningDialog.js'
export type { Messages } from './messages/Messages.js'
export type { ExpiredAction, RedirectAction } from './react/expiredAction.js'
export type { ExpiredRenderProps, WarningRenderProps } from './react/renderProps.js'
export type { SignIn, SignInRequest } from './react/signIn.js'
export { useSessionCountdown } from './react/useSessionCountdown.js'
export {
  type SessionActions,
  type SessionSecurity,
  useSessionSecurity,
} from './react/useSessionSecurity.js'
