import type { SimulatedTab, Simulation } from '../../../src/testing.js'
import type { Observer } from './history.js'

/** How late (ms) a tab may be: timers are up to 10 ms late, a round trip takes up to 40 ms. */
const slackMs = 150

interface Seen {
  session: SimulatedTab['session']
  status: string
  /** Whose document it is; `null` if the answer that showed it may be from before a sign-in. */
  person: string | null | undefined
  /** The server's session when the tab last started to show its content. */
  handle: string | null
  /** When the document was loaded. */
  loadedAt: number
  /** While no server answered, the tab may have continued with facts of an older session. */
  everUnreachable: boolean
  expiredAt: number | null
  /** The tab runs by its own policy and has never had an answer from the server. */
  unproved: boolean
  warned: boolean
  /** When the tab signed out, until the server has confirmed it. */
  signedOutAt: number | null
  /** How long the machine had slept, and how far the wall clock was off, at the last check. */
  slept: number
  wallOffset: number
}

export interface Watch extends Observer {
  /** Call this after each event. */
  check(): void
  /**
   * Call this for an event that excuses a missing warning: sleep, a clock change, a freeze, an
   * outage.
   */
  disturb(): void
}

/** Checks the invariants in a running simulation. Throws if one is broken. */
export function watch(
  world: () => Simulation,
  expireAfter: number,
  warningWindow: number,
  hasServer = true,
): Watch {
  const seen = new Map<SimulatedTab, Seen>()
  let lastAct = 0
  let signedInAt = 0
  let disturbedAt = -Infinity
  let slept = 0
  /**
   * A known limitation (docs/tabs-and-time.md): a clock set back masks as much sleep in a frozen
   * tab.
   */
  let sleptUnnoticed = 0
  /**
   * Without a server, stored facts seem more recent by this much, because the clock was set back.
   */
  let setBackInAll = 0
  let wallOffset = 0

  function claim(holds: boolean, tab: SimulatedTab, what: string): void {
    if (!holds)
      throw new Error(`${tab.name} at ${world().now()} ms: ${what}\n${world().timeline()}`)
  }

  function before(tab: SimulatedTab): Seen {
    const known = seen.get(tab)
    if (known && known.session === tab.session) return known
    const fresh: Seen = {
      session: tab.session,
      status: 'disabled',
      person: undefined,
      handle: null,
      loadedAt: world().now(),
      everUnreachable: false,
      expiredAt: null,
      unproved: false,
      warned: false,
      signedOutAt: null,
      slept: world().browser.sleptFor,
      wallOffset: world().browser.wallOffset,
    }
    seen.set(tab, fresh)
    return fresh
  }

  function remaining(): number {
    if (hasServer) return world().server.remaining()
    return Math.max(lastAct, signedInAt) + expireAfter - world().now()
  }

  /** A sign-out may only be confirmed if nobody is signed in any more, or another person is. */
  function checkSignOut(tab: SimulatedTab, { person }: Seen, signedOutAt: number): void {
    const { server } = world()
    const isGone = server.signedIn() === null || server.signedIn() !== person
    claim(isGone || signedInAt >= signedOutAt, tab, 'a sign-out was confirmed but ended nothing')
  }

  function checkTab(tab: SimulatedTab): void {
    const now = world().now()
    const previous = before(tab)
    const { status, covered, reason, unreachable, signOutConfirmed } = tab.view()
    const shown = status === 'active' || status === 'warning'

    if (shown && previous.status === 'checking' && unreachable) previous.unproved = true
    if (!unreachable) previous.unproved = false
    previous.everUnreachable ||= unreachable

    const { sleptFor, wallOffset } = world().browser
    const setBack = previous.wallOffset - wallOffset
    sleptUnnoticed += Math.max(0, Math.min(sleptFor - previous.slept, setBack))
    previous.slept = sleptFor
    previous.wallOffset = wallOffset

    // Safety: a tab shows nothing protected after the true deadline.
    const late = now - Math.max(lastAct, signedInAt) - expireAfter
    const inTime = late <= slackMs + sleptUnnoticed + (hasServer ? 0 : setBackInAll)
    claim(!shown || previous.unproved || inTime, tab, `shown ${late} ms past its deadline`)

    const { signedOutAt } = previous
    if (signOutConfirmed && signedOutAt !== null) checkSignOut(tab, previous, signedOutAt)
    previous.signedOutAt = signOutConfirmed ? null : (signedOutAt ?? now)

    // Safety: only a new sign-in revives an expired tab.
    if (previous.expiredAt !== null && shown) {
      const isOther = previous.handle !== null && previous.handle !== world().server.handle
      const excused = isOther || signedInAt > previous.loadedAt || previous.everUnreachable
      claim(excused, tab, 'revived without a new sign-in')
      claim(
        !previous.person || world().server.subject === previous.person,
        tab,
        "shows one person's page to another",
      )
      previous.expiredAt = null
    }
    if (shown && previous.status !== 'active' && previous.status !== 'warning')
      previous.handle = world().server.handle
    if (shown && previous.person === undefined && !unreachable)
      previous.person = signedInAt > previous.loadedAt ? null : world().server.signedIn()

    if (status === 'expired' && previous.status !== 'expired') {
      previous.expiredAt = now
      if (reason === 'idle' && now - disturbedAt > warningWindow) {
        // Liveness: an active user is never signed out for idle time …
        claim(remaining() <= slackMs, tab, `idle while the server gives ${remaining()} ms`)
        // … and a warning comes before an idle end.
        claim(previous.warned, tab, 'expired without a warning')
      }
    }
    if (status === 'warning') previous.warned = true
    if (status === 'active') previous.warned = false
    previous.status = status

    // Thrift: a tab that waits for something has exactly one wake-up armed.
    claim(tab.armedTimers <= 1, tab, `${tab.armedTimers} wake-ups armed`)
    claim(!shown || tab.armedTimers === 1, tab, 'no wake-up armed')
    claim(status !== 'expired' || covered, tab, 'expired but not covered')
  }

  return {
    acted: () => {
      lastAct = world().now()
    },
    signedIn: () => {
      signedInAt = world().now()
    },
    received: (tab, person) => {
      const { person: shown } = before(tab)
      claim(!shown || person === shown, tab, `got a response for ${person}, but shows ${shown}`)
    },
    disturb: () => {
      disturbedAt = world().now()
    },
    check: () => {
      if (world().browser.sleptFor > slept) disturbedAt = world().now()
      slept = world().browser.sleptFor
      setBackInAll += Math.max(0, wallOffset - world().browser.wallOffset)
      wallOffset = world().browser.wallOffset
      for (const tab of world().tabs) {
        // A frozen tab may reload, too. Its document starts then, not when the tab resumes.
        before(tab)
        if (tab.awake) checkTab(tab)
      }
    },
  }
}
