import { isFromFuture } from '../decide/clockTrust.js'
import type { Facts } from '../decide/facts.js'
import type { State } from '../decide/state.js'
import type { Config } from '../options/config.js'
import type { Connections } from './connect.js'
import type { Clock, FactStorage } from './environment.js'
import { decodeFacts, encodeFacts, type Message, readMessage } from './message.js'

type Judged = Pick<Config, 'judge' | 'signedIn'>

/** Sign-ins that a browser without a server remembers. */
const mostSignIns = 10

/** Tells the other tabs, and those to come. */
export function shareFacts(
  facts: Facts,
  clock: Clock,
  { channel, storage }: Connections,
  config: Judged,
): void {
  const message = encodeFacts(facts, clock.now(), clock.wall())
  if (!message) return
  channel.post(message)
  keep(message, storage, config)
}

/** Where the clock was set back: what rests is told anew by it, or it would seem too recent. */
export function rewriteStored(
  { facts, remembered }: State,
  clock: Clock,
  storage: FactStorage,
  config: Judged,
): void {
  const known = remembered ?? facts
  const message = known.ended ? null : encodeFacts(known, clock.now(), clock.wall())
  if (message) keep(message, storage, config)
}

/** Facts of this browser from before this document. */
export function recallFacts(
  clock: Clock,
  { storage }: Pick<Connections, 'storage'>,
  { judge, signedIn }: Judged,
): Facts | null {
  const wall = clock.wall()
  if (judge === 'browser') {
    // They hold also where the clock was set back, or setting it would begin the session anew.
    const own = signIns(storage).find(({ session }) => session === signedIn?.id)
    return own ? decodeFacts(own, clock.now(), wall) : null
  }
  const stored = readMessage(storage.load())
  // The clock was set back since: the server knows better.
  if (!stored || stored.ended || isFromFuture(stored.sentAt, wall)) return null
  return decodeFacts(stored, clock.now(), wall)
}

/** Somebody else is signed in by now. What this browser itself judges by stays, or a reload began it anew. */
export function forget(storage: FactStorage, { judge }: Judged): void {
  if (judge === 'server') storage.clear()
}

/**
 * Where a server judges, a session that is over leaves nothing behind. Where none does, its sign-in
 * is remembered as over, or loading the page anew would begin it anew.
 */
function keep(message: Message, storage: FactStorage, { judge }: Judged): void {
  if (judge === 'browser') {
    const others = signIns(storage).filter(({ session }) => session !== message.session)
    storage.save([...others.slice(1 - mostSignIns), message.ended ? asOver(message) : message])
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
