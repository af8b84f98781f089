import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { newUuid } from './ids.ts'
import { commitWrite, idempotentRequest, replayed, retryOnRace } from './write.ts'
import type { Write } from './write.ts'

let workspace: TestWorkspace
let published: [string, number][]
let ctx: Context
beforeAll(async () => {
  workspace = await createTestWorkspace()
  published = []
  ctx = { ...workspace.context(), events: { publish: (stream, sequence) => void published.push([stream, sequence]) } }
})

const write = (id: string, expected: number | null, more: Partial<Write> = {}): Write => ({
  action: 'project.update', target: { type: 'test', id }, organisationId: workspace.actor.organisationId, stream: { id, expected }, governed: null,
  event: { kind: 'test.written', version: 1, data: '{"n":1}' }, before: null, after: '{"n":1}', rows: [], idempotency: null, result: null, ...more,
})
const count = async (table: string, column: string, id: string): Promise<number> => Number((await workspace.pool.query(`SELECT count(*) FROM ${table} WHERE ${column} = $1`, [id])).rows[0].count)
const footprint = async (id: string) => [await count('event_streams', 'id', id), await count('runner_events', 'stream_id', id), await count('audit_records', 'target_id', id)]

describe('commitWrite', () => {
  test('creates a stream at 1, raises it by one, and announces each', async () => {
    const id = newUuid()
    expect([await commitWrite(ctx, write(id, null)), await commitWrite(ctx, write(id, 1)), await commitWrite(ctx, write(id, 2))]).toEqual([1, 2, 3])
    expect(await footprint(id)).toEqual([1, 3, 3])
    expect(published.filter(([stream]) => stream === id)).toEqual([[id, 1], [id, 2], [id, 3]])
  })

  test('writes nothing at all when another writer was faster', async () => {
    const id = newUuid()
    await commitWrite(ctx, write(id, null))
    const rows = [{ name: 'test-user', values: [newUuid(), `${id}@example.com`], text: (p: (n: number) => string) => `INSERT INTO users (id, email, name) SELECT ${p(1)}::uuid, ${p(2)}::text, 'x' FROM head` }]
    const idempotency = { key: id, requestHash: 'h' }
    expect(await commitWrite(ctx, write(id, 7, { rows, idempotency }))).toBeNull()
    expect(await footprint(id)).toEqual([1, 1, 1])
    expect([await count('users', 'email', `${id}@example.com`), await count('idempotency_records', 'key', id)]).toEqual([0, 0])
    expect(await commitWrite(ctx, write(id, 1, { rows, idempotency }))).toBe(2)
    expect([await count('users', 'email', `${id}@example.com`), await count('idempotency_records', 'key', id)]).toEqual([1, 1])
  })

  test('leaves nothing when one of its rows is refused', async () => {
    const id = newUuid()
    await commitWrite(ctx, write(id, null))
    const rows = [{ name: 'test-bad', values: [], text: () => `INSERT INTO users (id, email, name) SELECT id, email, name FROM users, head` }]
    await expect(commitWrite(ctx, write(id, 1, { rows }))).rejects.toMatchObject({ code: '23505' })
    expect(await footprint(id)).toEqual([1, 1, 1])
  })

  test('of several that counted the same, in whatever streams, one is written', async () => {
    const revision = async (): Promise<number> => (await workspace.pool.query('SELECT limits_revision FROM organisations WHERE id = $1', [workspace.actor.organisationId])).rows[0].limits_revision as number
    const [counted, made] = [await revision(), Array.from({ length: 8 }, () => newUuid())]
    await commitWrite(ctx, write(made[0]!, null))
    const answers = await Promise.all(made.map((id, index) => commitWrite(ctx, write(id, index === 0 ? 1 : null, { countedAt: counted }))))
    expect(answers.filter((sequence) => sequence !== null)).toHaveLength(1)
    expect(await revision()).toBe(counted + 1)
  })

  test('one that counted and one that did not take turns on a stream', async () => {
    const id = newUuid()
    let sequence = (await commitWrite(ctx, write(id, null))) as number
    for (let round = 0; round < 10; round++) {
      const countedAt = (await workspace.pool.query('SELECT limits_revision FROM organisations WHERE id = $1', [workspace.actor.organisationId])).rows[0].limits_revision as number
      const answers = await Promise.all([0, 1, 2, 3].map((n) => commitWrite(ctx, write(id, sequence, n === 0 ? { countedAt } : {}))))
      expect(answers.filter((answer) => answer !== null)).toEqual([++sequence])
    }
  })

  test("does not touch another organisation's stream", async () => {
    const id = newUuid()
    await commitWrite(ctx, write(id, null))
    const stranger = await workspace.stranger()
    expect(await commitWrite({ ...ctx, actor: stranger.actor }, write(id, 1, { organisationId: stranger.actor.organisationId }))).toBeNull()
    expect(await footprint(id)).toEqual([1, 1, 1])
  })
})

describe('an idempotency key', () => {
  test('recognises the same request and refuses another one', () => {
    const request = idempotentRequest('k', 'a', { x: 1 })!
    expect(replayed(request, { request_hash: null, result: null })).toBeNull()
    expect(replayed(request, { request_hash: request.requestHash, result: 7 })).toBe(7)
    const other = idempotentRequest('k', 'a', { x: 2 })!
    expect(() => replayed(other, { request_hash: request.requestHash, result: 7 })).toThrow(expect.objectContaining({ code: 'IDEMPOTENCY_CONFLICT' }))
  })

  test('has 1 to 200 characters', () => {
    expect(idempotentRequest(null, 'a', {})).toBeNull()
    for (const key of ['', 'x'.repeat(201)]) expect(() => idempotentRequest(key, 'a', {})).toThrow(expect.objectContaining({ inputPath: ['idempotencyKey'] }))
  })
})

describe('retryOnRace', () => {
  test('decides again until it commits, one caller of a stream after the other', async () => {
    const order: string[] = []
    const attempts = new Map<string, number>()
    const caller = (name: string) => retryOnRace('stream', async () => {
      order.push(name)
      attempts.set(name, (attempts.get(name) ?? 0) + 1)
      return attempts.get(name) === 3 ? name : null
    })
    expect(await Promise.all([caller('a'), caller('b')])).toEqual(['a', 'b'])
    expect(order.join('')).toBe('aaabbb')
  })

  test('gives up with a typed conflict when others always win, and lets the next caller in', async () => {
    await expect(retryOnRace('busy', () => Promise.resolve(null))).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(retryOnRace('busy', () => Promise.resolve('in'))).resolves.toBe('in')
  })

  test('an error of an attempt is the caller\'s, not the next one\'s', async () => {
    const failing = retryOnRace('errors', () => Promise.reject(new Error('mine')))
    const next = retryOnRace('errors', () => Promise.resolve('fine'))
    await expect(failing).rejects.toThrow('mine')
    await expect(next).resolves.toBe('fine')
  })
})
