/**
 * One record of the audit log, as it is written: in the statement (or transaction) of what it records. The sequencer gives it
 * its place in the chain within a second.
 */
import { hash, randomFillSync } from 'node:crypto'
import { newUuid } from '../shared/ids.ts'
import type { RowChange } from '../shared/write.ts'
import { versionOf } from './actions.ts'
import type { AuditAction } from './actions.ts'

/** The organisation of what belongs to none: the platform's own chain. */
export const PLATFORM = '00000000-0000-0000-0000-000000000000'

export interface AuditEntry {
  /** Null: the platform's chain. */
  readonly organisationId: string | null
  /** Null when nobody is known. */
  readonly actorId: string | null
  readonly impersonatorId?: string | null
  readonly action: AuditAction
  readonly target: { readonly type: string; readonly id: string | null }
  /** JSON of what was there and of what is there now; the record keeps their digests. */
  readonly before?: string | null
  readonly after?: string | null
  /** Of the action's own shape; never personal data. */
  readonly details?: Readonly<Record<string, unknown>> | null | undefined
  /** Erasable: addresses, names, e-mail addresses. */
  readonly personal: Readonly<Record<string, string>> | null
  readonly requestId: string
  readonly origin: string
  readonly at: Date
}

export const digestOf = (text: string | null | undefined): string | null => (text == null ? null : hash('sha256', text))

const SALT_BYTES = 16
let pool = Buffer.alloc(0)
let used = 0

function newSalt(): string {
  if (used + SALT_BYTES > pool.length) {
    pool = randomFillSync(Buffer.alloc(SALT_BYTES * 256))
    used = 0
  }
  used += SALT_BYTES
  return pool.toString('hex', used - SALT_BYTES, used)
}

/** SHA-256, hex, over the salt's hex digits and the JSON text. */
export const commitmentOf = (salt: string, personal: string): string => hash('sha256', salt + personal)

/** Commitment, text and salt of personal data; three nulls when there is none. */
export function personalValues(personal: Readonly<Record<string, string>> | null): [string, string, string] | [null, null, null] {
  if (personal === null) return [null, null, null]
  const text = JSON.stringify(personal)
  const salt = newSalt()
  return [commitmentOf(salt, text), text, salt]
}

/** The erasable part of a record: the address of who asked, where it is known, and what else there is. */
export const personalOf = (address: string | null | undefined, others?: Readonly<Record<string, string>> | null): Readonly<Record<string, string>> | null =>
  address == null ? (others ?? null) : { address, ...others }

/** Columns of `auditValues`, in order. */
export const AUDIT_COLUMNS = `id, organisation_id, actor_id, impersonator_id, action, target_type, target_id, before_digest, after_digest, details, request_id, origin, created_at,
  personal_commitment, personal, personal_salt, version`

export function auditValues(entry: AuditEntry): unknown[] {
  return [
    newUuid(entry.at.getTime()), entry.organisationId ?? PLATFORM, entry.actorId, entry.impersonatorId ?? null, entry.action, entry.target.type, entry.target.id,
    digestOf(entry.before), digestOf(entry.after), entry.details == null ? null : JSON.stringify(entry.details), entry.requestId, entry.origin, entry.at,
    ...personalValues(entry.personal), versionOf(entry.action),
  ]
}

const TYPES = ['uuid', 'uuid', 'uuid', 'uuid', 'text', 'text', 'uuid', 'text', 'text', 'text', 'text', 'text', 'timestamptz', 'text', 'text', 'text', 'int']

/** `$1::uuid, $2::uuid, ...`, counted from `first`. */
export const auditPlaceholders = (first: number): string => TYPES.map((type, index) => `$${first + index}::${type}`).join(', ')

/** A record of its own beside that of a write, in the statement of the write. */
export const auditRow = (entry: AuditEntry): RowChange => ({
  name: 'audit',
  text: (p) => `INSERT INTO audit_records (${AUDIT_COLUMNS}) SELECT ${TYPES.map((type, index) => `${p(index + 1)}::${type}`).join(', ')} FROM head`,
  values: auditValues(entry),
})

/** The statement that writes `auditValues` on its own. */
export const INSERT_AUDIT = `INSERT INTO audit_records (${AUDIT_COLUMNS}) VALUES (${auditPlaceholders(1)})`
