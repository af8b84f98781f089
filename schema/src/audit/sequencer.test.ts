import { randomInt } from 'node:crypto'
import { CompactTree, chainStart, leafHash, nextChainHash, parseCheckpoint, toHex, verifyNote } from '@buildrunner/sdk/audit-log'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import { commitWrite } from '../shared/write.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { INSERT_AUDIT, auditValues } from './entry.ts'
import { RECORD_COLUMNS, storedRecord } from './rows.ts'
import { createSequencer } from './sequencer.ts'
import { createSigner, newSigningKey, readSigningKey } from './signing.ts'

let workspace: TestWorkspace
let organisationId: string
const signer = createSigner(readSigningKey(newSigningKey()))
let now = Date.parse('2026-11-22T12:00:00.000Z')

beforeAll(async () => {
  workspace = await createTestWorkspace()
})
beforeEach(() => {
  organisationId = newUuid()
  now += 60_000
})

const sequencer = (more: { db?: Database; batchSize?: number } = {}) =>
  createSequencer({ db: workspace.services.db, signer, clock: { now: () => new Date(now) }, onError: () => {}, ...more })

async function record(count: number): Promise<void> {
  const entry = { organisationId, actorId: null, impersonatorId: null, action: 'permission.refused', target: { type: 'project', id: null }, before: null, after: null, requestId: 'r', origin: 'test', personal: { address: '::1' } } as const
  for (let at = 0; at < count; at++) await workspace.pool.query(INSERT_AUDIT, auditValues({ ...entry, details: { at }, at: new Date(now + at) }))
}

/** Recomputes the whole chain from the stored values and compares all that was stored about it; answers its size. */
async function checkChain(): Promise<number> {
  const { pool } = workspace
  const { rows } = await pool.query(`SELECT ${RECORD_COLUMNS} FROM audit_records r WHERE organisation_id = $1 AND sequence IS NOT NULL ORDER BY sequence`, [organisationId])
  const tree = new CompactTree()
  const nodes: string[] = []
  let chain: Uint8Array = chainStart(organisationId)
  const roots = new Map<number, { root: string; chainHash: string }>()
  for (const [at, row] of rows.entries()) {
    const stored = storedRecord(row)
    expect(stored.sequence).toBe(at + 1)
    const leaf = leafHash(stored)
    chain = nextChainHash(chain, leaf)
    expect(stored.chainHash).toBe(toHex(chain))
    tree.append(leaf, (level, index, hash) => nodes.push(`${level}/${index}/${toHex(hash)}`))
    roots.set(at + 1, { root: toHex(tree.root()), chainHash: toHex(chain) })
  }
  const kept = await pool.query(`SELECT level || '/' || index || '/' || encode(hash, 'hex') AS node FROM audit_nodes WHERE organisation_id = $1`, [organisationId])
  expect(kept.rows.map(({ node }) => node).sort()).toEqual(nodes.sort())
  const { rows: [head] } = await pool.query('SELECT size, head_hash, checkpoint_size FROM audit_chains WHERE organisation_id = $1', [organisationId])
  if (head !== undefined) expect([head.size, head.head_hash]).toEqual([rows.length, toHex(chain)])
  const notes = await pool.query('SELECT size, note FROM audit_checkpoints WHERE organisation_id = $1 ORDER BY size', [organisationId])
  for (const { size, note } of notes.rows) {
    const parsed = parseCheckpoint(note)
    expect(parsed.checkpoint).toMatchObject({ organisationId, size, ...roots.get(size) })
    expect(await verifyNote(parsed, [signer.key])).toEqual([signer.key])
  }
  expect(head?.checkpoint_size ?? 0).toBe(notes.rows.at(-1)?.size ?? 0)
  return rows.length
}

const checkpoints = async (): Promise<number[]> => (await workspace.pool.query('SELECT size FROM audit_checkpoints WHERE organisation_id = $1 ORDER BY size', [organisationId])).rows.map(({ size }) => size)

describe('the sequencer', () => {
  test('places what is pending, in the order in which it was made, and signs a checkpoint over it', async () => {
    await record(5)
    await sequencer().run()
    expect(await checkChain()).toBe(5)
    expect(await checkpoints()).toEqual([5])
    const { rows } = await workspace.pool.query('SELECT details FROM audit_records WHERE organisation_id = $1 ORDER BY sequence', [organisationId])
    expect(rows.map(({ details }) => JSON.parse(details).at)).toEqual([0, 1, 2, 3, 4])
  })

  test('signs at most one checkpoint a second, and catches up afterwards without new records', async () => {
    for (const later of [0, 300, 600]) {
      now += later
      await record(1)
      await sequencer().run()
    }
    expect(await checkpoints()).toEqual([1])
    now += 200
    await sequencer().run()
    expect(await checkpoints()).toEqual([1, 3])
    await sequencer().run()
    expect(await checkpoints()).toEqual([1, 3])
  })

  test('works off a backlog in batches, and other chains are not kept waiting by it', async () => {
    await record(23)
    await sequencer({ batchSize: 4 }).run()
    expect(await checkChain()).toBe(23)
  })

  test('a crash at any statement leaves a consistent chain, and the next run goes on', async () => {
    class Crash extends Error {}
    /** Dies at the `at`-th statement of all transactions. */
    const dying = (at: number): Database => {
      let sent = 0
      const wrap = (db: Database): Database => ({
        ...db,
        query: (statement, values) => (sent++ === at ? Promise.reject(new Crash()) : db.query(statement, values)),
        transaction: (work) => db.transaction((tx) => work(wrap(tx))),
      })
      return wrap(workspace.services.db)
    }
    let survived = false
    for (let at = 1; !survived; at++) {
      await record(3)
      survived = await sequencer({ db: dying(at), batchSize: 2 }).run().then(() => true, (error) => { expect(error).toBeInstanceOf(Crash); return false })
      await checkChain()
      now += 2_000
    }
    await sequencer().run()
    const { rows } = await workspace.pool.query('SELECT count(*)::int FROM audit_records WHERE organisation_id = $1', [organisationId])
    expect(await checkChain()).toBe(rows[0].count)
    expect(rows[0].count).toBeGreaterThan(30)
  })

  test('when the connection is killed, it goes on with another one', async () => {
    await record(2)
    const killed: Database = {
      ...workspace.services.db,
      transaction: (work) => workspace.services.db.transaction(async (tx) => {
        const result = await work(tx)
        await tx.query({ name: 'kill', text: 'SELECT pg_terminate_backend(pg_backend_pid())' }, [])
        return result
      }),
    }
    await expect(sequencer({ db: killed }).run()).rejects.toThrow()
    expect(await checkChain()).toBe(0)
    await sequencer().run()
    expect(await checkChain()).toBe(2)
  })

  test('several at once make one chain, while writers write', async () => {
    organisationId = workspace.actor.organisationId
    const slugs = await Promise.all(Array.from({ length: 4 }, (_, at) => workspace.project(`concurrent-${at}`)))
    let writing = true
    const ticks = Array.from({ length: 3 }, async () => {
      while (writing) {
        now += randomInt(400)
        await sequencer({ batchSize: 7 }).run()
      }
    })
    const ids = (await workspace.pool.query('SELECT id FROM projects WHERE slug = ANY($1)', [slugs])).rows.map(({ id }) => id as string)
    const write = (id: string, expected: number) => commitWrite(workspace.context(), {
      action: 'project.update', target: { type: 'project', id }, organisationId, stream: { id, expected }, governed: null, event: { kind: 'project.updated', version: 1, data: '{}' },
      before: null, after: '{}', rows: [], idempotency: null, result: null,
    })
    await Promise.all(ids.map(async (id) => { for (let at = 1; at <= 40; at++) expect(await write(id, at)).toBe(at + 1) }))
    writing = false
    await Promise.all(ticks)
    await sequencer().run()
    const { rows } = await workspace.pool.query('SELECT count(*)::int FROM audit_records WHERE organisation_id = $1', [organisationId])
    expect(rows[0].count).toBeGreaterThanOrEqual(164)
    expect(await checkChain()).toBe(rows[0].count)
  })

  test('leaves the work to the one that holds the lock, and takes over when that one is gone', async () => {
    await record(1)
    const other = await workspace.pool.connect()
    await other.query('BEGIN')
    await other.query('SELECT pg_advisory_xact_lock(7226870131)')
    await sequencer().run()
    expect(await checkChain()).toBe(0)
    other.release(true)
    await expect.poll(async () => (await sequencer().run(), checkChain())).toBe(1)
  })

  test('started, it finds new records by itself; stopped, its last run has ended', async () => {
    const running = sequencer()
    running.start()
    await record(1)
    await expect.poll(checkChain).toBe(1)
    await running.stop()
  })
})

describe('an audit record', () => {
  const refused = expect.objectContaining({ code: '23001' })
  const change = (sql: string) => workspace.pool.query(sql, [organisationId])

  test('keeps every column; only its place is given, once, and personal data erased', async () => {
    await record(2)
    const columns = ['id', 'organisation_id', 'actor_id', 'impersonator_id', 'action', 'version', 'target_type', 'target_id', 'before_digest', 'after_digest', 'details', 'request_id', 'origin', 'created_at', 'personal_commitment']
    const types = (await workspace.pool.query(`SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'audit_records'`)).rows
    expect(types.map(({ column_name }) => column_name).sort()).toEqual([...columns, 'sequence', 'chain_hash', 'personal', 'personal_salt'].sort())
    for (const column of columns) {
      const { data_type } = types.find(({ column_name }) => column_name === column)
      const value = data_type === 'uuid' ? `'${newUuid()}'` : data_type === 'integer' ? '99' : data_type === 'text' ? `'x'` : 'now()'
      await expect(change(`UPDATE audit_records SET ${column} = ${value} WHERE organisation_id = $1`), column).rejects.toEqual(refused)
    }
    await sequencer().run()
    await expect(change('UPDATE audit_records SET sequence = sequence + 10 WHERE organisation_id = $1')).rejects.toEqual(refused)
    await expect(change(`UPDATE audit_records SET chain_hash = 'x' WHERE organisation_id = $1`)).rejects.toEqual(refused)
    await expect(change('UPDATE audit_records SET sequence = NULL, chain_hash = NULL WHERE organisation_id = $1')).rejects.toEqual(refused)
    await expect(change(`UPDATE audit_records SET personal = '{}' WHERE organisation_id = $1`)).rejects.toEqual(refused)
    await change('UPDATE audit_records SET personal = NULL, personal_salt = NULL WHERE organisation_id = $1')
    expect(await checkChain()).toBe(2)
  })

  test('is not deleted, nor are the nodes of the tree', async () => {
    await record(1)
    await sequencer().run()
    await expect(change('DELETE FROM audit_records WHERE organisation_id = $1')).rejects.toEqual(refused)
    await expect(workspace.administer('TRUNCATE audit_records')).rejects.toEqual(refused)
    await expect(change('DELETE FROM audit_nodes WHERE organisation_id = $1')).rejects.toEqual(refused)
  })
})
