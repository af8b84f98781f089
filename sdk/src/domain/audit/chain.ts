/**
 * The hash chain of one organisation: each record's hash covers all records before it.
 *
 *     chain(0) = SHA-256("buildrunner audit chain v1\n" || organisationId)
 *     chain(n) = SHA-256(chain(n - 1) || leaf(n))
 */
import { HASH_BYTES, sha256, sha256Text } from './hash.ts'

/** Where the chain of an organisation begins: 32 bytes. Another organisation's records do not fit in. */
export const chainStart = (organisationId: string): Uint8Array<ArrayBuffer> => sha256Text(`buildrunner audit chain v1\n${organisationId}`)

const pair = new Uint8Array(2 * HASH_BYTES)

/** The chain hash of a record, from that of the one before it and its own leaf hash: 32 bytes. */
export function nextChainHash(previous: Uint8Array, leaf: Uint8Array): Uint8Array<ArrayBuffer> {
  pair.set(previous)
  pair.set(leaf, HASH_BYTES)
  return sha256(pair)
}
