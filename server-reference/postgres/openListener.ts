import type { SubscriptionListener } from '../watch/keepSubscribed.js'

/** What is used of a client of a `pg` pool. */
export interface PostgresClient {
  query(text: string): Promise<unknown>
  on(event: string, listener: (...args: never[]) => void): unknown
  removeAllListeners(event: string): unknown
  release(destroy: boolean): void
  connection?: { stream?: { setKeepAlive?(on: boolean, ms: number): void } }
  unref?(): void
}

/** Node does not notice a peer that vanished; with this it does, within some fifteen seconds. */
const keepAlive = 5_000

/** Listens on a client that the pool lends for as long as that goes on. */
export async function openListener(
  connect: () => Promise<PostgresClient>,
  channel: string,
  { message, lost }: SubscriptionListener,
): Promise<() => void> {
  const client = await connect()
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    // Not given back to others: it would go on listening.
    client.release(true)
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
