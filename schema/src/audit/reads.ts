/** Reading the log for verification: pages of raw records, checkpoints and proofs. Everything is read by index, in O(log n) rows. */
import { consistencyProof, inclusionProof, nodesFor, parseCheckpoint, toHex } from '@buildrunner/sdk/audit-log'
import type { AuditKey, CutRecord, NodeSource, StoredRecord } from '@buildrunner/sdk/audit-log'
import type { Actor, Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { Permission } from '../shared/permissions.ts'
import { AUDIT_COLUMNS, PLATFORM, auditPlaceholders, auditValues } from './entry.ts'
import { ofRequest } from './record.ts'
import { RECORD_COLUMNS, storedRecord } from './rows.ts'
import type { RecordRow } from './rows.ts'

/** Whose log: the caller's organisation's, or the platform's own. */
export type ChainName = 'organisation' | 'platform'

/** Records of one page. */
export const MAX_LOG_PAGE = 1_000

/** The chain that is asked for, by its organisation. @throws ForbiddenError; the platform's needs platform.audit */
export function chainOf(ctx: Context, chain: ChainName, permission: Permission): { actor: Actor; organisationId: string } {
  const actor = requirePermission(ctx, chain === 'platform' ? 'platform.audit' : permission)
  return { actor, organisationId: chain === 'platform' ? PLATFORM : actor.organisationId }
}

export interface AuditCheckpointView {
  readonly note: string
  readonly size: number
  /** Base64, as the note has it. */
  readonly root: string
  readonly chainHash: string
  readonly createdAt: string
  readonly keyName: string
  readonly publicKey: string
}

const NEWEST = statement<{ note: string }>('audit:newest-checkpoint', 'SELECT note FROM audit_checkpoints WHERE organisation_id = $1::uuid ORDER BY size DESC LIMIT 1')
const KEYS = statement<AuditKey>('audit:keys', 'SELECT name, public_key AS "publicKey" FROM audit_signing_keys ORDER BY created_at, name')

/** The newest checkpoint of a chain; null while it has none. */
export async function newestCheckpoint(db: Database, organisationId: string): Promise<AuditCheckpointView | null> {
  const [[newest], keys] = await Promise.all([db.query(NEWEST, [organisationId]), db.query(KEYS, [])])
  if (newest === undefined) return null
  const { checkpoint, signatures } = parseCheckpoint(newest.note)
  const key = keys.find(({ name }) => name === signatures[0]?.name)
  if (key === undefined) throw new Error('a checkpoint is signed by a key that nobody published')
  const { size, root, chainHash, time } = checkpoint
  return { note: newest.note, size, root: Buffer.from(root, 'hex').toString('base64'), chainHash, createdAt: time, keyName: key.name, publicKey: key.publicKey }
}

export const readCheckpoint = (ctx: Context, chain: ChainName): Promise<AuditCheckpointView | null> =>
  newestCheckpoint(ctx.db, chainOf(ctx, chain, 'audit.read').organisationId)

/** Every key that ever signed a checkpoint, the oldest first. */
export async function readKeys(ctx: Context): Promise<AuditKey[]> {
  requirePermission(ctx, 'audit.read')
  return publishedKeys(ctx.db)
}

export const publishedKeys = (db: Database): Promise<AuditKey[]> => db.query(KEYS, [])

const RECORDS = statement<RecordRow>(
  'audit:log',
  `SELECT ${RECORD_COLUMNS} FROM audit_records r WHERE r.organisation_id = $1::uuid AND r.sequence > $2::int AND r.sequence <= $3::int ORDER BY r.sequence`,
)
const CUTS = statement<CutRecord>(
  'audit:cuts',
  `SELECT c.sequence, encode(n.hash, 'hex') AS "leafHash", c.chain_hash AS "chainHash"
   FROM audit_cuts c JOIN audit_nodes n ON n.organisation_id = c.organisation_id AND n.level = 0 AND n.index = c.sequence - 1
   WHERE c.organisation_id = $1::uuid AND c.sequence > $2::int AND c.sequence <= $3::int ORDER BY c.sequence`,
)
const PENDING = statement<{ count: number }>('audit:pending-count', 'SELECT count(*)::int FROM audit_records WHERE organisation_id = $1::uuid AND sequence IS NULL')

/** Records with a sequence from `since + 1` to `until`: whole, and what retention left of others. */
export async function readRange(db: Database, organisationId: string, since: number, until: number): Promise<{ records: StoredRecord[]; cut: CutRecord[] }> {
  const records = (await db.query(RECORDS, [organisationId, since, until])).map(storedRecord)
  if (records.length === until - since) return { records, cut: [] }
  // read second: a record that is cut in between is found twice, and never missed
  const whole = new Set(records.map(({ sequence }) => sequence))
  return { records, cut: (await db.query(CUTS, [organisationId, since, until])).filter(({ sequence }) => !whole.has(sequence)) }
}

export interface AuditLogPage {
  readonly organisationId: string
  readonly records: readonly StoredRecord[]
  readonly cut: readonly CutRecord[]
  readonly checkpoint: AuditCheckpointView | null
  readonly pending: number
}

/** A page of raw records. Reading is itself recorded: once in ten minutes for each reader, not for each page. */
export async function readLog(ctx: Context, chain: ChainName, since: number, first: number): Promise<AuditLogPage> {
  const { actor, organisationId } = chainOf(ctx, chain, 'audit.export')
  if (since < 0) throw new ValidationError('since is the sequence of a record, or 0 for the beginning.', ['since'])
  if (first < 1 || first > MAX_LOG_PAGE) throw new ValidationError(`first is 1 to ${MAX_LOG_PAGE}; ${first} is not.`, ['first'])
  await recordExport(ctx, actor, organisationId, since)
  // the checkpoint first: what it covers is placed, and so is in what is read after it
  const checkpoint = await newestCheckpoint(ctx.db, organisationId)
  const [range, [waiting]] = await Promise.all([readRange(ctx.db, organisationId, since, Math.min(since + first, 2 ** 31 - 1)), ctx.db.query(PENDING, [organisationId])])
  return { organisationId, ...range, checkpoint, pending: waiting?.count ?? 0 }
}

/** `$2`, `$3` and `$13` are organisation, actor and time of the record. */
const EXPORT = statement(
  'audit:export',
  `INSERT INTO audit_records (${AUDIT_COLUMNS}) SELECT ${auditPlaceholders(1)} WHERE NOT EXISTS (SELECT FROM audit_records
     WHERE organisation_id = $2::uuid AND actor_id = $3::uuid AND action = 'audit.export' AND created_at > $13::timestamptz - interval '10 minutes')`,
)

async function recordExport(ctx: Context, actor: Actor, organisationId: string, since: number): Promise<void> {
  const target = { type: 'auditLog', id: organisationId }
  await ctx.db.query(EXPORT, auditValues({ organisationId, actorId: actor.userId, action: 'audit.export', target, details: { since }, ...ofRequest(ctx) }))
}

const NODES = statement<{ level: number; index: number; hash: Buffer }>(
  'audit:proof-nodes',
  `SELECT n.level, n.index, n.hash FROM unnest($2::int[], $3::int[]) AS v (level, index) JOIN audit_nodes n ON n.organisation_id = $1::uuid AND n.level = v.level AND n.index = v.index`,
)
const SIZE = statement<{ size: number }>('audit:size', 'SELECT size FROM audit_chains WHERE organisation_id = $1::uuid')
const SEQUENCE = statement<{ sequence: number | null }>('audit:sequence', 'SELECT sequence FROM audit_records WHERE organisation_id = $1::uuid AND id = $2::uuid')

/** Builds proofs from the nodes that they need, read in one statement. */
export async function prove<Proofs>(db: Database, organisationId: string, build: (node: NodeSource) => Proofs): Promise<Proofs> {
  const wanted = [...new Map(nodesFor(build).map((node) => [node.join('/'), node])).values()]
  const rows = await db.query(NODES, [organisationId, wanted.map(([level]) => level), wanted.map(([, index]) => index)])
  const nodes = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  return build((level, index) => {
    const hash = nodes.get(`${level}/${index}`)
    if (hash === undefined) throw new Error(`node ${level}/${index} of the audit tree of ${organisationId} is missing`)
    return hash
  })
}

async function requireSize(db: Database, organisationId: string, size: number, path: string): Promise<void> {
  const [chain] = await db.query(SIZE, [organisationId])
  const most = chain?.size ?? 0
  if (size < 0 || size > most) throw new ValidationError(`The log has ${most} chained records; ${size} is no size of it.`, [path])
}

export interface InclusionView {
  readonly leafIndex: number
  readonly size: number
  readonly hashes: readonly string[]
}

/** Proves that a record is in the tree of the first `size` records. @throws NotFoundError, ValidationError */
export async function readInclusionProof(ctx: Context, chain: ChainName, recordRef: string, size: number): Promise<InclusionView> {
  const { organisationId } = chainOf(ctx, chain, 'audit.read')
  const { uuid } = parseReference(recordRef, 'AuditRecord')
  const [record] = uuid === null ? [] : await ctx.db.query(SEQUENCE, [organisationId, uuid])
  if (record === undefined) throw new NotFoundError('audit record', recordRef, ['recordId'])
  await requireSize(ctx.db, organisationId, size, 'size')
  if (record.sequence === null || record.sequence > size) throw new ValidationError(`The record is not among the first ${size}: it is ${record.sequence === null ? 'not chained yet' : `number ${record.sequence}`}.`, ['size'])
  const leafIndex = record.sequence - 1
  const hashes = await prove(ctx.db, organisationId, (node) => inclusionProof(leafIndex, size, node))
  return { leafIndex, size, hashes: hashes.map(toHex) }
}

/** Proves that the tree of the first `to` records begins with that of the first `from`. @throws ValidationError */
export async function readConsistencyProof(ctx: Context, chain: ChainName, from: number, to: number): Promise<string[]> {
  const { organisationId } = chainOf(ctx, chain, 'audit.read')
  await requireSize(ctx.db, organisationId, to, 'to')
  if (from < 0 || from > to) throw new ValidationError(`from is 0 to ${to}; ${from} is not.`, ['from'])
  return (await prove(ctx.db, organisationId, (node) => consistencyProof(from, to, node))).map(toHex)
}
