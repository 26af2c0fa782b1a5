import type { Transport } from '../../protocol/transport.js'
import { isFromFuture, isMessageTrusted } from '../decide/clockTrust.js'
import type { Event } from '../decide/state.js'
import { createRequests, type Requests } from './createRequests.js'
import { createWakeUp, type WakeUp } from './createWakeUp.js'
import type { Channel, Environment, FactStorage, InputSource } from './environment.js'
import { decodeFacts, readMessage, sentAtOf } from './message.js'

/** For a page that the user has left. Its facts are in the storage. */
const closedChannel: Channel = { post: () => {}, close: () => {} }

/** What connects one running session to its environment. */
export interface Connections {
  wakeUp: WakeUp
  channel: Pick<Channel, 'post'>
  storage: FactStorage
  input: InputSource
  requests: Requests | null
  close(): void
}

/** Connects a session to its environment. `throttle` says how long (ms) input may be held back. */
export function connect(
  name: string,
  transport: Transport | null,
  environment: Environment,
  dispatch: (event: Event) => void,
  throttle: () => number,
): Connections {
  const { clock } = environment
  const wakeUp = createWakeUp(environment, () => dispatch({ type: 'woke' }))
  let channel = environment.channel(name, receive)
  const mutex = environment.mutex(name)
  const storage = environment.storage(name)
  const requests = transport && createRequests(transport, mutex, environment, dispatch)
  const input = environment.input((at) => {
    dispatch({ type: 'input', at })
    return throttle()
  })
  const leavePage = environment.page((event) => {
    if (event === 'restored') channel = environment.channel(name, receive)
    dispatch({ type: event })
    if (event !== 'leaving') return
    // An open channel would keep the page out of the back/forward cache.
    channel.close()
    channel = closedChannel
  })

  function receive(data: unknown): void {
    const now = clock.now()
    const wall = clock.wall()
    const message = readMessage(data)
    if (!message || isFromFuture(message.sentAt, wall)) return
    const sentAt = sentAtOf(message, now, wall)
    if (!message.ended && !isMessageTrusted(sentAt, clock.changes(), transport !== null)) {
      // The message only proves that the server answers. Ask it what this tab has missed.
      dispatch({ type: 'returned' })
      dispatch({ type: 'check' })
    } else {
      dispatch({ type: 'message', facts: decodeFacts(message, now, wall) })
    }
  }

  return {
    wakeUp,
    channel: { post: (message) => channel.post(message) },
    storage,
    input,
    requests,
    close: () => {
      requests?.stop()
      wakeUp.arm(null, clock.now())
      input.stop()
      leavePage()
      channel.close()
      mutex.close()
    },
  }
}
