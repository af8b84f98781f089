import { describe, expect, test } from 'vitest'
import { newUuid } from '../shared/ids.ts'
import { commitWrite } from '../shared/write.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import { REPLAY, claim, dead, delivered, enqueue, failed } from './queue.ts'
import type { Delivery, NewDelivery } from './queue.ts'
import { createDeliveryWorker } from './worker.ts'
import type { Channel, DeliveryWorkerOptions, Outcome } from './worker.ts'

const { services: { db }, pool, actor, context } = await createTestWorkspace()
const { organisationId } = actor

let time = Date.parse('2026-11-22T10:00:00Z')
const clock = { now: () => new Date(time) }
const BACKOFF = { minMs: 10_000, maxMs: 1_000_000, factor: 3, jitter: true, maxAttempts: 4 }
const LEASE_MS = 30_000

const news = (over: Partial<NewDelivery> = {}): NewDelivery => ({ organisationId, channel: 'webhook', targetId: newUuid(), streamId: organisationId, sequence: 1, payload: { kind: 'test' }, ...over })
const take = (limit = 10, busy: readonly string[] = []): Promise<Delivery[]> =>
  claim(db, { channel: 'webhook', limit, busy, now: clock.now(), leaseUntil: new Date(time + LEASE_MS) })

interface Row {
  id: string
  status: string
  attempts: number
  last_error: string | null
  last_status: number | null
  next_attempt_at: Date
  delivered_at: Date | null
}
const rows = async (targetId: string): Promise<Row[]> => (await pool.query<Row>('SELECT * FROM deliveries WHERE target_id = $1 ORDER BY sequence', [targetId])).rows
const row = async (targetId: string): Promise<Row> => (await rows(targetId))[0] as Row
const empty = (): Promise<unknown> => pool.query('DELETE FROM deliveries')

/** A worker whose channel answers as it is told. */
function worker(deliver: Channel['deliver'], options: Partial<DeliveryWorkerOptions> = {}) {
  const errors: unknown[] = []
  const channel = { deliver }
  return { errors, ...createDeliveryWorker({ db, clock, channels: { webhook: channel, email: channel }, backoff: BACKOFF, random: () => 1, onError: (error) => errors.push(error), ...options }) }
}

const OK: Outcome = { kind: 'delivered', status: 204 }

describe('the queue', () => {
  test('holds an event once for each target, and nothing of a transaction that fails', async () => {
    const one = news()
    const failing = db.transaction(async (tx) => {
      expect(await enqueue(tx, [one], clock.now())).toBe(1)
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await rows(one.targetId)).toEqual([])
    expect(await enqueue(db, [one, { ...one, sequence: 2 }], clock.now())).toBe(2)
    expect(await enqueue(db, [{ ...one, payload: 'another' }], clock.now())).toBe(0)
    expect(await rows(one.targetId)).toMatchObject([{ sequence: 1, payload: { kind: 'test' }, status: 'pending' }, { sequence: 2 }])
  })

  test('gives a row to one of those who ask at the same time', async () => {
    await empty()
    await enqueue(db, Array.from({ length: 40 }, () => news()), clock.now())
    const taken = (await Promise.all(Array.from({ length: 6 }, () => take(20)))).flat()
    const rest = await take(100)
    const ids = [...taken, ...rest].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(40)
  })

  test('gives the oldest of each target, in the order of the events, and none of targets that are busy here or elsewhere', async () => {
    await empty()
    const [slow, other] = [newUuid(), newUuid()]
    for (const sequence of [3, 1, 2]) await enqueue(db, [news({ targetId: slow, sequence })], clock.now())
    await enqueue(db, [news({ targetId: other })], clock.now())
    const [first] = await take(10, [other])
    expect(first).toMatchObject({ targetId: slow, sequence: 1 })
    expect(await take(10, [slow])).toMatchObject([{ targetId: other, sequence: 1 }])
    expect(await take()).toEqual([])
    await delivered(db, first as Delivery, clock.now())
    expect(await take()).toMatchObject([{ targetId: slow, sequence: 2 }])
  })

  test('gives a row again when the lease of whoever died has ended, and lets the late one change nothing', async () => {
    await empty()
    await enqueue(db, [news()], clock.now())
    const [first] = (await take()) as [Delivery]
    expect(await take()).toEqual([])
    time += LEASE_MS
    const [second] = (await take()) as [Delivery]
    expect(second).toMatchObject({ id: first.id, attempts: 2 })
    expect(await delivered(db, first, clock.now())).toBe(false)
    expect(await failed(db, first, { error: 'late' }, clock.now())).toBe(false)
    expect(await dead(db, first, { error: 'late' })).toBe(false)
    expect(await delivered(db, second, clock.now(), 200)).toBe(true)
    expect(await row(second.targetId)).toMatchObject({ status: 'delivered', attempts: 2, last_status: 200, delivered_at: clock.now() })
  })

  test('begins anew with what is replayed, of the own organisation and not of others', async () => {
    await empty()
    const [own, foreign] = [news(), news({ organisationId: newUuid() })]
    await enqueue(db, [own, foreign], clock.now())
    for (const held of await take()) await dead(db, held, { error: 'gone', status: 410 })
    const ids = [(await row(own.targetId)).id, (await row(foreign.targetId)).id]
    const [stream] = (await pool.query<{ sequence: number }>('SELECT sequence FROM event_streams WHERE id = $1', [organisationId])).rows
    await commitWrite(context(), {
      action: 'organisation.update', target: { type: 'organisation', id: organisationId }, organisationId, stream: { id: organisationId, expected: stream?.sequence ?? 0 }, governed: null,
      event: { kind: 'organisation.updated', version: 1, data: '{}' }, before: null, after: null, rows: [{ ...REPLAY, values: [ids] }], idempotency: null, result: null,
    })
    expect(await row(own.targetId)).toMatchObject({ status: 'pending', attempts: 0, last_error: null, last_status: null })
    expect(await row(foreign.targetId)).toMatchObject({ status: 'dead', last_status: 410 })
  })
})

describe('the worker', () => {
  test('delivers what is due, by the channel that it is for', async () => {
    await empty()
    const seen: string[] = []
    const [hook, mail] = [news(), news({ channel: 'email' })]
    await enqueue(db, [hook, mail], clock.now())
    const note = (name: string): Channel => ({ deliver: async ({ targetId }) => (seen.push(`${name} ${targetId}`), OK) })
    await worker(() => Promise.reject(new Error('unused')), { channels: { webhook: note('webhook'), email: note('email') } }).run()
    expect(seen.toSorted()).toEqual([`email ${mail.targetId}`, `webhook ${hook.targetId}`])
    expect(await row(hook.targetId)).toMatchObject({ status: 'delivered', last_status: 204 })
  })

  test('tries again after the wait, not before, and gives up after the last attempt', async () => {
    await empty()
    const one = news()
    await enqueue(db, [one], clock.now())
    let calls = 0
    const { run } = worker(async () => ({ kind: 'failed', error: `no. ${++calls}`, status: 503 }))
    for (const wait of [10_000, 30_000, 90_000]) {
      await run()
      const { status, next_attempt_at, last_error } = await row(one.targetId)
      expect([status, next_attempt_at.getTime() - time, last_error]).toEqual(['pending', wait, `no. ${calls}`])
      time += wait - 1
      await run()
      time += 1
    }
    await run()
    expect(calls).toBe(4)
    expect(await row(one.targetId)).toMatchObject({ status: 'dead', attempts: 4, last_error: 'no. 4', last_status: 503 })
  })

  test('waits as long as the other side asks for, and never again where that is no use', async () => {
    await empty()
    const [later, never] = [news(), news()]
    await enqueue(db, [later, never], clock.now())
    await worker(async ({ targetId }) => (targetId === later.targetId ? { kind: 'failed', error: 'slow down', retryAfterMs: 60_000 } : { kind: 'failed', error: 'gone', final: true })).run()
    expect((await row(later.targetId)).next_attempt_at.getTime() - time).toBe(60_000)
    expect(await row(never.targetId)).toMatchObject({ status: 'dead', attempts: 1 })
  })

  test('counts what a channel throws, and an attempt without an end, as failures', async () => {
    await empty()
    const [throws, hangs] = [news(), news()]
    await enqueue(db, [throws, hangs], clock.now())
    let aborted = false
    await worker(
      async ({ targetId }, signal) => {
        if (targetId === throws.targetId) throw new Error('connection refused')
        return new Promise(() => signal.addEventListener('abort', () => (aborted = true)))
      },
      { timeoutMs: 20 },
    ).run()
    expect((await row(throws.targetId)).last_error).toBe('connection refused')
    expect((await row(hangs.targetId)).last_error).toBe('no answer within 0.02 seconds')
    expect(aborted).toBe(true)
  })

  test('lets a delivery rest that ended every process that tried it', async () => {
    await empty()
    const one = news()
    await enqueue(db, [one], clock.now())
    for (let attempt = 1; attempt <= BACKOFF.maxAttempts; attempt++) {
      await take() // and is killed
      time += LEASE_MS
    }
    let calls = 0
    await worker(async () => (calls++, OK)).run()
    expect([calls, (await row(one.targetId)).status]).toEqual([0, 'dead'])
  })

  test('has one delivery at a time for each target and as many in all as it may, in order', async () => {
    await empty()
    const targets = [newUuid(), newUuid(), newUuid()]
    for (let sequence = 1; sequence <= 4; sequence++) await enqueue(db, targets.map((targetId) => news({ targetId, sequence })), new Date(time - 100 + sequence))
    const open = new Set<string>()
    const order = new Map<string, number[]>(targets.map((target) => [target, []]))
    let most = 0
    await worker(
      async ({ targetId, sequence }) => {
        expect(open.has(targetId)).toBe(false)
        open.add(targetId)
        most = Math.max(most, open.size)
        await new Promise((resolve) => setImmediate(resolve))
        order.get(targetId)?.push(sequence)
        open.delete(targetId)
        return OK
      },
      { concurrency: 2 },
    ).run()
    expect(most).toBe(2)
    expect([...order.values()]).toEqual([[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]])
  })

  test('shares the work with another process: each delivery once', async () => {
    await empty()
    await enqueue(db, Array.from({ length: 30 }, () => news()), clock.now())
    const seen: string[] = []
    const deliver: Channel['deliver'] = async ({ id }) => (seen.push(id), OK)
    await Promise.all([worker(deliver).run(), worker(deliver).run()])
    expect(new Set(seen).size).toBe(30)
    expect(seen).toHaveLength(30)
  })

  test('ends what it began before it stops, and begins nothing more', async () => {
    await empty()
    const target = newUuid()
    await enqueue(db, [news({ targetId: target, sequence: 1 }), news({ targetId: target, sequence: 2 })], clock.now())
    const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const { wake, stop } = worker(async () => {
      begun.resolve()
      await finish.promise
      return OK
    })
    wake()
    await begun.promise
    const stopped = stop()
    finish.resolve()
    await stopped
    expect((await rows(target)).map(({ status }) => status)).toEqual(['delivered', 'pending'])
  })

  test('goes on after the database was away', async () => {
    await empty()
    const one = news()
    await enqueue(db, [one], clock.now())
    let away = true
    const flaky: typeof db = { ...db, query: (statement, values) => (away ? Promise.reject(new Error('away')) : db.query(statement, values)) }
    const { run, errors } = worker(async () => OK, { db: flaky })
    await run()
    expect(errors.map(String)).toEqual(['Error: away', 'Error: away'])
    away = false
    await run()
    expect((await row(one.targetId)).status).toBe('delivered')
  })
})
