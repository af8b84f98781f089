/** Keys that sign checkpoints: Ed25519. A key is named by itself, so that several processes and rotated keys never share a name. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { AuditKey, SignNote } from '@buildrunner/sdk/audit-log'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'

export interface AuditSigner {
  readonly key: AuditKey
  readonly sign: SignNote
}

/**
 * Reads a private key: PKCS#8, as PEM (its line breaks may be written as `\n`) or as the base64 of its DER form.
 *
 * @throws Error for anything else, and for keys that are not Ed25519.
 */
export function readSigningKey(text: string): KeyObject {
  const key = decode(text.trim())
  if (key?.asymmetricKeyType !== 'ed25519') throw new Error('must be an Ed25519 private key: PKCS#8, as PEM or base64, as "openssl genpkey -algorithm ed25519" prints it')
  return key
}

function decode(text: string): KeyObject | null {
  try {
    if (text.startsWith('-----BEGIN')) return createPrivateKey(text.replaceAll('\\n', '\n'))
    return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  } catch {
    return null
  }
}

/** A new key, as PEM. */
export const newSigningKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

export function createSigner(privateKey: KeyObject): AuditSigner {
  // the last 32 bytes of the SubjectPublicKeyInfo of RFC 8410 are the key itself
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32)
  const name = `buildrunner.audit/key-${createHash('sha256').update(publicKey).digest('hex').slice(0, 16)}`
  return { key: { name, publicKey: publicKey.toString('base64') }, sign: (text) => sign(null, text, privateKey) }
}

const PUBLISH = statement('audit:publish-key', 'INSERT INTO audit_signing_keys (name, public_key) VALUES ($1::text, $2::text) ON CONFLICT (name) DO NOTHING')

/** Makes the public part known to verifiers; before the first checkpoint that the key signs. */
export async function publishKey(db: Database, { key }: AuditSigner): Promise<void> {
  await db.query(PUBLISH, [key.name, key.publicKey])
}
