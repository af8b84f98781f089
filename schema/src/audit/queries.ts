import { builder } from '../builder.ts'
import { paged } from '../shared/connections.ts'
import { MAX_LOG_PAGE, readCheckpoint, readConsistencyProof, readInclusionProof, readKeys, readLog } from './reads.ts'
import { searchRecords } from './search.ts'
import { AuditChainEnum, AuditCheckpointType, AuditConsistencyProof, AuditInclusionProof, AuditLogPageType, AuditRecord, AuditSigningKey } from './types.ts'

const CHAIN = { type: AuditChainEnum, defaultValue: 'organisation', required: true, description: 'Whose log.' } as const

builder.queryField('auditRecords', (t) =>
  t.connection({
    type: AuditRecord,
    description: 'The audit log, newest first. Counting all that match is not offered: page on.',
    extensions: { permission: 'audit.read' },
    args: {
      chain: t.arg(CHAIN),
      actor: t.arg.id({ description: 'Only what this person did: node id or UUID.' }),
      action: t.arg.string({ description: 'Only this action, or those that begin with it: `plan` finds `plan.import` and `plan.status.set`.' }),
      target: t.arg.id({ description: 'Only what was done to this: node id or UUID.' }),
      from: t.arg({ type: 'DateTime', description: 'Not before.' }),
      to: t.arg({ type: 'DateTime', description: 'Before.' }),
    },
    resolve: paged(searchRecords),
  }),
)

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditLogPageType,
    description: 'Raw records in the order of the chain, for verification and export. Reading them is itself recorded: once in ten minutes for each reader.',
    extensions: { permission: 'audit.export' },
    // raw columns of one table cost the server much less than the fields of as many objects
    complexity: ({ first }) => ({ field: Math.ceil((first ?? MAX_LOG_PAGE) / 10), multiplier: 1 }),
    args: {
      chain: t.arg(CHAIN),
      since: t.arg.int({ required: true, description: 'Sequence of the last record that you have; 0 begins with the first.' }),
      first: t.arg.int({ required: true, defaultValue: MAX_LOG_PAGE, description: `Records of the page, 1 to ${MAX_LOG_PAGE}.` }),
    },
    resolve: (_root, { chain, since, first }, ctx) => readLog(ctx, chain, since, first),
  }),
)

builder.queryField('auditCheckpoint', (t) =>
  t.field({
    type: AuditCheckpointType,
    nullable: true,
    description: 'The newest signed checkpoint; null until there is one.',
    extensions: { permission: 'audit.read' },
    args: { chain: t.arg(CHAIN) },
    resolve: (_root, { chain }, ctx) => readCheckpoint(ctx, chain),
  }),
)

builder.queryField('auditInclusionProof', (t) =>
  t.field({
    type: AuditInclusionProof,
    description: 'Proves that a record is among the first `size` ones.',
    extensions: { permission: 'audit.read' },
    args: {
      chain: t.arg(CHAIN),
      recordId: t.arg.id({ required: true, description: 'Id of the record (aud_...) or its UUID.' }),
      size: t.arg.int({ required: true, description: 'Of the checkpoint to prove against.' }),
    },
    resolve: (_root, { chain, recordId, size }, ctx) => readInclusionProof(ctx, chain, recordId, size),
  }),
)

builder.queryField('auditConsistencyProof', (t) =>
  t.field({
    type: AuditConsistencyProof,
    description: 'Proves that the log of the first `to` records begins with that of the first `from`: it only grew.',
    extensions: { permission: 'audit.read' },
    args: {
      chain: t.arg(CHAIN),
      from: t.arg.int({ required: true, description: 'Size of the older checkpoint.' }),
      to: t.arg.int({ required: true, description: 'Size of the newer checkpoint.' }),
    },
    resolve: async (_root, { chain, from, to }, ctx) => ({ hashes: await readConsistencyProof(ctx, chain, from, to) }),
  }),
)

builder.queryField('auditKeys', (t) =>
  t.field({
    type: [AuditSigningKey],
    description: 'Every key that ever signed a checkpoint, the oldest first.',
    extensions: { permission: 'audit.read' },
    resolve: (_root, _args, ctx) => readKeys(ctx),
  }),
)
