// Generated from sdk/operations/audit.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { AuditChain } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** What somebody did, for people. What is hashed is in `auditLog`. */
export interface AuditRecord {
  /** Id of the record (aud_...). */
  id: string
  /** Its place in the chain, from 1; null for the second until it has one. */
  sequence: number | null
  /** What was done, e.g. `plan.import`. */
  action: string
  /** Version of the shape of `details` for this action. */
  version: number
  /** Who did it; null when nobody is known, and for the server itself. */
  actor: {
    /** Node id of the user. */
    id: string
    /** Display name of today; null when there is no such person any more. */
    name: string | null
  } | null
  /** Who acted in the actor's name. */
  impersonator: {
    /** Node id of the user. */
    id: string
    /** Display name of today; null when there is no such person any more. */
    name: string | null
  } | null
  /** Kind of what it was done to, e.g. `project`. */
  targetType: string
  /** Node id of what it was done to, where that is a node; else its UUID. */
  targetId: string | null
  /** SHA-256, hex, of the JSON of what was there before. */
  beforeDigest: string | null
  /** SHA-256, hex, of the JSON of what is there since. */
  afterDigest: string | null
  /** More, in the action's own shape. */
  details: unknown
  /** Addresses, names and e-mail addresses; null when there were none, or when they were erased. */
  personal: unknown
  /** True when personal data was erased from it. */
  isErased: boolean
  /** Of the request that did it. */
  requestId: string
  /** Which client or integration it came through, e.g. `cli/0.1.0`. */
  origin: string
  /** When. */
  createdAt: string
}

/** A signed statement of what the log was at a size. Keep one: a log that was rewritten no longer fits it. */
export interface AuditCheckpoint {
  /** C2SP signed note: the only part that is signed. The other fields repeat what it says. */
  note: string
  /** Records that it covers. */
  size: number
  /** Root of the Merkle tree (RFC 6962), base64. */
  root: string
  /** Chain hash of the last record, hex. */
  chainHash: string
  /** When it was signed. */
  createdAt: string
  /** Name of the key that signed it. */
  keyName: string
  /** That key: the 32 bytes of Ed25519, base64. */
  publicKey: string
}

/** What `audit.list` takes. */
export interface AuditListVariables {
  /** Whose log. Default: ORGANISATION. */
  chain?: AuditChain
  /** Only what this person did: node id or UUID. */
  actor?: string | null
  /** Only this action, or those that begin with it: `plan` finds `plan.import` and `plan.status.set`. */
  action?: string | null
  /** Only what was done to this: node id or UUID. */
  target?: string | null
  /** Not before. */
  from?: string | null
  /** Before. */
  to?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `audit.list` answers. */
export interface AuditListData {
  records: AuditRecord[]
  pageInfo: PageInfo
}

/** What `audit.log` takes. */
export interface AuditLogVariables {
  /** Whose log. Default: ORGANISATION. */
  chain?: AuditChain
  /** Sequence of the last record that you have; 0 begins with the first. */
  since: number
  /** Records of the page, 1 to 1000. Default: 1000. */
  first?: number
}

/** What `audit.log` answers. */
export interface AuditLogData {
  /** UUID whose chain it is; the nil UUID for the platform. */
  organisationId: string
  /** Those that are kept. */
  records: Array<{
    /** UUID. */
    id: string
    /** UUID; the nil UUID in the log of the platform. */
    organisationId: string
    /** Its place in the chain, from 1. */
    sequence: number
    /** SHA-256, hex, over the previous record's chain hash and this one's leaf hash. */
    chainHash: string
    /** What was done. */
    action: string
    /** Version of the shape of `details`. */
    version: number
    /** UUID of who did it. */
    actorId: string | null
    /** UUID of who acted in the actor's name. */
    impersonatorId: string | null
    /** Kind of what it was done to. */
    targetType: string
    /** UUID of what it was done to. */
    targetId: string | null
    /** SHA-256, hex. */
    beforeDigest: string | null
    /** SHA-256, hex. */
    afterDigest: string | null
    /** JSON text, as it is stored. */
    details: string | null
    /** Of the request that did it. */
    requestId: string
    /** Which client it came through. */
    origin: string
    /** ISO 8601, UTC, with milliseconds, as it is hashed. */
    createdAt: string
    /** SHA-256, hex, over salt and personal data. */
    personalCommitment: string | null
    /** JSON text; null when there was none, or when it was erased. */
    personal: string | null
    /** 32 hex digits; erased with the data. */
    personalSalt: string | null
  }>
  /** Those of the same range that retention has cut. */
  cut: Array<{
    /** Its place in the chain, from 1. */
    sequence: number
    /** Leaf hash of the record that was, hex. */
    leafHash: string
    /** As it was stored, hex. */
    chainHash: string
  }>
  /** The newest; null until there is one. */
  checkpoint: AuditCheckpoint | null
  /** Records that do not have their place yet: those of the last second. */
  pending: number
}

/** What `audit.checkpoint` takes. */
export interface AuditCheckpointVariables {
  /** Whose log. Default: ORGANISATION. */
  chain?: AuditChain
}

/** What `audit.checkpoint` answers. */
export type AuditCheckpointData = AuditCheckpoint

/** What `audit.inclusionProof` takes. */
export interface AuditInclusionProofVariables {
  /** Whose log. Default: ORGANISATION. */
  chain?: AuditChain
  /** Id of the record (aud_...) or its UUID. */
  recordId: string
  /** Of the checkpoint to prove against. */
  size: number
}

/** What `audit.inclusionProof` answers. */
export interface AuditInclusionProofData {
  /** Of the leaf, from 0: the sequence less 1. */
  leafIndex: number
  /** Records of the tree. */
  size: number
  /** From the leaf's sibling up, hex. */
  hashes: string[]
}

/** What `audit.consistencyProof` takes. */
export interface AuditConsistencyProofVariables {
  /** Whose log. Default: ORGANISATION. */
  chain?: AuditChain
  /** Size of the older checkpoint. */
  from: number
  /** Size of the newer checkpoint. */
  to: number
}

/** What `audit.consistencyProof` answers. */
export interface AuditConsistencyProofData {
  /** Hex, in the order of the specification. */
  hashes: string[]
}

/** What `audit.keys` answers. */
export type AuditKeysData = ({
  /** As notes name it. */
  name: string
  /** The 32 bytes of Ed25519, base64. */
  publicKey: string
})[]

/** What `audit.erase` takes. */
export interface AuditEraseVariables {
  /** The person: node id or UUID. Somebody who left the organisation, too. */
  userId: string
  /** In whose log. Default: ORGANISATION. */
  chain?: AuditChain
}

/** What `audit.erase` answers. */
export interface AuditEraseData {
  /** How many records held personal data. */
  records: number
}

/** The audit log: what was done, by whom, and the proof that nothing of it was changed since. */
export interface AuditGroup {
  /**
   * The audit log, newest first. Counting all that match is not offered: page on.
   *
   * Newest first. `action` also takes what actions begin with: `plan` finds `plan.import` and `plan.status.set`.
   *
   * @example
   * ```ts
   * for await (const record of client.audit.list({ action: 'member', from: '2026-11-01T00:00:00.000Z' })) console.log(record.createdAt, record.actor?.name, record.action)
   * ```
   */
  list(variables?: AuditListVariables, options?: CallOptions): ListRequest<AuditListData, AuditListData['records'][number]>

  /**
   * Raw records in the order of the chain, for verification and export. Reading them is itself recorded: once in ten minutes for each reader.
   *
   * Raw records in the order of the chain, as their hashes cover them. Reading them is itself recorded.
   *
   * @example
   * ```ts
   * const { data } = await client.audit.log({ since: 0 })
   * ```
   */
  log(variables: AuditLogVariables, options?: CallOptions): Request<AuditLogData>

  /**
   * The newest signed checkpoint; null until there is one.
   *
   * Keep its note: a log that was rewritten no longer fits it.
   *
   * @example
   * ```ts
   * const { data: checkpoint } = await client.audit.checkpoint()
   * ```
   */
  checkpoint(variables?: AuditCheckpointVariables, options?: CallOptions): Request<AuditCheckpointData>

  /**
   * Proves that a record is among the first `size` ones.
   *
   * @example
   * ```ts
   * const { data: proof } = await client.audit.inclusionProof({ recordId: 'aud_01a2008b71a07f2ebe4265f046903171', size: 2 })
   * ```
   */
  inclusionProof(variables: AuditInclusionProofVariables, options?: CallOptions): Request<AuditInclusionProofData>

  /**
   * Proves that the log of the first `to` records begins with that of the first `from`: it only grew.
   *
   * @example
   * ```ts
   * const { data: proof } = await client.audit.consistencyProof({ from: 1, to: 2 })
   * ```
   */
  consistencyProof(variables: AuditConsistencyProofVariables, options?: CallOptions): Request<AuditConsistencyProofData>

  /**
   * Every key that ever signed a checkpoint, the oldest first.
   *
   * @example
   * ```ts
   * const { data: keys } = await client.audit.keys()
   * ```
   */
  keys(variables?: Record<string, never>, options?: CallOptions): Request<AuditKeysData>

  /**
   * Erases addresses, names and e-mail addresses from the records that a person made or that are about them. The records stay, and every proof stays valid: they hold a salted commitment to what was erased. This cannot be undone.
   *
   * The records stay, and every proof stays valid: they hold a salted commitment to what is erased. This cannot be undone.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.audit.erase({ userId: 'usr_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  erase(variables: AuditEraseVariables, options?: CallOptions): Request<AuditEraseData>
}
