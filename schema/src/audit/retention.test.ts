import { chainStart, fromHex, leafHash, nextChainHash, toHex, verifyInclusion, inclusionProof, CompactTree } from '@buildrunner/sdk/audit-log'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newUuid } from '../shared/ids.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { prove, readRange } from './reads.ts'
import { applyRetention } from './retention.ts'
import { addRecords, seal } from './testing/log.ts'

const DAY = 86_400_000
const NOW = new Date('2026-11-22T12:00:00.000Z')
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY)

let workspace: TestWorkspace
let organisationId: string
beforeAll(async () => {
  workspace = await createTestWorkspace()
})
beforeEach(async () => {
  organisationId = newUuid()
  await workspace.pool.query('INSERT INTO organisations (id, slug, name, audit_retention_days) VALUES ($1, $2, $2, 30)', [organisationId, `o-${organisationId}`])
})

const apply = (now = NOW, batchSize?: number) => applyRetention({ db: workspace.services.db, now, defaultDays: 365, ...(batchSize && { batchSize }) })
const log = () => readRange(workspace.services.db, organisationId, 0, 1_000)

describe('retention', () => {
  test('cuts the beginning of the chain, keeps its hashes, and says so in the log', async () => {
    await addRecords(workspace, organisationId, 7, daysAgo(31))
    await addRecords(workspace, organisationId, 5, daysAgo(29))
    await seal(workspace, NOW)
    const before = (await log()).records
    expect(await apply()).toBe(7)
    await seal(workspace, new Date(NOW.getTime() + 2_000))
    const { records, cut } = await log()
    expect(cut).toEqual(before.slice(0, 7).map((record) => ({ sequence: record.sequence, chainHash: record.chainHash, leafHash: toHex(leafHash(record)) })))
    expect(records.slice(0, 5)).toEqual(before.slice(7))
    expect(records.at(-1)).toMatchObject({ action: 'audit.retain', actorId: null, details: JSON.stringify({ first: 1, last: 7, chainHash: before[6]!.chainHash, days: 30 }) })
  })

  test('chain and tree of what is left are computed from hashes and records alone, and proofs hold', async () => {
    await addRecords(workspace, organisationId, 10, daysAgo(40))
    await addRecords(workspace, organisationId, 9, daysAgo(3))
    await seal(workspace, NOW)
    await apply(NOW, 4)
    await seal(workspace, new Date(NOW.getTime() + 2_000))
    const { records, cut } = await log()
    expect([cut.length, records.length]).toEqual([10, 12])
    let chain: Uint8Array = chainStart(organisationId)
    const tree = new CompactTree()
    for (const entry of [...cut, ...records]) {
      const leaf = 'leafHash' in entry ? fromHex(entry.leafHash) : leafHash(entry)
      tree.append(leaf)
      chain = nextChainHash(chain, leaf)
      expect([entry.sequence, entry.chainHash]).toEqual([tree.size, toHex(chain)])
    }
    for (const record of records) {
      const [index, size] = [record.sequence - 1, tree.size]
      const proof = await prove(workspace.services.db, organisationId, (node) => inclusionProof(index, size, node))
      expect(verifyInclusion({ index, size, leaf: leafHash(record), proof, root: tree.root() })).toBe(true)
    }
  })

  test('comes to rest: its own records alone are no reason to cut again', async () => {
    await addRecords(workspace, organisationId, 2, daysAgo(31))
    await seal(workspace, NOW)
    expect(await apply()).toBe(2)
    await seal(workspace, new Date(NOW.getTime() + 2_000))
    await apply(new Date(NOW.getTime() + 100 * DAY))
    const { records, cut } = await log()
    expect([records.map(({ action }) => action), cut.length]).toEqual([['audit.retain'], 2])
  })

  test('leaves records without a place, and those behind a younger one', async () => {
    await addRecords(workspace, organisationId, 1, daysAgo(20))
    await seal(workspace, NOW)
    await addRecords(workspace, organisationId, 3, daysAgo(50))
    expect(await apply()).toBe(0)
    await seal(workspace, new Date(NOW.getTime() + 2_000))
    expect(await apply()).toBe(0)
  })

  test("takes the operator's days where the organisation has none", async () => {
    await workspace.pool.query('UPDATE organisations SET audit_retention_days = NULL WHERE id = $1', [organisationId])
    await addRecords(workspace, organisationId, 2, daysAgo(366))
    await addRecords(workspace, organisationId, 2, daysAgo(364))
    await seal(workspace, NOW)
    expect(await apply()).toBe(2)
  })

  test('keeps of older days the last checkpoint only, and of the newest day all', async () => {
    for (const [at, when] of [daysAgo(3), new Date(daysAgo(3).getTime() + 60_000), daysAgo(2), NOW, new Date(NOW.getTime() + 60_000)].entries()) {
      await addRecords(workspace, organisationId, 1, daysAgo(1 - at / 100))
      await seal(workspace, when)
    }
    await apply(new Date(NOW.getTime() + 120_000))
    const { rows } = await workspace.pool.query('SELECT size FROM audit_checkpoints WHERE organisation_id = $1 ORDER BY size', [organisationId])
    expect(rows.map(({ size }) => size)).toEqual([2, 3, 4, 5])
  })
})
