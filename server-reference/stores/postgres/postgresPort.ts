import { patience } from '../lateReports.js'

/** The part of a `pg` pool that is used. It must connect to the primary. */
export interface PostgresPool {
  query(query: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>
  connect(): Promise<unknown>
  on(event: 'error', listener: () => void): unknown
  listenerCount(event: 'error'): number
  /** As in `pg`: the maximum number of connections. */
  options?: { max?: number }
}

/** The part of a checked-out client that is used. */
export interface PostgresClient {
  query(text: string): Promise<unknown>
  on(event: string, listener: (...args: never[]) => void): unknown
  release(destroy: boolean): void
  connection?: { stream?: { setKeepAlive?(on: boolean, ms: number): void } }
  unref?(): void
}

export const isPostgresPool = (pool: unknown): pool is PostgresPool =>
  ['query', 'connect', 'on', 'listenerCount'].every(
    (name) => typeof (pool as Record<string, unknown> | null)?.[name] === 'function',
  )

/**
 * 40001: another transaction came first (with isolation levels above the default). 40P01: a
 * deadlock.
 */
const worthRepeating = ['40001', '40P01']

/**
 * Runs queries on a pool, at most one per connection at a time, because a pool cannot take back a
 * waiting query. A query that waited here for too long never runs, and `maxPending` bounds their
 * number.
 */
export function postgresPort(pool: PostgresPool, maxPending: number) {
  // Without a listener the first lost connection would end the process. Failed queries still
  // reject.
  if (pool.listenerCount('error') === 0) pool.on('error', () => {})
  const most = pool.options?.max ?? 10
  const waiting: (() => void)[] = []
  let running = 0

  async function enter(): Promise<void> {
    if (running < most) {
      running++
      return
    }
    if (waiting.length >= maxPending)
      throw new Error(`More than ${maxPending} queries wait for PostgreSQL`)
    const since = performance.now()
    await new Promise<void>((resolve) => waiting.push(resolve))
    if (performance.now() - since <= patience) return
    leave()
    throw new Error(`No connection to PostgreSQL was free within ${patience} ms`)
  }

  /** A waiting query takes over the place. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  async function run(query: {
    name?: string
    text: string
    values: unknown[]
  }): Promise<unknown[]> {
    await enter()
    try {
      const until = performance.now() + patience
      for (;;) {
        try {
          return (await pool.query(query)).rows
        } catch (error) {
          const { code } = error as { code?: unknown }
          if (!worthRepeating.includes(String(code)) || performance.now() > until) throw error
        }
      }
    } finally {
      leave()
    }
  }

  /**
   * A client that is used until it is released. It is not reused, because it may still be
   * listening.
   */
  async function lend(): Promise<{ client: PostgresClient; giveBack: () => void }> {
    await enter()
    try {
      const client = (await pool.connect()) as PostgresClient
      const giveBack = () => {
        client.release(true)
        leave()
      }
      return { client, giveBack }
    } catch (error) {
      leave()
      throw error
    }
  }

  return { run, lend, canLend: most > 1 }
}
