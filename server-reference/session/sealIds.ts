import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

export interface IdSeal {
  /** Encrypts with the newest secret. */
  seal(id: string, key: string): string
  /** `null` if it was sealed with none of the secrets, or for another record. */
  open(sealed: string, key: string): string | null
}

/**
 * Encrypts the session id for its record, where `onEnd` needs it, so that a leaked store does not
 * reveal it. It is bound to the record's key, so that an attacker who can write to the store
 * cannot swap two of them.
 */
export function sealIds(secrets: [Uint8Array, ...Uint8Array[]]): IdSeal {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'react-session-security session id', 32)),
  ) as [Buffer, ...Buffer[]]

  function openWith(secret: Buffer, sealed: Buffer, key: string): string | null {
    const decipher = createDecipheriv(cipher, secret, sealed.subarray(0, nonceLength), {
      authTagLength: tagLength,
    })
    decipher.setAAD(Buffer.from(key))
    decipher.setAuthTag(sealed.subarray(-tagLength))
    try {
      const id = decipher.update(sealed.subarray(nonceLength, -tagLength), undefined, 'utf8')
      return id + decipher.final('utf8')
    } catch {
      return null
    }
  }

  return {
    seal(id, key) {
      const nonce = randomBytes(nonceLength)
      const sealing = createCipheriv(cipher, keys[0], nonce, { authTagLength: tagLength })
      sealing.setAAD(Buffer.from(key))
      const sealed = [nonce, sealing.update(id, 'utf8'), sealing.final(), sealing.getAuthTag()]
      return Buffer.concat(sealed).toString('base64url')
    },

    open(sealed, key) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < nonceLength + tagLength) return null
      for (const secret of keys) {
        const id = openWith(secret, bytes, key)
        if (id !== null) return id
      }
      return null
    },
  }
}
