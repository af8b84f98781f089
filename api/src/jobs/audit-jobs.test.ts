import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { exportDays } from '@buildrunner/schema/audit/export'
import type { ObjectStore } from '@buildrunner/schema/audit/ports'
import { addRecords, seal } from '@buildrunner/schema/audit/testing/log'
import { newUuid } from '@buildrunner/schema/shared/ids'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { verifyExport } from '@buildrunner/sdk/audit-log'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createS3Store } from '../adapters/s3.ts'
import type { S3Store } from '../adapters/s3.ts'
import { parseS3Url } from '../s3-url.ts'
import { createAuditJobs } from './audit-jobs.ts'

interface S3Server { run(): Promise<AddressInfo>; close(): Promise<void> }
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3Server

const NOW = new Date('2026-11-22T03:00:00.000Z')
const later = (ms: number): Date => new Date(NOW.getTime() + ms)
const DAY = 86_400_000

let directory: string
let s3: S3Server
let workspace: TestWorkspace
let store: S3Store
let client: S3Client
let organisationId: string

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 's3-'))
  s3 = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: 'audit' }] })
  const { port } = await s3.run()
  store = createS3Store(parseS3Url(`http://S3RVER:S3RVER@127.0.0.1:${port}/audit/nightly`))
  client = new S3Client({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } })
  workspace = await createTestWorkspace()
  // what setting the workspace up recorded is not what these tests are about
  await seal(workspace, NOW)
  await exportDays({ db: workspace.services.db, store, now: later(400 * DAY) })
})
afterAll(async () => {
  client.destroy()
  store.close()
  await s3.close()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  organisationId = newUuid()
})

const objects = async (): Promise<string[]> => ((await client.send(new ListObjectsV2Command({ Bucket: 'audit', Prefix: `nightly/${organisationId}/` }))).Contents ?? []).map(({ Key }) => Key!.slice(`nightly/${organisationId}/`.length)).sort()
const read = async (name: string): Promise<Uint8Array> => (await client.send(new GetObjectCommand({ Bucket: 'audit', Key: `nightly/${organisationId}/${name}` }))).Body!.transformToByteArray()
const exportAll = (now: Date, into: ObjectStore = store) => exportDays({ db: workspace.services.db, store: into, now })
const exported = async () => (await workspace.pool.query(`SELECT details FROM audit_records WHERE organisation_id = $1 AND action = 'audit.export' ORDER BY details::json->>'day'`, [organisationId])).rows.map(({ details }) => JSON.parse(details))

describe('the nightly export', () => {
  test('writes an object for each day that has ended, which verifies without a server', async () => {
    await addRecords(workspace, organisationId, 3, new Date('2026-11-20T10:00:00Z'))
    await addRecords(workspace, organisationId, 620, new Date('2026-11-21T10:00:00Z'))
    await addRecords(workspace, organisationId, 2, new Date('2026-11-22T01:00:00Z'))
    const signer = await seal(workspace, later(-60_000))
    await seal(workspace, NOW, signer) // two batches, and a checkpoint a second
    const { key } = signer
    await exportAll(NOW)
    expect(await objects()).toEqual(['2026-11-20-1.jsonl', '2026-11-21-4.jsonl'])
    for (const [name, records] of [['2026-11-20-1.jsonl', 3], ['2026-11-21-4.jsonl', 620]] as const) {
      const bytes = await read(name)
      expect(await verifyExport([bytes])).toMatchObject({ ok: true, kind: 'partial', records, findings: [] })
      expect(new TextDecoder().decode(bytes)).toContain(JSON.stringify(key))
      const text = new TextDecoder().decode(bytes)
      const changed = await verifyExport([new TextEncoder().encode(text.replace('192.0.2.1', '192.0.2.9'))])
      expect(changed.ok).toBe(false)
    }
    expect(await exported()).toEqual([
      { day: '2026-11-20', first: 1, last: 3, object: `${organisationId}/2026-11-20-1.jsonl` }, { day: '2026-11-21', first: 4, last: 623, object: `${organisationId}/2026-11-21-4.jsonl` },
    ])
  })

  test('exports nothing twice, goes on with the next day, and rests when nothing but its own records is new', async () => {
    await addRecords(workspace, organisationId, 2, new Date('2026-11-21T10:00:00Z'))
    const signer = await seal(workspace, NOW)
    await exportAll(NOW)
    await seal(workspace, later(2_000), signer)
    await exportAll(later(10 * DAY))
    expect(await objects()).toEqual(['2026-11-21-1.jsonl'])
    await addRecords(workspace, organisationId, 1, later(5 * DAY))
    await seal(workspace, later(11 * DAY), signer)
    await exportAll(later(11 * DAY))
    expect(await objects()).toEqual(['2026-11-21-1.jsonl', '2026-11-27-3.jsonl'])
    const body = new TextDecoder().decode(await read('2026-11-27-3.jsonl'))
    expect(body.match(/"action":"[^"]+"/g)).toEqual(['"action":"audit.export"', '"action":"project.update"'])
  })

  test('after a failure the next run makes the day good', async () => {
    await addRecords(workspace, organisationId, 2, new Date('2026-11-21T10:00:00Z'))
    await seal(workspace, NOW)
    const failing: ObjectStore = {
      async put(_key, pieces) {
        for await (const piece of pieces) if (piece.includes('"record"')) throw new Error('connection lost')
      },
    }
    await expect(exportAll(NOW, failing)).rejects.toThrow('connection lost')
    expect([await objects(), await exported()]).toEqual([[], []])
    await exportAll(NOW)
    expect(await objects()).toEqual(['2026-11-21-1.jsonl'])
  })

  test('waits until the day is sealed', async () => {
    await addRecords(workspace, organisationId, 2, new Date('2026-11-21T10:00:00Z'))
    await exportAll(NOW)
    expect(await objects()).toEqual([])
  })
})

describe('an object larger than a part', () => {
  async function* pieces(count: number, failAt = Infinity): AsyncGenerator<string> {
    for (let at = 0; at < count; at++) {
      if (at === failAt) throw new Error('the database went away')
      yield `${String(at).padStart(7, '0')}${'.'.repeat(1024 * 1024 - 8)}\n`
    }
  }

  test('is sent in parts, and is there as a whole', async () => {
    await store.put(`${organisationId}/large`, pieces(12))
    const text = new TextDecoder().decode(await read('large'))
    expect(text.length).toBe(12 * 1024 * 1024)
    expect(text.split('\n').slice(0, 12).map((line) => Number(line.slice(0, 7)))).toEqual(Array.from({ length: 12 }, (_, at) => at))
  })

  test('leaves nothing behind when it cannot be written to its end', async () => {
    await expect(store.put(`${organisationId}/broken`, pieces(12, 9))).rejects.toThrow('the database went away')
    expect(await objects()).toEqual([])
  })
})

describe('the jobs', () => {
  const jobs = (error = vi.fn()) => createAuditJobs({ pool: workspace.pool, operator: workspace.services.operator, logger: { info: vi.fn(), error }, store, clock: { now: () => NOW } })

  test('export before they cut, so that what is cut was exported', async () => {
    await addRecords(workspace, organisationId, 2, new Date('2025-01-01T10:00:00Z'))
    await seal(workspace, NOW)
    expect(await jobs().run()).toBe(true)
    expect(await objects()).toEqual(['2025-01-01-1.jsonl'])
    expect((await workspace.pool.query('SELECT sequence FROM audit_cuts WHERE organisation_id = $1', [organisationId])).rowCount).toBe(2)
  })

  test('run in one process at a time', async () => {
    const other = await workspace.pool.connect()
    await other.query('SELECT pg_advisory_lock(7226870137)')
    expect(await jobs().run()).toBe(false)
    other.release(true)
    await expect.poll(() => jobs().run()).toBe(true)
  })

  test('log what failed, and try again next time', async () => {
    await addRecords(workspace, organisationId, 1, new Date('2026-11-21T10:00:00Z'))
    await seal(workspace, later(5_000))
    const error = vi.fn()
    const failing = createAuditJobs({ pool: workspace.pool, operator: workspace.services.operator, logger: { info: vi.fn(), error }, store: { put: () => Promise.reject(new Error('down')) }, clock: { now: () => NOW } })
    await failing.run()
    expect(error).toHaveBeenCalledWith({ err: expect.objectContaining({ message: 'down' }) }, expect.any(String))
    await jobs().run()
    expect(await objects()).toEqual(['2026-11-21-1.jsonl'])
  })
})

test.each(['x', 'ftp://h/b', 'https://host', 'https://host/', 'https://KEY@host/bucket', 'https://host/UPPER'])('%s names no bucket', (url) => {
  expect(() => parseS3Url(url)).toThrow(/address like|both parts/)
})

test('an address names store, bucket, prefix, region and credentials', () => {
  expect(parseS3Url('https://AK:s%2Fk@s3.example.com:9000/logs/a/b?region=eu-west-1')).toEqual({
    endpoint: 'https://s3.example.com:9000', bucket: 'logs', prefix: 'a/b/', region: 'eu-west-1', credentials: { accessKeyId: 'AK', secretAccessKey: 's/k' },
  })
  expect(parseS3Url('http://localhost/logs')).toEqual({ endpoint: 'http://localhost', bucket: 'logs', prefix: '', region: 'us-east-1' })
})
