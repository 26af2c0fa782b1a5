import type { Policy } from '../../protocol/policy.js'
import type { Transport } from '../../protocol/transport.js'
import type { WireActive } from '../../protocol/wire.js'
import type { SessionCallbacks } from '../callbacks.js'
import type { ExtendOn, SignedIn, WhenUnreachable } from './config.js'

/**
 * Options of a session. Give either `endpoint`, or `transport`, or neither. Without both, the
 * browser alone decides when the session is over, and `policy`, `name` and `signedIn` are required.
 */
export interface SessionOptions extends SessionCallbacks {
  /** Address of the session protocol's endpoint (`docs/protocol.md`) on the app's own server. */
  endpoint?: string
  /** How to talk to a back end that has a protocol of its own, instead of `endpoint`. */
  transport?: Transport
  /**
   * Limits in ms; `false` turns one off. A policy in the server's answer overrides it. Compared by
   * value, so an inline object does not restart the session.
   * @default `{ warnAfter: 480_000, expireAfter: 600_000, absoluteTimeout: false, warnBeforeAbsolute: 300_000 }`
   */
  policy?: Partial<Policy>
  /** Opaque name of the signed-in person, for transports whose answers contain none. */
  subject?: string
  /**
   * Who is signed in. Required without `endpoint` and `transport`, not allowed with them. A new
   * `id` starts a new session; an `id` whose session is over stays over.
   */
  signedIn?: SignedIn
  /**
   * What extends the session while the warning shows: any input, or only the button.
   * @default 'activity'
   */
  extendOn?: ExtendOn
  /**
   * What happens while the server can't be reached. `'local'`: this browser decides by the activity
   * it sees. `'close'`: the session ends at the last deadline that the server confirmed.
   * @default 'local'
   */
  whenUnreachable?: WhenUnreachable
  /**
   * Also covers the page at first load, until the first answer. For apps that show persisted data.
   * @default false
   */
  hideWhileChecking?: boolean
  /** The server's answer (200), rendered into the page. Saves the first request. */
  initialSession?: WireActive
  /**
   * Shortest time between two reports of activity to the server, in ms. If half of `warnAfter` is
   * shorter, that is used instead.
   * @default 60_000
   */
  reportEvery?: number
  /** Timeout of a request, in ms. @default 5_000 */
  pingTimeout?: number
  /**
   * Allows less than 20 s between warning and end. WCAG 2.2.1 requires 20 s.
   * @default false
   */
  allowShortWarning?: boolean
  /**
   * Separates apps on the same origin. Required without `endpoint` and `transport`.
   * @default the endpoint
   */
  name?: string
}
