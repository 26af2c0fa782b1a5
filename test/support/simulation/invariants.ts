import type { SimulatedTab, Simulation } from '../../../src/testing.js'
import type { Observer } from './history.js'

/** Timers are up to 10 ms late, answers up to 40 ms under way; in ms, with room. */
const slack = 150

interface Seen {
  session: SimulatedTab['session']
  status: string
  /** Whose document it is; `null` where the answer that showed it may be from before a sign-in. */
  person: string | null | undefined
  /** The session that the server knew when it last began to show its content. */
  handle: string | null
  /** When the document was loaded. */
  began: number
  /** It may have gone on by facts of an older session while no server answered. */
  everUnreachable: boolean
  expiredAt: number | null
  /** Running by its own policy, without ever having heard from the server. */
  unproved: boolean
  warned: boolean
  /** When it signed out, while the server has yet to confirm that. */
  signedOutAt: number | null
  /** Both clocks, as it last saw them: by how much the machine had slept, and the wall clock was off. */
  slept: number
  wallOffset: number
}

export interface Watch extends Observer {
  /** To be called after each event. */
  check(): void
  /** Something that excuses a missing warning: sleep, a step of the clock, a freeze, an outage. */
  disturb(): void
}

/** Holds a running simulation to what must never happen; throws with what did. */
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
  /** What docs/tabs-and-time.md leaves: as much sleep as the clock was set back in a frozen tab. */
  let sleptUnnoticed = 0
  /** Without a server, what rests while no tab runs seems as recent as the clock was set back. */
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
      began: world().now(),
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

  /** Confirmed is a sign-out only when nobody is signed in any more, or somebody else is. */
  function checkSignOut(tab: SimulatedTab, { person }: Seen, signedOutAt: number): void {
    const { server } = world()
    const isGone = server.signedIn() === null || server.signedIn() !== person
    claim(isGone || signedInAt >= signedOutAt, tab, 'a sign-out is confirmed that ended nothing')
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

    // Safety: nothing protected is shown past the true deadline.
    const late = now - Math.max(lastAct, signedInAt) - expireAfter
    const inTime = late <= slack + sleptUnnoticed + (hasServer ? 0 : setBackInAll)
    claim(!shown || previous.unproved || inTime, tab, `shown ${late} ms past its deadline`)

    const { signedOutAt } = previous
    if (signOutConfirmed && signedOutAt !== null) checkSignOut(tab, previous, signedOutAt)
    previous.signedOutAt = signOutConfirmed ? null : (signedOutAt ?? now)

    // Safety: nothing but a new sign-in revives what is over.
    if (previous.expiredAt !== null && shown) {
      const isOther = previous.handle !== null && previous.handle !== world().server.handle
      const excused = isOther || signedInAt > previous.began || previous.everUnreachable
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
      previous.person = signedInAt > previous.began ? null : world().server.signedIn()

    if (status === 'expired' && previous.status !== 'expired') {
      previous.expiredAt = now
      if (reason === 'idle' && now - disturbedAt > warningWindow) {
        // Liveness: who is active is never signed out by idleness …
        claim(remaining() <= slack, tab, `idle while the server gives ${remaining()} ms`)
        // … and a warning comes before an idle end.
        claim(previous.warned, tab, 'over without a warning')
      }
    }
    if (status === 'warning') previous.warned = true
    if (status === 'active') previous.warned = false
    previous.status = status

    // Thrift: one wake-up is armed while there is something to wait for, never two.
    claim(tab.armedTimers <= 1, tab, `${tab.armedTimers} timers armed`)
    claim(!shown || tab.armedTimers === 1, tab, 'nothing armed')
    claim(status !== 'expired' || covered, tab, 'over but not covered')
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
      claim(!shown || person === shown, tab, `given an answer of ${person}, but shows ${shown}`)
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
        // A frozen one may load anew, too: its document begins then, not when it goes on.
        before(tab)
        if (tab.awake) checkTab(tab)
      }
    },
  }
}
