import type { AuditKey, CutRecord, StoredRecord } from '@buildrunner/sdk/audit-log'
import { builder } from '../builder.ts'
import { encodeNodeId, isNodeType } from '../shared/ids.ts'
import type { AuditCheckpointView, AuditLogPage, InclusionView } from './reads.ts'
import type { FoundRecord } from './search.ts'

export const AuditChainEnum = builder.enumType('AuditChain', {
  description: 'Whose log.',
  values: {
    ORGANISATION: { value: 'organisation', description: "The organisation's that the request is made in." },
    PLATFORM: { value: 'platform', description: 'The one of what belongs to no organisation, for the operator of the server; needs platform.audit.' },
  } as const,
})

interface Somebody {
  readonly id: string
  readonly name: string | null
}

const AuditPerson = builder.objectRef<Somebody>('AuditPerson').implement({
  description: 'Somebody whom the log names.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the user.', resolve: ({ id }) => encodeNodeId('User', id) }),
    name: t.exposeString('name', { nullable: true, description: 'Display name of today; null when there is no such person any more.' }),
  }),
})

/** `plan_item` and others that are no node keep their UUID. */
function targetIdOf({ targetType, targetId }: FoundRecord): string | null {
  const type = `${targetType.charAt(0).toUpperCase()}${targetType.slice(1)}`
  return targetId !== null && isNodeType(type) ? encodeNodeId(type, targetId) : targetId
}

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text))
const person = (id: string | null, name: string | null): Somebody | null => (id === null ? null : { id, name })

export const AuditRecord = builder.objectRef<FoundRecord>('AuditRecord').implement({
  description: 'What somebody did, for people. What is hashed is in `auditLog`.',
  fields: (t) => ({
    id: t.id({ description: 'Id of the record (aud_...).', resolve: ({ id }) => encodeNodeId('AuditRecord', id) }),
    sequence: t.exposeInt('sequence', { nullable: true, description: 'Its place in the chain, from 1; null for the second until it has one.' }),
    action: t.exposeString('action', { description: 'What was done, e.g. `plan.import`.' }),
    version: t.exposeInt('version', { description: 'Version of the shape of `details` for this action.' }),
    actor: t.field({ type: AuditPerson, nullable: true, description: 'Who did it; null when nobody is known, and for the server itself.', resolve: (record) => person(record.actorId, record.actorName) }),
    impersonator: t.field({ type: AuditPerson, nullable: true, description: "Who acted in the actor's name.", resolve: (record) => person(record.impersonatorId, record.impersonatorName) }),
    targetType: t.exposeString('targetType', { description: 'Kind of what it was done to, e.g. `project`.' }),
    targetId: t.id({ nullable: true, description: 'Node id of what it was done to, where that is a node; else its UUID.', resolve: targetIdOf }),
    beforeDigest: t.exposeString('beforeDigest', { nullable: true, description: 'SHA-256, hex, of the JSON of what was there before.' }),
    afterDigest: t.exposeString('afterDigest', { nullable: true, description: 'SHA-256, hex, of the JSON of what is there since.' }),
    details: t.field({ type: 'JSON', nullable: true, description: "More, in the action's own shape.", resolve: ({ details }) => parsed(details) }),
    personal: t.field({ type: 'JSON', nullable: true, description: 'Addresses, names and e-mail addresses; null when there were none, or when they were erased.', resolve: ({ personal }) => parsed(personal) }),
    isErased: t.boolean({ description: 'True when personal data was erased from it.', resolve: ({ personal, personalCommitment }) => personal === null && personalCommitment !== null }),
    requestId: t.exposeString('requestId', { description: 'Of the request that did it.' }),
    origin: t.exposeString('origin', { description: 'Which client or integration it came through, e.g. `cli/0.1.0`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
})

const AuditLogRecord = builder.objectRef<StoredRecord>('AuditLogRecord').implement({
  description: 'A record as it is stored, with what its hash covers. UUIDs are plain.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'UUID.' }),
    organisationId: t.exposeString('organisationId', { description: 'UUID; the nil UUID in the log of the platform.' }),
    sequence: t.exposeInt('sequence', { description: 'Its place in the chain, from 1.' }),
    chainHash: t.exposeString('chainHash', { description: "SHA-256, hex, over the previous record's chain hash and this one's leaf hash." }),
    action: t.exposeString('action', { description: 'What was done.' }),
    version: t.exposeInt('version', { description: 'Version of the shape of `details`.' }),
    actorId: t.exposeString('actorId', { nullable: true, description: 'UUID of who did it.' }),
    impersonatorId: t.exposeString('impersonatorId', { nullable: true, description: "UUID of who acted in the actor's name." }),
    targetType: t.exposeString('targetType', { description: 'Kind of what it was done to.' }),
    targetId: t.exposeString('targetId', { nullable: true, description: 'UUID of what it was done to.' }),
    beforeDigest: t.exposeString('beforeDigest', { nullable: true, description: 'SHA-256, hex.' }),
    afterDigest: t.exposeString('afterDigest', { nullable: true, description: 'SHA-256, hex.' }),
    details: t.exposeString('details', { nullable: true, description: 'JSON text, as it is stored.' }),
    requestId: t.exposeString('requestId', { description: 'Of the request that did it.' }),
    origin: t.exposeString('origin', { description: 'Which client it came through.' }),
    createdAt: t.exposeString('createdAt', { description: 'ISO 8601, UTC, with milliseconds, as it is hashed.' }),
    personalCommitment: t.exposeString('personalCommitment', { nullable: true, description: 'SHA-256, hex, over salt and personal data.' }),
    personal: t.exposeString('personal', { nullable: true, description: 'JSON text; null when there was none, or when it was erased.' }),
    personalSalt: t.exposeString('personalSalt', { nullable: true, description: '32 hex digits; erased with the data.' }),
  }),
})

const AuditCutRecord = builder.objectRef<CutRecord>('AuditCutRecord').implement({
  description: 'What retention left of a record: enough to prove all others.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Its place in the chain, from 1.' }),
    leafHash: t.exposeString('leafHash', { description: 'Leaf hash of the record that was, hex.' }),
    chainHash: t.exposeString('chainHash', { description: 'As it was stored, hex.' }),
  }),
})

export const AuditCheckpointType = builder.objectRef<AuditCheckpointView>('AuditCheckpoint').implement({
  description: 'A signed statement of what the log was at a size. Keep one: a log that was rewritten no longer fits it.',
  fields: (t) => ({
    note: t.exposeString('note', { description: 'C2SP signed note: the only part that is signed. The other fields repeat what it says.' }),
    size: t.exposeInt('size', { description: 'Records that it covers.' }),
    root: t.exposeString('root', { description: 'Root of the Merkle tree (RFC 6962), base64.' }),
    chainHash: t.exposeString('chainHash', { description: 'Chain hash of the last record, hex.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was signed.' }),
    keyName: t.exposeString('keyName', { description: 'Name of the key that signed it.' }),
    publicKey: t.exposeString('publicKey', { description: 'That key: the 32 bytes of Ed25519, base64.' }),
  }),
})

export const AuditLogPageType = builder.objectRef<AuditLogPage>('AuditLogPage').implement({
  description: 'Raw records in the order of the chain, for verification and export.',
  fields: (t) => ({
    organisationId: t.exposeString('organisationId', { description: 'UUID whose chain it is; the nil UUID for the platform.' }),
    records: t.field({ type: [AuditLogRecord], description: 'Those that are kept.', resolve: ({ records }) => [...records] }),
    cut: t.field({ type: [AuditCutRecord], description: 'Those of the same range that retention has cut.', resolve: ({ cut }) => [...cut] }),
    checkpoint: t.expose('checkpoint', { type: AuditCheckpointType, nullable: true, description: 'The newest; null until there is one.' }),
    pending: t.exposeInt('pending', { description: 'Records that do not have their place yet: those of the last second.' }),
  }),
})

export const AuditInclusionProof = builder.objectRef<InclusionView>('AuditInclusionProof').implement({
  description: 'Proof that a record is in the log (RFC 6962, 2.1.1).',
  fields: (t) => ({
    leafIndex: t.exposeInt('leafIndex', { description: 'Of the leaf, from 0: the sequence less 1.' }),
    size: t.exposeInt('size', { description: 'Records of the tree.' }),
    hashes: t.stringList({ description: "From the leaf's sibling up, hex.", resolve: ({ hashes }) => [...hashes] }),
  }),
})

export const AuditConsistencyProof = builder.objectRef<{ hashes: readonly string[] }>('AuditConsistencyProof').implement({
  description: 'Proof that the log only grew (RFC 6962, 2.1.2).',
  fields: (t) => ({ hashes: t.stringList({ description: 'Hex, in the order of the specification.', resolve: ({ hashes }) => [...hashes] }) }),
})

export const AuditSigningKey = builder.objectRef<AuditKey>('AuditSigningKey').implement({
  description: 'A key that signs checkpoints.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As notes name it.' }),
    publicKey: t.exposeString('publicKey', { description: 'The 32 bytes of Ed25519, base64.' }),
  }),
})
