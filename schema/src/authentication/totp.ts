/** Time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 seconds), as authenticator apps make them. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const STEP_MS = 30_000
const DIGITS = 6
/** A code is accepted one step early or late: clocks differ, and people type. */
const WINDOW = 1
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const SECRET_BYTES = 20

/** RFC 4648, without padding. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** RFC 4226, section 5.3. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac[mac.length - 1] as number) & 15
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

export const stepAt = (at: Date): number => Math.floor(at.getTime() / STEP_MS)

/**
 * The time step that a code belongs to, or null when it belongs to none that may be used.
 *
 * @param lastStep of the last code that was accepted: it and earlier ones are not accepted again (RFC 6238, section 5.2)
 */
export function acceptedStep(secret: Buffer, code: string, at: Date, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const now = stepAt(at)
  const steps = Array.from({ length: 2 * WINDOW + 1 }, (_, index) => now - WINDOW + index).filter((step) => step >= 0)
  const matching = steps.filter((step) => timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code)))
  return matching.find((step) => step > lastStep) ?? null
}

/** What an authenticator app reads from a QR code. */
export function otpauthUri(secret: Buffer, account: string): string {
  const issuer = 'BuildRunner'
  return `otpauth://totp/${encodeURIComponent(`${issuer}:${account}`)}?secret=${base32(secret)}&issuer=${issuer}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1_000}`
}
