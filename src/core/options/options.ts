import type { Policy } from '../../protocol/policy.js'
import type { Transport } from '../../protocol/transport.js'
import type { WireActive } from '../../protocol/wire.js'
import type { SessionCallbacks } from '../callbacks.js'
import type { ExtendOn, SignedIn, WhenUnreachable } from './config.js'

/**
 * Options of a session. Exactly one source of truth: `endpoint`, `transport`, or neither and a
 * `policy`, `name` and `signedIn`, and then this browser alone judges.
 */
export interface SessionOptions extends SessionCallbacks {
  /** Address of the session protocol (`docs/protocol.md`) on the app's own server. */
  endpoint?: string
  /** Another way to ask, for a back end with a protocol of its own. */
  transport?: Transport
  /**
   * Limits in ms, `false` for off. The server's answer wins. It is compared by value.
   * @default `{ warnAfter: 480_000, expireAfter: 600_000, absoluteTimeout: false, warnBeforeAbsolute: 300_000 }`
   */
  policy?: Partial<Policy>
  /** Opaque name of the signed-in person, for transports whose answers carry none. */
  subject?: string
  /**
   * Who is signed in, where this browser alone judges; required there. With another `id` the session
   * begins anew, and one that is over stays over.
   */
  signedIn?: SignedIn
  /**
   * What extends while the warning shows: any input, or only the button.
   * @default 'activity'
   */
  extendOn?: ExtendOn
  /**
   * While the server can't be reached: `'local'`, this browser judges by its own facts;
   * `'close'`, the last confirmed deadline is final.
   * @default 'local'
   */
  whenUnreachable?: WhenUnreachable
  /**
   * Covers the page also at first load until the first answer, for apps that show persisted data.
   * @default false
   */
  hideWhileChecking?: boolean
  /** The server's answer (200) rendered into the page: saves the first question. */
  initialSession?: WireActive
  /**
   * How often at most the server hears of activity, in ms; never less often than half of
   * `warnAfter`.
   * @default 60_000
   */
  reportEvery?: number
  /** How long a question may take, in ms. @default 5_000 */
  pingTimeout?: number
  /**
   * Permits less than 20 s between warning and end, which WCAG 2.2.1 does not.
   * @default false
   */
  allowShortWarning?: boolean
  /**
   * Keeps two apps of one origin apart. Required where nothing is asked.
   * @default the endpoint
   */
  name?: string
}
