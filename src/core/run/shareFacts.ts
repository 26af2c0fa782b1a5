import { isFromFuture } from '../decide/clockTrust.js'
import type { Facts } from '../decide/facts.js'
import type { State } from '../decide/state.js'
import type { Config } from '../options/config.js'
import type { Connections } from './connect.js'
import type { Clock, FactStorage } from './environment.js'
import { decodeFacts, encodeFacts, type Message, readMessage } from './message.js'

type Judged = Pick<Config, 'judge' | 'signedIn'>

/** How many sign-ins a browser without a server remembers. */
const maxSignIns = 10

/** Sends the facts to the other tabs, and stores them for tabs that open later. */
export function shareFacts(
  facts: Facts,
  clock: Clock,
  { channel, storage }: Connections,
  config: Judged,
): void {
  const message = encodeFacts(facts, clock.now(), clock.wall())
  if (!message) return
  channel.post(message)
  store(message, storage, config)
}

/**
 * After the clock was set back: stores the facts by the new time, or they would seem too recent.
 */
export function rewriteStored(
  { facts, remembered }: State,
  clock: Clock,
  storage: FactStorage,
  config: Judged,
): void {
  const known = remembered ?? facts
  const message = known.ended ? null : encodeFacts(known, clock.now(), clock.wall())
  if (message) store(message, storage, config)
}

/** Facts that this browser stored before this document was loaded. */
export function recallFacts(
  clock: Clock,
  { storage }: Pick<Connections, 'storage'>,
  { judge, signedIn }: Judged,
): Facts | null {
  const wall = clock.wall()
  if (judge === 'browser') {
    // Keep them even if the clock was set back, or setting it would restart the session.
    const own = signIns(storage).find(({ session }) => session === signedIn?.id)
    return own ? decodeFacts(own, clock.now(), wall) : null
  }
  const stored = readMessage(storage.load())
  // Facts from the future: the clock was set back. Discard them and ask the server.
  if (!stored || stored.ended || isFromFuture(stored.sentAt, wall)) return null
  return decodeFacts(stored, clock.now(), wall)
}

/**
 * Clears the stored facts because another person is signed in now. Without a server they stay, or a
 * reload would restart the session.
 */
export function forget(storage: FactStorage, { judge }: Judged): void {
  if (judge === 'server') storage.clear()
}

/**
 * With a server, a session that is over leaves nothing in the storage. Without one, its sign-in is
 * remembered as over, or a reload would restart the session.
 */
function store(message: Message, storage: FactStorage, { judge }: Judged): void {
  if (judge === 'browser') {
    const others = signIns(storage).filter(({ session }) => session !== message.session)
    storage.save([...others.slice(1 - maxSignIns), message.ended ? asOver(message) : message])
  } else if (message.ended === null) {
    storage.save(message)
  } else {
    storage.clear()
  }
}

function asOver(message: Message): Message {
  return { ...message, subject: null, idleFor: null, wishedFor: null, answer: null }
}

function signIns(storage: FactStorage): Message[] {
  const stored = storage.load()
  const messages = Array.isArray(stored) ? stored.map(readMessage) : []
  return messages.filter((message) => message !== null)
}
