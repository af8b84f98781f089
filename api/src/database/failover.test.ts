/** Which database a connection is of. How a server behaves while its primary goes and comes back: degraded.journey.test.ts. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createTestDatabase } from '@buildrunner/schema/testing/database'
import { afterAll, expect, test, vi } from 'vitest'
import { createFailover } from './failover.ts'
import { createPool } from './pool.ts'
import { isReadOnly, isUnavailable } from './unavailable.ts'

const database = await createTestDatabase()
const WRITE = 'UPDATE organisations SET name = name'
const away = { primary: true }
const open = new Set<Socket>()
/** Stands before the database as the primary's address, which can be away. */
const door = createServer((socket) => {
  if (away.primary) return socket.destroy()
  const { hostname, port } = new URL(database.url)
  const upstream = connect(Number(port), hostname)
  for (const end of [socket, upstream]) open.add(end.on('error', () => {}))
  socket.pipe(upstream).pipe(socket)
}).listen(0, '127.0.0.1')
await once(door, 'listening')
const primaryUrl = Object.assign(new URL(database.url), { port: String((door.address() as AddressInfo).port) }).href

const primary = createPool(primaryUrl, { max: 2 })
const logger = { warn: vi.fn(), info: vi.fn() }
const failover = createFailover({ primary, primaryUrl, replicaUrl: database.url, max: 2, logger })
const { pool } = failover
afterAll(async () => {
  await failover.close()
  await primary.end()
  for (const end of open) end.destroy()
  door.close()
  await database.drop()
})

test('while the primary is away, whoever wants a connection gets the replica, which refuses writes though it could take them', async () => {
  expect((await pool.query('SELECT 7 AS seven')).rows).toEqual([{ seven: 7 }])
  expect(failover.mode).toBe('read-only')
  expect(logger.warn).toHaveBeenCalledTimes(1)
  const error: unknown = await pool.query(WRITE).then(() => expect.fail('it was written'), (reason: unknown) => reason)
  expect([isReadOnly(error), isUnavailable(error)]).toEqual([true, false])
  const client = await pool.connect()
  await client.query('BEGIN')
  await expect(client.query(WRITE)).rejects.toThrow('read-only transaction')
  client.release(true)
})

test('what must end on the primary fails instead of reading the replica', async () => {
  const error: unknown = await failover.onPrimary(() => pool.query('SELECT 1')).then(() => expect.fail('the replica answered'), (reason: unknown) => reason)
  expect(isUnavailable(error)).toBe(true)
})

test('once the primary answers, connections are its own again, and take writes', async () => {
  expect(await failover.check()).toBe('read-only')
  away.primary = false
  expect(await failover.check()).toBe('normal')
  await pool.query(WRITE)
  expect(logger.info).toHaveBeenCalledTimes(1)
  expect(primary.totalCount).toBe(1)
})
