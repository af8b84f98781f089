import { expect, test } from 'vitest'
import { memoryStore } from './store/memory.ts'
import { houseServer, openClient } from './testing/setup.ts'

const OK = { status: 'OK', latencyMs: 2, message: null }

test('the health of the server is remembered for times when it cannot be asked, with its age', async () => {
  const server = houseServer()
  server.health = [{ target: 'server', status: 'ok', latencyMs: null, message: null }, { target: 'database', ...OK }, { target: 'redis', ...OK }]
  const store = memoryStore()
  const client = await openClient(server, { store })
  const fresh = await client.offline.health()
  expect(fresh).toMatchObject({ asOf: { source: 'server', ageMs: 0, sequence: null } })
  expect(fresh.data.map(({ target }) => target)).toEqual(['server', 'database', 'redis'])
  client.online = false
  const later = await openClient(server, { store })
  later.online = false
  const cached = await later.offline.health()
  expect(cached.asOf).toMatchObject({ source: 'cache', fetchedAt: fresh.data[0]?.checkedAt })
  expect(cached.data.toSorted((a, b) => a.target.localeCompare(b.target))).toEqual(fresh.data.toSorted((a, b) => a.target.localeCompare(b.target)))
})

test('what the server no longer uses is forgotten, and what fails is told', async () => {
  const server = houseServer()
  server.health = [{ target: 'server', status: 'ok', latencyMs: null, message: null }, { target: 'redis', ...OK }]
  const client = await openClient(server)
  await client.offline.health()
  server.health = [{ target: 'server', status: 'degraded', latencyMs: null, message: null }, { target: 'smtp', status: 'FAILING', latencyMs: null, message: 'refused' }]
  await client.offline.health()
  expect((await client.offline.health({ from: 'cache' })).data.map(({ target, status, message }) => [target, status, message])).toEqual([['server', 'degraded', null], ['smtp', 'FAILING', 'refused']])
})

test('a device that never asked knows nothing', async () => {
  const client = await openClient(houseServer())
  expect(await client.offline.health({ from: 'cache' })).toMatchObject({ data: [], asOf: { source: 'cache' } })
})
