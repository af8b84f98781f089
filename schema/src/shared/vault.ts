/**
 * Encrypts what the database keeps and must give back (second factors; later the credentials of outside systems), so that a copy
 * of the database alone betrays nothing: AES-256-GCM, bound to what it belongs to.
 */
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'

export interface Vault {
  /** @param owner what it belongs to: the same text opens it */
  seal(text: string, owner: string): string
  /** @throws Error when it was sealed under another key or for another owner, or was changed. */
  open(sealed: string, owner: string): string
}

export const VAULT_KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A sealed text reads `v1.<key id>.<nonce, ciphertext and tag, base64url>`; the key id lets keys rotate. */
export function createVault(key: Buffer): Vault {
  if (key.length !== VAULT_KEY_BYTES) throw new Error(`a vault key has ${VAULT_KEY_BYTES} bytes`)
  const keyId = hash('sha256', key).slice(0, 8)
  return {
    seal(text, owner) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner))
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${keyId}.${body.toString('base64url')}`
    },
    open(sealed, owner) {
      const [version, sealedWith, encoded = ''] = sealed.split('.')
      if (version !== 'v1') throw new Error('not sealed by a vault')
      if (sealedWith !== keyId) throw new Error(`sealed under the key ${sealedWith}; this process has ${keyId}: give it the VAULT_ENCRYPTION_KEY of the others`)
      const body = Buffer.from(encoded, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner)).setAuthTag(body.subarray(-TAG_BYTES))
      return decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}

/** A key of this process alone. */
export const newVaultKey = (): Buffer => randomBytes(VAULT_KEY_BYTES)
