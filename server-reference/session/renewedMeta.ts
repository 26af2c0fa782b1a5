import type { Living, SessionMeta } from '../stores/store.js'

/** For an app that renews the id with every request: a record stays small. */
const mostKept = 32

/** What the record of a session says once its id was renewed. */
export function renewedMeta(
  { at, meta }: Living,
  oldKey: string,
  sealedId: string,
  retainEnded: number,
): SessionMeta {
  const recent = (meta.renewedFrom ?? []).filter((one) => at - one.at < retainEnded)
  return { ...meta, sealedId, renewedFrom: [...recent, { key: oldKey, at }].slice(-mostKept) }
}
