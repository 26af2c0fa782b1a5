export { SessionQueryGuard, type SessionQueryGuardProps } from './query/SessionQueryGuard.js'
