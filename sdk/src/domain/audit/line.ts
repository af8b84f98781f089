/**
 * One record as a line of JSON, laid out so that what is hashed stands in it byte by byte:
 *
 *     {"record":<canonical form>,"chainHash":"<hex>","personal":<string or null>,"personalSalt":<string or null>}
 *     {"cut":{"sequence":1,"leafHash":"<hex>","chainHash":"<hex>"}}
 *
 *     {"record":<canonical form>,"personal":<string or null>,"personalSalt":<string or null>,"proof":["<hex>",...]}
 *
 * The last is of a partial export, where no chain can be followed. There is one spelling: a line that matches is what
 * `recordLine` would print of what `JSON.parse` reads from it, so that hashing a piece of the line is hashing the values that a
 * reader sees.
 */
import { toHex } from './hash.ts'
import { canonicalRecord } from './record.ts'
import type { CutRecord, HashedRecord, StoredRecord } from './record.ts'

/** What a verifier needs of a line. */
export interface RecordLine {
  /** The bytes that are hashed, as text. */
  readonly canonical: string
  readonly sequence: number
  readonly id: string
  readonly organisationId: string
  readonly personalCommitment: string | null
  /** As it is stored; undefined in a partial export. */
  readonly chainHash: string | undefined
  readonly personal: string | null
  readonly personalSalt: string | null
  /** Hashes of its inclusion proof, hex; undefined in a full export. */
  readonly proof: readonly string[] | undefined
}

const personalOf = ({ personal, personalSalt }: StoredRecord): string => `"personal":${JSON.stringify(personal)},"personalSalt":${JSON.stringify(personalSalt)}`

/** The line of a record, without its line feed. */
export const recordLine = (record: StoredRecord): string => `{"record":${canonicalRecord(record)},"chainHash":${JSON.stringify(record.chainHash)},${personalOf(record)}}`

/** The line of a record of a partial export, without its line feed. */
export const provedLine = (record: StoredRecord, proof: readonly Uint8Array[]): string =>
  `{"record":${canonicalRecord(record)},${personalOf(record)},"proof":${JSON.stringify(proof.map(toHex))}}`

/** The line of a record that retention has cut, without its line feed. */
export const cutLine = ({ sequence, leafHash, chainHash }: CutRecord): string => JSON.stringify({ cut: { sequence, leafHash, chainHash } })

/** Strings and integers in the one form of RFC 8785. */
const PLAIN = String.raw`[^"\\\x00-\x1f]*`
const STRING = String.raw`"${PLAIN}(?:\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))${PLAIN})*"`
const NULLABLE = `(?:null|${STRING})`
const INTEGER = String.raw`(?:0|-?[1-9]\d{0,14})`
const HEX = '[0-9a-f]{64}'

const PATTERNS: Record<keyof HashedRecord | 'format', string> = {
  action: STRING, actorId: NULLABLE, afterDigest: NULLABLE, beforeDigest: NULLABLE, createdAt: STRING, details: NULLABLE, format: '1', id: `(${STRING})`, impersonatorId: NULLABLE,
  organisationId: `(${STRING})`, origin: STRING, personalCommitment: `(${NULLABLE})`, requestId: STRING, sequence: `(${INTEGER})`, targetId: NULLABLE, targetType: STRING, version: INTEGER,
}
const CANONICAL = Object.entries(PATTERNS).map(([name, pattern]) => `"${name}":${pattern}`).join(',')
const RECORD = new RegExp(`^\\{"record":(\\{${CANONICAL}\\}),(?:"chainHash":(${STRING}),)?"personal":(${NULLABLE}),"personalSalt":(${NULLABLE})(?:,"proof":\\[((?:"${HEX}"(?:,"${HEX}")*)?)\\])?\\}$`)
const CUT = new RegExp(`^\\{"cut":\\{"sequence":(${INTEGER}),"leafHash":"(${HEX})","chainHash":"(${HEX})"\\}\\}$`)

const textOf = (literal: string): string | null => (literal.includes('\\') ? (JSON.parse(literal) as string) : literal === 'null' ? null : literal.slice(1, -1))

/** Reads the line of a record. Undefined for every other text. */
export function readRecordLine(line: string): RecordLine | undefined {
  const match = RECORD.exec(line)
  // Chain hash or proof: one of the two.
  if (match === null || (match[6] === undefined) === (match[9] === undefined)) return undefined
  const [, canonical, id, organisationId, commitment, sequence, chainHash, personal, salt, proof] = match as unknown as string[]
  return {
    canonical: canonical!, sequence: Number(sequence), id: textOf(id!)!, organisationId: textOf(organisationId!)!, personalCommitment: textOf(commitment!),
    chainHash: chainHash === undefined ? undefined : textOf(chainHash)!, personal: textOf(personal!), personalSalt: textOf(salt!),
    proof: proof === undefined ? undefined : (JSON.parse(`[${proof}]`) as string[]),
  }
}

/** Reads the line of a record that was cut. Undefined for every other text. */
export function readCutLine(line: string): CutRecord | undefined {
  const [, sequence, leafHash, chainHash] = CUT.exec(line) ?? []
  return sequence === undefined ? undefined : { sequence: Number(sequence), leafHash: leafHash!, chainHash: chainHash! }
}

/** The canonical form as if the record stood elsewhere. */
export const canonicalAt = (canonical: string, sequence: number): string => canonical.replace(/"sequence":-?\d+,"targetId":(?=(?:null|"[^"\\]*"),"targetType":)/, `"sequence":${sequence},"targetId":`)

/** What can be said of a line that is not in the form. */
export function describeLine(line: string): { sequence?: number; recordId?: string } {
  try {
    const { record, cut } = JSON.parse(line) as { record?: Partial<HashedRecord>; cut?: Partial<CutRecord> }
    const sequence = record?.sequence ?? cut?.sequence
    return { ...(Number.isInteger(sequence) ? { sequence: sequence! } : {}), ...(typeof record?.id === 'string' ? { recordId: record.id } : {}) }
  } catch {
    return {}
  }
}
