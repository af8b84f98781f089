/**
 * Gives audit records their place in the chain of their organisation, grows the Merkle tree over them, and signs checkpoints.
 *
 * Writers only insert: they never wait for this. Every process runs a sequencer; a lock that lasts for one transaction lets one
 * of them work at a time, so that another goes on when it dies. One batch is one transaction: records, nodes, the chain's head
 * and the checkpoint are committed together or not at all, so that a crash at any point leaves a consistent chain.
 */
import { CompactTree, chainStart, fromHex, leafHash, nextChainHash, signCheckpoint, toHex } from '@buildrunner/sdk/audit-log'
import type { Hash } from '@buildrunner/sdk/audit-log'
import type { Clock } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { createTicker } from '../shared/ticker.ts'
import type { Ticker } from '../shared/ticker.ts'
import { RECORD_COLUMNS } from './rows.ts'
import type { RecordRow } from './rows.ts'
import { publishKey } from './signing.ts'
import type { AuditSigner } from './signing.ts'

/** How often it looks for records: their place and the checkpoint over them are at most a second behind. */
const TICK_MS = 400
const CHECKPOINT_MS = 1_000
/** Large enough to work off a backlog, small enough to keep the event loop free. */
const BATCH = 500
const LOCK = 7_226_870_131
const HASH_BYTES = 32

export interface SequencerOptions {
  readonly db: Database
  readonly signer: AuditSigner
  readonly clock: Clock
  /** Told of every run that failed; the next one tries again. */
  readonly onError: (error: unknown) => void
  readonly batchSize?: number
}

/** Started, it looks for records several times a second. */
export interface Sequencer extends Ticker {
  /** Places what is pending now, unless another sequencer is at it. @throws what the database says. */
  run(): Promise<void>
}

interface Chain {
  size: number
  headHash: string
  frontier: Buffer
  checkpointSize: number
  checkpointAt: Date | null
}

/** Chains with something to do; a step to each organisation by the index, however many records wait in it. */
const WORK = statement<{ id: string }>(
  'audit:work',
  `WITH RECURSIVE pending AS (
     (SELECT organisation_id FROM audit_records WHERE sequence IS NULL ORDER BY organisation_id LIMIT 1)
     UNION ALL
     SELECT (SELECT r.organisation_id FROM audit_records r WHERE r.sequence IS NULL AND r.organisation_id > p.organisation_id ORDER BY r.organisation_id LIMIT 1)
     FROM pending p WHERE p.organisation_id IS NOT NULL)
   SELECT organisation_id AS id FROM pending WHERE organisation_id IS NOT NULL
   UNION SELECT organisation_id FROM audit_chains WHERE size > checkpoint_size`,
)
const TRY_LOCK = statement<{ won: boolean }>('audit:lock', 'SELECT pg_try_advisory_xact_lock($1) AS won')
const MAKE_CHAIN = statement('audit:make-chain', `INSERT INTO audit_chains (organisation_id, size, head_hash, frontier) VALUES ($1::uuid, 0, $2, '') ON CONFLICT DO NOTHING`)
const READ_CHAIN = statement<Chain>(
  'audit:chain',
  `SELECT size, head_hash AS "headHash", frontier, checkpoint_size AS "checkpointSize", checkpoint_at AS "checkpointAt" FROM audit_chains WHERE organisation_id = $1::uuid FOR UPDATE`,
)
const READ_PENDING = statement<RecordRow>('audit:pending', `SELECT ${RECORD_COLUMNS} FROM audit_records r WHERE r.organisation_id = $1::uuid AND r.sequence IS NULL ORDER BY r.id LIMIT $2::int`)
const PLACE = statement<{ count: number }>(
  'audit:place',
  `WITH placed AS (UPDATE audit_records r SET sequence = v.sequence, chain_hash = v.chain_hash
     FROM unnest($1::uuid[], $2::int[], $3::text[]) AS v (id, sequence, chain_hash) WHERE r.id = v.id AND r.sequence IS NULL RETURNING 1)
   SELECT count(*)::int FROM placed`,
)
const ADD_NODES = statement('audit:nodes', 'INSERT INTO audit_nodes (organisation_id, level, index, hash) SELECT $1::uuid, v.* FROM unnest($2::int[], $3::int[], $4::bytea[]) AS v')
const MOVE_HEAD = statement('audit:head', 'UPDATE audit_chains SET size = $2::int, head_hash = $3, frontier = $4::bytea WHERE organisation_id = $1::uuid')
const ADD_CHECKPOINT = statement(
  'audit:checkpoint',
  `WITH signed AS (INSERT INTO audit_checkpoints (organisation_id, size, note, created_at) VALUES ($1::uuid, $2::int, $3, $4::timestamptz))
   UPDATE audit_chains SET checkpoint_size = $2::int, checkpoint_at = $4::timestamptz WHERE organisation_id = $1::uuid`,
)

export function createSequencer({ db, signer, clock, onError, batchSize = BATCH }: SequencerOptions): Sequencer {
  const ticker = createTicker(TICK_MS, () => run().catch(onError))

  /** One batch of every chain in turn, until all have had their last: a backlog of one does not keep the others waiting. */
  async function run(): Promise<void> {
    let chains = await db.query(WORK, [])
    while (chains.length > 0) {
      const more: typeof chains = []
      for (const chain of chains) {
        const outcome = await db.transaction((tx) => advance(tx, chain.id))
        if (outcome === 'busy') return
        if (outcome === 'more') more.push(chain)
      }
      chains = more
    }
  }

  async function advance(tx: Database, organisationId: string): Promise<'busy' | 'more' | 'done'> {
    const [lock] = await tx.query(TRY_LOCK, [LOCK])
    if (lock?.won !== true) return 'busy'
    await tx.query(MAKE_CHAIN, [organisationId, toHex(chainStart(organisationId))])
    const [chain] = await tx.query(READ_CHAIN, [organisationId])
    const pending = await tx.query(READ_PENDING, [organisationId, batchSize])
    const head = await place(tx, organisationId, chain as Chain, pending)
    await sign(tx, organisationId, head)
    return pending.length === batchSize ? 'more' : 'done'
  }

  async function sign(tx: Database, organisationId: string, { tree, chainHash, checkpointSize, checkpointAt }: Head): Promise<void> {
    const now = clock.now()
    if (tree.size === checkpointSize || (checkpointAt !== null && Math.abs(now.getTime() - checkpointAt.getTime()) < CHECKPOINT_MS)) return
    const note = await signCheckpoint({ organisationId, size: tree.size, root: toHex(tree.root()), chainHash, time: now.toISOString() }, [signer])
    await publishKey(tx, signer)
    await tx.query(ADD_CHECKPOINT, [organisationId, tree.size, note, now])
  }

  return { ...ticker, run }
}

interface Head extends Pick<Chain, 'checkpointSize' | 'checkpointAt'> {
  readonly tree: CompactTree
  readonly chainHash: string
}

/** Chains a batch and stores what it changes; answers the head after it. */
async function place(tx: Database, organisationId: string, chain: Chain, pending: readonly RecordRow[]): Promise<Head> {
  const { checkpointSize, checkpointAt } = chain
  const tree = new CompactTree(chain.size, hashesOf(chain.frontier))
  if (pending.length === 0) return { tree, chainHash: chain.headHash, checkpointSize, checkpointAt }
  let chainHash: Uint8Array = fromHex(chain.headHash)
  const placed = { ids: [] as string[], sequences: [] as number[], chainHashes: [] as string[] }
  const nodes = { levels: [] as number[], indexes: [] as number[], hashes: [] as Buffer[] }
  for (const row of pending) {
    const leaf = leafHash({ ...row, sequence: tree.size + 1, createdAt: row.createdAt.toISOString() })
    chainHash = nextChainHash(chainHash, leaf)
    tree.append(leaf, (level, index, hash) => {
      nodes.levels.push(level)
      nodes.indexes.push(index)
      nodes.hashes.push(Buffer.from(hash))
    })
    placed.ids.push(row.id)
    placed.sequences.push(tree.size)
    placed.chainHashes.push(toHex(chainHash))
  }
  const head = toHex(chainHash)
  const [done] = await tx.query(PLACE, [placed.ids, placed.sequences, placed.chainHashes])
  if (done?.count !== pending.length) throw new Error(`${done?.count} of ${pending.length} audit records could be placed`)
  await tx.query(ADD_NODES, [organisationId, nodes.levels, nodes.indexes, nodes.hashes])
  await tx.query(MOVE_HEAD, [organisationId, tree.size, head, Buffer.concat(tree.hashes)])
  return { tree, chainHash: head, checkpointSize, checkpointAt }
}

const hashesOf = (frontier: Buffer): Hash[] => Array.from({ length: frontier.length / HASH_BYTES }, (_, at) => frontier.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
