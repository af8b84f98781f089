// Generated from sdk/operations/audit.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { AuditCheckpointData, AuditCheckpointVariables, AuditConsistencyProofData, AuditConsistencyProofVariables, AuditEraseData, AuditEraseVariables, AuditInclusionProofData, AuditInclusionProofVariables, AuditKeysData, AuditListData, AuditListVariables, AuditLogData, AuditLogVariables } from '../audit.ts'
import { audit_checkpoint, audit_consistencyProof, audit_erase, audit_inclusionProof, audit_keys, audit_list, audit_log } from '../operations/audit.ts'

export type * from '../audit.ts'

/**
 * The audit log, newest first. Counting all that match is not offered: page on.
 *
 * Newest first. `action` also takes what actions begin with: `plan` finds `plan.import` and `plan.status.set`.
 *
 * @example
 * ```ts
 * for await (const record of listAuditRecords(client, { action: 'member', from: '2026-11-01T00:00:00.000Z' })) console.log(record.createdAt, record.actor?.name, record.action)
 * ```
 */
export function listAuditRecords(client: Client, variables?: AuditListVariables, options?: CallOptions): ListRequest<AuditListData, AuditListData['records'][number]> {
  return list(client, audit_list, variables, options)
}

/**
 * Raw records in the order of the chain, for verification and export. Reading them is itself recorded: once in ten minutes for each reader.
 *
 * Raw records in the order of the chain, as their hashes cover them. Reading them is itself recorded.
 *
 * @example
 * ```ts
 * const { data } = await readAuditLog(client, { since: 0 })
 * ```
 */
export function readAuditLog(client: Client, variables: AuditLogVariables, options?: CallOptions): Request<AuditLogData> {
  return call(client, audit_log, variables, options)
}

/**
 * The newest signed checkpoint; null until there is one.
 *
 * Keep its note: a log that was rewritten no longer fits it.
 *
 * @example
 * ```ts
 * const { data: checkpoint } = await getAuditCheckpoint(client)
 * ```
 */
export function getAuditCheckpoint(client: Client, variables?: AuditCheckpointVariables, options?: CallOptions): Request<AuditCheckpointData> {
  return call(client, audit_checkpoint, variables, options)
}

/**
 * Proves that a record is among the first `size` ones.
 *
 * @example
 * ```ts
 * const { data: proof } = await proveAuditInclusion(client, { recordId: 'aud_01a2008b71a07f2ebe4265f046903171', size: 2 })
 * ```
 */
export function proveAuditInclusion(client: Client, variables: AuditInclusionProofVariables, options?: CallOptions): Request<AuditInclusionProofData> {
  return call(client, audit_inclusionProof, variables, options)
}

/**
 * Proves that the log of the first `to` records begins with that of the first `from`: it only grew.
 *
 * @example
 * ```ts
 * const { data: proof } = await proveAuditConsistency(client, { from: 1, to: 2 })
 * ```
 */
export function proveAuditConsistency(client: Client, variables: AuditConsistencyProofVariables, options?: CallOptions): Request<AuditConsistencyProofData> {
  return call(client, audit_consistencyProof, variables, options)
}

/**
 * Every key that ever signed a checkpoint, the oldest first.
 *
 * @example
 * ```ts
 * const { data: keys } = await listAuditKeys(client)
 * ```
 */
export function listAuditKeys(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<AuditKeysData> {
  return call(client, audit_keys, variables, options)
}

/**
 * Erases addresses, names and e-mail addresses from the records that a person made or that are about them. The records stay, and every proof stays valid: they hold a salted commitment to what was erased. This cannot be undone.
 *
 * The records stay, and every proof stays valid: they hold a salted commitment to what is erased. This cannot be undone.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await eraseAuditPersonalData(client, { userId: 'usr_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function eraseAuditPersonalData(client: Client, variables: AuditEraseVariables, options?: CallOptions): Request<AuditEraseData> {
  return call(client, audit_erase, variables, options)
}
