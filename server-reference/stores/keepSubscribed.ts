import type { RecordedReason, StoreEndsListener } from './store.js'

/** What the connection reports to a subscription. */
export interface SubscriptionListener {
  message(text: string): void
  /** The connection is gone. Later messages from it do not count. */
  lost(error: unknown): void
}

export interface Subscribing {
  /** Resolves once the server has confirmed the subscription, with a function that ends it. */
  open(listener: SubscriptionListener): Promise<() => void>
  /** Sends a message the same way as the store's own messages. */
  publish(text: string): Promise<unknown>
}

/** Milliseconds within which a test message must come back. */
const probeWithin = 2_000
/** Milliseconds between two attempts: the first, and the maximum. Each one doubles. */
const firstBackOff = 100
const longestBackOff = 10_000

let probes = 0

/**
 * Keeps one subscription to a store's ends, and reconnects if it is lost. A subscription only
 * counts once a test message came through it: behind some poolers and access rules none ever
 * does.
 */
export function keepSubscribed(
  { open, publish }: Subscribing,
  listener: StoreEndsListener,
): () => void {
  let attempt = 0
  let failures = 0
  let close: (() => void) | null = null
  let timer: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const own = ++attempt
    const isCurrent = () => own === attempt
    const lost = (error: unknown) => {
      if (isCurrent()) retry(error)
    }
    const probe = `probe ${process.pid} ${Date.now()} ${++probes}`
    let arrived = () => {}
    try {
      const opened = await open({
        message(text) {
          if (text === probe) arrived()
          else if (isCurrent()) tell(text, listener)
        },
        lost,
      })
      if (!isCurrent()) return opened()
      close = opened
      await comesBack(
        new Promise<void>((resolve) => {
          arrived = resolve
        }),
        () => publish(probe),
      )
      if (!isCurrent()) return
      failures = 0
      listener.connected()
    } catch (error) {
      lost(error)
    }
  }

  function retry(error: unknown): void {
    stop()
    timer = setTimeout(connect, Math.min(longestBackOff, firstBackOff * 2 ** failures++)).unref()
    listener.lost(error)
  }

  function stop(): void {
    attempt++
    close?.()
    close = null
    clearTimeout(timer)
  }

  void connect()
  return stop
}

async function comesBack(arrived: Promise<void>, send: () => Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new Error('A message to the store’s own subscription did not come back.')
    timer = setTimeout(reject, probeWithin, error).unref()
  })
  try {
    await Promise.race([Promise.all([send(), arrived]), late])
  } finally {
    clearTimeout(timer)
  }
}

/** `ended <key> <reason>`, `renewed <key> <new key>` or `changed <key>`. */
function tell(text: string, listener: StoreEndsListener): void {
  const [kind, key, more] = text.split(' ')
  if (key === undefined) return
  if (kind === 'ended' && more !== undefined) listener.ended(key, more as RecordedReason)
  if (kind === 'renewed' && more !== undefined) listener.renewed(key, more)
  if (kind === 'changed') listener.changed(key)
}
