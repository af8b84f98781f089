/** Rows of API keys, as writes change them. Every text takes its rows from `head`: see `commitWrite`. */
import type { NewApiKey } from '../identity/keys.ts'
import type { RowChange } from '../shared/write.ts'

export interface KeyValues {
  readonly id: string
  readonly name: string
  /** Null: every project that the person can see. */
  readonly projectId: string | null
  readonly scopes: readonly string[]
  /** Null: it does not expire. */
  readonly expiresAt: Date | null
  readonly rotatedFromId: string | null
}

/** The key belongs to whoever writes. */
export const insertKey = ({ id, name, projectId, scopes, expiresAt, rotatedFromId }: KeyValues, { prefix, hash }: NewApiKey): RowChange => ({
  name: 'key-insert',
  text: (p) => `INSERT INTO api_keys (id, organisation_id, user_id, project_id, name, key_prefix, key_hash, scopes, expires_at, rotated_from_id, created_at)
    SELECT ${p(1)}::uuid, $3::uuid, $6::uuid, ${p(2)}::uuid, ${p(3)}::text, ${p(4)}::text, ${p(5)}::text, ${p(6)}::text[], ${p(7)}::timestamptz, ${p(8)}::uuid, $10::timestamptz FROM head`,
  values: [id, projectId, name, prefix, hash, scopes, expiresAt, rotatedFromId],
})

export const endKey = (id: string, expiresAt: Date): RowChange => ({
  name: 'key-end',
  text: (p) => `UPDATE api_keys SET expires_at = ${p(2)}::timestamptz FROM head WHERE api_keys.id = ${p(1)}::uuid`,
  values: [id, expiresAt],
})

export const revokeKey = (id: string): RowChange => ({
  name: 'key-revoke',
  text: (p) => `UPDATE api_keys SET enabled = false, revoked_at = $10::timestamptz FROM head WHERE api_keys.id = ${p(1)}::uuid`,
  values: [id],
})
