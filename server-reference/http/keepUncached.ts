/** The headers of an answer that is about to be sent, by any server. */
export interface OutgoingHeaders {
  names(): Iterable<string>
  get(name: string): string | null
  set(name: string, value: string): void
  delete(name: string): void
}

/** Headers for caches in between. They win over `Cache-Control`. */
const isForCaches = (name: string) =>
  /(^|-)(cdn-cache-control|surrogate-control|litespeed-cache-control|edge-control)$|^x-accel-expires$/i.test(
    name,
  )

/**
 * Keeps a guarded answer out of caches, whatever the route says. From a cache it would reach the
 * next person, too, and its `Session-*` headers would describe a session that is over by then.
 */
export function keepUncached(headers: OutgoingHeaders, path: string): void {
  const given = headers.get('cache-control')
  for (const name of [...headers.names()]) if (isForCaches(name)) headers.delete(name)
  headers.set('Cache-Control', 'no-store')
  if (given !== null && !/(^|[\s,])no-store([\s,]|$)/i.test(given)) warnOnce(path, given)
}

const warned = new Set<string>()
const mostWarnings = 100

function warnOnce(path: string, given: string) {
  if (process.env.NODE_ENV === 'production' || warned.has(path)) return
  if (warned.size >= mostWarnings) return
  warned.add(path)
  process.emitWarning(
    `session-security: ${path} is guarded, so its answer is sent with "Cache-Control: no-store" ` +
      `in place of "${given}". Serve what may be cached from a route without the guard.`,
  )
}
