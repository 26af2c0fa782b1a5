import type { Config } from './config.js'
import type { Connections } from './connect.js'
import type { Clock, FactStorage } from './environment.js'
import type { Facts } from './facts.js'
import { decodeFacts, encodeFacts, isFromFuture, readMessage } from './message.js'
import type { State } from './state.js'

/** Tells the other tabs, and those to come. A session that is over leaves nothing behind. */
export function shareFacts(facts: Facts, clock: Clock, { channel, storage }: Connections): void {
  const message = encodeFacts(facts, clock.now(), clock.wall())
  if (!message) return
  channel.post(message)
  if (message.ended === null) storage.save(message)
  else storage.clear()
}

/** Where the clock was set back: what rests is told anew by it, or it would seem too recent. */
export function saveAnew({ facts, remembered }: State, clock: Clock, storage: FactStorage): void {
  const known = remembered ?? facts
  const message = known.ended ? null : encodeFacts(known, clock.now(), clock.wall())
  if (message) storage.save(message)
}

/** Facts of this browser from before this document. */
export function recallFacts(
  clock: Clock,
  { storage }: Connections,
  judge: Config['judge'],
): Facts | null {
  const stored = readMessage(storage.load())
  const wall = clock.wall()
  // The clock was set back since: the server knows better. Without one they hold all the same, or
  // setting the clock would begin the session anew.
  if (!stored || stored.ended || (judge === 'server' && isFromFuture(stored, wall))) return null
  return decodeFacts(stored, clock.now(), wall)
}
