import crypto, { createHash, createHmac, createSecretKey } from 'node:crypto'
import { remember } from './remember.js'

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
  /** The same for a person. */
  namesSubject(handle: string, subject: string): boolean
}

/**
 * The store's key: a hash, so that a reader of the store does not learn the id. In one step if
 * Node can.
 */
export const keyOf: (id: string) => string = crypto.hash
  ? (id) => crypto.hash('sha256', id, 'base64url')
  : (id) => createHash('sha256').update(id).digest('base64url')

/**
 * Opaque names for sessions and subjects: truncated HMACs, the same on every server process.
 * They are made from the key, not from the id, so that a swept session has one too.
 */
export function createHandles(secrets: [Uint8Array, ...Uint8Array[]]): Handles {
  const [newest, ...others] = secrets.map(handlesOfSecret) as [SecretHandles, ...SecretHandles[]]
  const all = [newest, ...others]
  const by = (secretId: string) => all.find(({ id }) => id === secretId) ?? newest
  return {
    current: newest.id,
    session: (key, secretId) => by(secretId).session(key),
    subject: (subject, secretId) => by(secretId).subject(subject),
    // A handle is not secret: everyone who has the cookie gets it. So the comparison need not
    // take constant time.
    names: (handle, key) => all.some((one) => one.session(key) === handle),
    namesSubject: (handle, subject) => all.some((one) => one.subject(subject) === handle),
  }
}

interface SecretHandles {
  id: string
  session(key: string): string
  subject(subject: string): string
}

/** The handles made with one secret. Remembered, because every report needs them; they are not secret. */
function handlesOfSecret(secret: Uint8Array): SecretHandles {
  const hmacKey = createSecretKey(secret)
  const mac = (kind: string, value: string) =>
    createHmac('sha256', hmacKey)
      .update(`${kind}\0${value}`)
      .digest('base64url')
      .slice(0, handleLength)
  return {
    id: mac('secret', '').slice(0, 6),
    session: remember((key) => mac('session', key)),
    subject: remember((subject) => mac('subject', subject)),
  }
}
