import type { Living, SessionMeta } from '../stores/store.js'

/** Bounds the record of an app that renews the id with every request. */
const mostKept = 32

/** The record of a session after its id was renewed. */
export function renewedMeta(
  { at, meta }: Living,
  oldKey: string,
  sealedId: string,
  retainEnded: number,
): SessionMeta {
  const recent = (meta.renewedFrom ?? []).filter((one) => at - one.at < retainEnded)
  return { ...meta, sealedId, renewedFrom: [...recent, { key: oldKey, at }].slice(-mostKept) }
}
