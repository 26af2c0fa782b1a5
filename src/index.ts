export * from './core.js'
export {
  SessionExpiredScreen,
  type SessionExpiredScreenProps,
} from './dialog/expired/SessionExpiredScreen.js'
export type { Direction, LanguageOptions } from './dialog/language/LanguageProvider.js'
export {
  SessionSecurityProvider,
  type SessionSecurityProviderProps,
} from './dialog/SessionSecurityProvider.js'
export {
  SessionTimeoutNotice,
  type SessionTimeoutNoticeProps,
} from './dialog/SessionTimeoutNotice.js'
export type { Cadence } from './dialog/warning/cadence.js'
export {
  SessionWarningDialog,
  type SessionWarningDialogProps,
} from './dialog/warning/SessionWarningDialog.js'
export type { Messages } from './messages/Messages.js'
export type { ExpiredAction, RedirectAction } from './react/end/expiredAction.js'
export type { SignIn, SignInRequest } from './react/end/signIn.js'
export type { ExpiredRenderProps, WarningRenderProps } from './react/session/renderProps.js'
export { useSessionCountdown } from './react/session/useSessionCountdown.js'
export {
  type SessionActions,
  type SessionSecurity,
  useSessionSecurity,
} from './react/session/useSessionSecurity.js'
