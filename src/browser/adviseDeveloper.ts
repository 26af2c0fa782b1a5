import type { Config } from '../core/options/config.js'
import type { Session } from '../core/session.js'

/** Replaced by bundlers; absent where none was used. */
declare const process: { env: { NODE_ENV?: string } }

/** Less than this between warning and end, in ms, is little for somebody with a screen reader. */
const comfortableWarning = 60_000

/** Says in development what is allowed but probably not meant. */
export function adviseDeveloper({ judge, policy }: Config): void {
  if (!isDevelopment()) return
  const { warnAfter, expireAfter } = policy
  if (judge === 'browser') {
    warn(
      'no `endpoint` and no `transport`: only this browser judges, which protects nothing on the server.',
    )
  }
  if (
    warnAfter !== false &&
    expireAfter !== false &&
    expireAfter - warnAfter < comfortableWarning
  ) {
    warn(`only ${expireAfter - warnAfter} ms between warning and end; a minute or more is kinder.`)
  }
}

/** A refusal is a fault of the set-up, which the page itself can only show as "no answer". */
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
    // There is none, or an element of the page with this name in its place.
    return false
  }
}
