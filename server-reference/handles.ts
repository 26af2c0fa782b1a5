import {
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'

/** 22 characters of base64url: 132 bits, far beyond guessing, and short on the wire. */
const handleLength = 22

export interface Handles {
  /** The id of the secret that new sessions get. */
  current: string
  /** A record's handle, made with the secret it started under; with the newest where that is gone. */
  session(key: string, secretId: string): string
  subject(subject: string, secretId: string): string
  /** Does this handle name this key, under any of the secrets? */
  names(handle: string, key: string): boolean
}

/** The store's key: it tells the id to nobody who reads the store. */
export function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}

/**
 * Opaque names for sessions and subjects: truncated HMACs, the same on every server process.
 * They are made from the key, not from the id, so that a swept session has one too.
 */
export function createHandles(secrets: [Uint8Array, ...Uint8Array[]]): Handles {
  const keys = new Map<string, KeyObject>()
  for (const secret of secrets) {
    const key = createSecretKey(secret)
    keys.set(mac(key, 'secret', '').slice(0, 6), key)
  }
  const [[current, newest]] = keys as unknown as [[string, KeyObject]]
  const of = (secretId: string) => keys.get(secretId) ?? newest
  return {
    current,
    session: (key, secretId) => mac(of(secretId), 'session', key),
    subject: (subject, secretId) => mac(of(secretId), 'subject', subject),
    names(handle, key) {
      if (handle.length !== handleLength) return false
      const given = Buffer.from(handle)
      for (const secret of keys.values()) {
        const own = Buffer.from(mac(secret, 'session', key))
        if (own.length === given.length && timingSafeEqual(own, given)) return true
      }
      return false
    },
  }
}

function mac(secret: KeyObject, kind: string, value: string): string {
  return createHmac('sha256', secret)
    .update(`${kind}\0${value}`)
    .digest('base64url')
    .slice(0, handleLength)
}
