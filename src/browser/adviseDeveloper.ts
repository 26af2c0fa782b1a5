import type { Config } from '../core/options/config.js'
import type { Session } from '../core/session.js'

/** Replaced by bundlers. Does not exist without a bundler. */
declare const process: { env: { NODE_ENV?: string } }

/** Less time (ms) than this between warning and end is short for a user with a screen reader. */
const comfortableWarningMs = 60_000

/** Warns in development about options that are valid but probably not meant. */
export function adviseDeveloper({ judge, policy }: Config): void {
  if (!isDevelopment()) return
  const { warnAfter, expireAfter } = policy
  if (judge === 'browser') {
    warn(
      'no `endpoint` and no `transport`: only this browser decides, which protects nothing on the server.',
    )
  }
  if (
    warnAfter !== false &&
    expireAfter !== false &&
    expireAfter - warnAfter < comfortableWarningMs
  ) {
    warn(`only ${expireAfter - warnAfter} ms between warning and end; give users a minute or more.`)
  }
}

/** Logs why the server refuses the page: that is a mistake in the set-up, not in the network. */
export function adviseOnRefusal(session: Session): void {
  if (!isDevelopment()) return
  const told = new Set<string>()
  session.subscribe(() => {
    const { refused } = session.getState()
    if (refused === null || told.has(refused)) return
    told.add(refused)
    warn(`the server refuses to say how the session stands: ${refused}`)
  })
}

function warn(text: string): void {
  console.warn(`react-session-security: ${text}`)
}

function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV === 'development'
  } catch {
    // There is no `process`, or an element of the page has that name.
    return false
  }
}
