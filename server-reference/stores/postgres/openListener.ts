import type { SubscriptionListener } from '../keepSubscribed.js'
import type { PostgresClient } from './postgresPort.js'

/** Node does not notice a peer that vanished; with this it does, within some fifteen seconds. */
const keepAlive = 5_000

/** Listens on a client that the pool lends for as long as that goes on. */
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
