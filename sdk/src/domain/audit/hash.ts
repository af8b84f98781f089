/**
 * SHA-256 (FIPS 180-4), at once and everywhere: Web Crypto's is asynchronous, and Node's own module must not be imported by what
 * a browser loads. Where there is Node, its module is asked at run time, which takes half the time and less.
 */

/** Bytes of a digest. */
export const HASH_BYTES = 32

export const K = new Int32Array(64)
export const INITIAL = new Int32Array(8)

/** The first 32 bits of the fraction of a root, exact in a double's 52. */
const fraction = (root: number): number => ((root - Math.floor(root)) * 0x1_0000_0000) | 0

for (let candidate = 2, found = 0; found < 64; candidate++) {
  let isPrime = true
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) isPrime = false
  if (!isPrime) continue
  if (found < 8) INITIAL[found] = fraction(Math.sqrt(candidate))
  K[found++] = fraction(Math.cbrt(candidate))
}

const state = new Int32Array(8)
const schedule = new Int32Array(64)

function compress(block: Uint8Array, at: number): void {
  const w = schedule
  for (let i = 0, byte = at; i < 16; i++, byte += 4) w[i] = (block[byte]! << 24) | (block[byte + 1]! << 16) | (block[byte + 2]! << 8) | block[byte + 3]!
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!, e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = (state[0]! + a) | 0
  state[1] = (state[1]! + b) | 0
  state[2] = (state[2]! + c) | 0
  state[3] = (state[3]! + d) | 0
  state[4] = (state[4]! + e) | 0
  state[5] = (state[5]! + f) | 0
  state[6] = (state[6]! + g) | 0
  state[7] = (state[7]! + h) | 0
}

const BLOCK = 64
const tail = new Uint8Array(2 * BLOCK)
const tailView = new DataView(tail.buffer)

/** SHA-256 without help of the platform. @internal */
export function sha256Portable(data: Uint8Array): Uint8Array<ArrayBuffer> {
  state.set(INITIAL)
  const whole = data.length - (data.length % BLOCK)
  for (let at = 0; at < whole; at += BLOCK) compress(data, at)
  const rest = data.length - whole
  // The padding: a one bit, zeros, and the length in bits as 64 bits.
  const end = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK
  tail.fill(0)
  for (let i = 0; i < rest; i++) tail[i] = data[whole + i]!
  tail[rest] = 0x80
  tailView.setUint32(end - 8, Math.floor(data.length / 0x2000_0000))
  tailView.setUint32(end - 4, (data.length << 3) >>> 0)
  for (let at = 0; at < end; at += BLOCK) compress(tail, at)
  const digest = new Uint8Array(HASH_BYTES)
  for (let i = 0, at = 0; i < 8; i++) {
    const word = state[i]!
    digest[at++] = word >>> 24
    digest[at++] = word >>> 16
    digest[at++] = word >>> 8
    digest[at++] = word
  }
  return digest
}

type NativeHash = (algorithm: 'sha256', data: Uint8Array | string, encoding: 'latin1' | 'hex') => string

interface BuiltinModules {
  getBuiltinModule?(name: 'node:crypto'): { hash?: NativeHash } | undefined
}

const native = (globalThis as { process?: BuiltinModules }).process?.getBuiltinModule?.('node:crypto')?.hash

/** A string of one character a byte: Node makes it much faster than a buffer. */
function bytesOf(latin1: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(latin1.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = latin1.charCodeAt(i)
  return bytes
}

/** SHA-256 of bytes, 32 bytes. */
export const sha256 = (data: Uint8Array): Uint8Array<ArrayBuffer> => (native === undefined ? sha256Portable(data) : bytesOf(native('sha256', data, 'latin1')))

const encoder = new TextEncoder()

/** UTF-8. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** SHA-256 of a text's UTF-8, 32 bytes. */
export const sha256Text = (text: string): Uint8Array<ArrayBuffer> => (native === undefined ? sha256Portable(utf8(text)) : bytesOf(native('sha256', text, 'latin1')))

/** SHA-256 of a text's UTF-8, as lower-case hex digits. */
export const sha256Hex = (text: string): string => (native === undefined ? toHex(sha256Portable(utf8(text))) : native('sha256', text, 'hex'))

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hex digits. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]!
  return text
}

/** Codes of the digits '0' to '9' and 'a' to 'f'. */
const DIGITS = utf8('0123456789abcdef')

const digits = new Uint8Array(2 * HASH_BYTES)

/** Whether the lower-case hex digits are those of the digest. They are encoded first, since a character of a piece of a line takes long to find. */
export function equalsHex(digest: Uint8Array, hex: string): boolean {
  if (hex.length !== digits.length || encoder.encodeInto(hex, digits).written !== digits.length) return false
  for (let i = 0; i < HASH_BYTES; i++) {
    const byte = digest[i]!
    if (digits[2 * i] !== DIGITS[byte >> 4] || digits[2 * i + 1] !== DIGITS[byte & 15]) return false
  }
  return true
}

/**
 * The bytes of hex digits, of either case.
 *
 * @throws RangeError for anything else
 */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new RangeError('not an even number of hex digits')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** Base64 with padding. */
export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/**
 * The bytes of standard base64 with padding, and only of the one form that {@link toBase64} gives.
 *
 * @throws RangeError for anything else
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? bytesOf(atob(text)) : undefined
  if (bytes === undefined || toBase64(bytes) !== text) throw new RangeError('not base64')
  return bytes
}

/** Whether two digests are the same; they are public, so the time it takes may tell. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
