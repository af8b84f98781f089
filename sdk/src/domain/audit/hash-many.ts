/** SHA-256 of many messages: who hashes them is given, see `lanes.ts`. */
import { HASH_BYTES, sha256, sha256Text } from './hash.ts'

/** Bytes that a message has room for: whole blocks. */
export const AREA_BYTES = 247 * 64

/** What stands behind a message in its last block: a one bit and the length. */
export const PADDING_BYTES = 9

/** Hashes what `write` puts into the area for each number below `count`; it answers the length, {@link PADDING_BYTES} below the area's at most. */
export type HashMany = (count: number, write: (at: number, area: Uint8Array) => number) => Uint8Array[]

/** Needs nothing. */
export const oneByOne: HashMany = (count, write) => {
  const area = new Uint8Array(AREA_BYTES)
  return Array.from({ length: count }, (_, at) => sha256(area.subarray(0, write(at, area))))
}

const encoder = new TextEncoder()
/** A unit of UTF-16 is at most three bytes of UTF-8. */
const LONGEST = Math.floor((AREA_BYTES - PADDING_BYTES) / 3)

/** SHA-256 of the UTF-8 of each text, 32 bytes. */
export function sha256Texts(texts: readonly string[], hashMany: HashMany): Uint8Array[] {
  if (texts.some(({ length }) => length > LONGEST)) return texts.map(sha256Text)
  return hashMany(texts.length, (at, area) => encoder.encodeInto(texts[at]!, area).written)
}

/** SHA-256(0x01 || left || right) of the first hash and the second, of the third and the fourth and so on; a last one alone is left out. */
export const hashPairs = (hashes: readonly Uint8Array[], hashMany: HashMany): Uint8Array[] =>
  hashMany(hashes.length >> 1, (at, area) => {
    area[0] = 1
    area.set(hashes[2 * at]!, 1)
    area.set(hashes[2 * at + 1]!, 1 + HASH_BYTES)
    return 1 + 2 * HASH_BYTES
  })
