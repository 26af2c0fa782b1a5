import type { Transport } from '../../../../src/protocol/transport.js'
import type { Verdict } from '../../../../src/protocol/verdict.js'
import type { EndReason } from '../../../../src/protocol/wire.js'

/** What a test may tell the page's server, by `page.evaluate`. */
export interface ScriptedServer {
  mood: 'well' | 'down' | 'silent'
  ended: EndReason | null
  /** Shortens the limits until somebody is active again, and so leaves two minutes. */
  hurry(): void
  /** How many reports came in that were to prolong the session. */
  extended: number
}

/** A server within the page: idle for as long as the address says, and as its mood is. */
export function scriptedServer(left: number, absolute: boolean): [ScriptedServer, Transport] {
  const usual = { warnAfter: 480_000, expireAfter: 600_000, warnBeforeAbsolute: 300_000 }
  let policy = usual
  let hurriedAt = 0
  const server: ScriptedServer = {
    mood: 'well',
    ended: null,
    extended: 0,
    hurry() {
      policy = { ...usual, warnAfter: 100, expireAfter: 120_100 }
      hurriedAt = Date.now()
    },
  }
  let lastActivity = Date.now() - (usual.expireAfter - left)
  const endsAt = absolute ? Date.now() + left : Infinity

  async function ask({ idleFor }: { idleFor?: number }): Promise<Verdict> {
    const now = Date.now()
    if (server.mood === 'silent') return new Promise(() => {})
    if (server.mood === 'down') throw new Error('down')
    if (server.ended) return { state: 'ended', reason: server.ended, session: 'one' }
    if (idleFor !== undefined && now - idleFor > lastActivity) {
      lastActivity = now - idleFor
      if (lastActivity > hurriedAt) policy = usual
      server.extended += 1
    }
    const idle = absolute ? 0 : now - lastActivity
    const remaining = Math.min(policy.expireAfter - idle, endsAt - now)
    if (remaining <= 0) return { state: 'ended', reason: 'idle', session: 'one' }
    const times = { remaining, idle, absoluteRemaining: absolute ? endsAt - now : null }
    return { state: 'active', session: 'one', subject: 'ada', policy, ...times }
  }

  return [
    server,
    {
      ask,
      end: async () => {
        server.ended = 'signed-out'
      },
    },
  ]
}
