/**
 * The audit record as it is stored, and its canonical form: the bytes that are hashed.
 *
 * The form is RFC 8785 (JSON Canonicalization Scheme) of the members below and `format`: no white space, members in the order of
 * their names, strings as ECMAScript prints them, null where nothing is stored. All values are strings, integers and null, so
 * that nothing of it depends on how numbers are printed.
 */
import { sha256Hex, sha256Text } from './hash.ts'

/** Version of the canonical form; it is hashed with the record. */
export const RECORD_FORMAT = 1

/** The organisation of what belongs to none: the platform's own chain. */
export const PLATFORM_ID = '00000000-0000-0000-0000-000000000000'

/** What the hash of a record covers. UUIDs in their plain lower-case form, digests as 64 hex digits. */
export interface HashedRecord {
  /** What was done, e.g. `member.invite`. */
  readonly action: string
  /** Who did it; null when nobody is known. */
  readonly actorId: string | null
  /** SHA-256, hex, of the JSON of what is there after the write. */
  readonly afterDigest: string | null
  /** SHA-256, hex, of the JSON of what was there before the write. */
  readonly beforeDigest: string | null
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt: string
  /** JSON text of the action's own shape, as it is stored. */
  readonly details: string | null
  /** The record's own. */
  readonly id: string
  /** Who acted in the actor's name. */
  readonly impersonatorId: string | null
  /** Whose chain it stands in; the nil UUID for the platform's. */
  readonly organisationId: string
  /** Which client or integration it came through, e.g. `cli/0.1.0`. */
  readonly origin: string
  /** SHA-256, hex, over salt and personal data: {@link personalCommitment}. */
  readonly personalCommitment: string | null
  /** Of the request that did it. */
  readonly requestId: string
  /** Its place in the chain, from 1. */
  readonly sequence: number
  /** What it was done to. */
  readonly targetId: string | null
  /** Kind of the target, e.g. `Project`. */
  readonly targetType: string
  /** Version of the shape of `details` for this action. */
  readonly version: number
}

/** A record as it is stored: what is hashed, its place in the chain, and what may be erased. */
export interface StoredRecord extends HashedRecord {
  /** SHA-256, hex, over the previous record's chain hash and this one's leaf hash. */
  readonly chainHash: string
  /** JSON text; null when there was none, or when it was erased. */
  readonly personal: string | null
  /** 32 hex digits; erased with the data. */
  readonly personalSalt: string | null
}

/** What retention leaves of a record: enough to prove every other one. */
export interface CutRecord {
  /** Its place in the chain, from 1. */
  readonly sequence: number
  /** {@link leafHash} of the record that was, hex. */
  readonly leafHash: string
  /** As it was stored, hex. */
  readonly chainHash: string
}

/** The canonical form, as text; what is hashed is its UTF-8. */
export function canonicalRecord(record: HashedRecord): string {
  const { action, actorId, afterDigest, beforeDigest, createdAt, details, id, impersonatorId, organisationId, origin } = record
  const { personalCommitment, requestId, sequence, targetId, targetType, version } = record
  return JSON.stringify({
    action, actorId, afterDigest, beforeDigest, createdAt, details, format: RECORD_FORMAT, id, impersonatorId, organisationId, origin,
    personalCommitment, requestId, sequence, targetId, targetType, version,
  })
}

/** What a leaf of RFC 6962 hashes: 0x00 and the canonical form. */
export const leafText = (canonical: string): string => `\0${canonical}`

/** SHA-256(0x00 || canonical form): 32 bytes. */
export const leafHashOf = (canonical: string): Uint8Array<ArrayBuffer> => sha256Text(leafText(canonical))

/** The leaf hash of a record: 32 bytes. */
export const leafHash = (record: HashedRecord): Uint8Array<ArrayBuffer> => leafHashOf(canonicalRecord(record))

/** What a record commits to: SHA-256, hex, over the salt's hex digits and the JSON text of the personal data. */
export const personalCommitment = (salt: string, personal: string): string => sha256Hex(salt + personal)
