import type { SubscriptionListener } from '../keepSubscribed.js'
import type { PostgresClient } from './postgresPort.js'

/**
 * Node does not notice that the peer has vanished. With this it does, within about fifteen
 * seconds.
 */
const keepAlive = 5_000

/** Listens on a client that is checked out of the pool meanwhile. */
export async function openListener(
  lend: () => Promise<{ client: PostgresClient; giveBack: () => void }>,
  channel: string,
  { message, lost }: SubscriptionListener,
): Promise<() => void> {
  const { client, giveBack } = await lend()
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    giveBack()
  }
  const fail = (error?: unknown) => {
    if (isOpen) lost(error ?? new Error('The connection was closed.'))
  }
  client.on('error', fail)
  client.on('end', () => fail())
  client.on('notification', ({ payload = '' }: { payload?: string }) => {
    if (isOpen) message(payload)
  })
  try {
    await client.query(`LISTEN ${channel}`)
  } catch (error) {
    close()
    throw error
  }
  client.connection?.stream?.setKeepAlive?.(true, keepAlive)
  client.unref?.()
  return close
}
