/** Tokens that open something: a prefix that says what, and 32 random bytes. The database keeps their SHA-256 alone. */
import { hash, randomBytes } from 'node:crypto'

export const hashToken = (token: string): string => hash('sha256', token)

/** The token is shown once, the hash is what the row keeps. */
export function newToken(prefix: 'bi' | 'bs'): { token: string; hash: string } {
  const token = `${prefix}_${randomBytes(32).toString('base64url')}`
  return { token, hash: hashToken(token) }
}
