import { describe, expect, test } from 'vitest'
import { memoryStore, MemoryStoreData } from './store/memory.ts'
import { houseServer, openClient } from './testing/setup.ts'

const title = (id: string, value: string) => [{ op: 'update' as const, id, set: { title: value } }]

describe('an edit', () => {
  test('is shown at once and sent when the server is there', async () => {
    const server = houseServer()
    const client = await openClient(server)
    client.online = false
    await client.offline.edit(title('a', 'Buy bricks'))
    const { flat, pending, asOf } = await client.offline.plan()
    expect([flat.items.get('a')?.fields.title, pending, asOf.source]).toEqual(['Buy bricks', 1, 'cache'])
    expect(server.plan.items.get('a')?.fields.title).toBe('Buy')
    client.online = true
    expect(await client.offline.sync()).toMatchObject({ applied: 1, conflicts: 0, failed: 0, sequence: 2 })
    expect(server.plan.items.get('a')?.fields.title).toBe('Buy bricks')
    expect(await client.offline.plan()).toMatchObject({ pending: 0, asOf: { sequence: 2, source: 'server' } })
  })

  test('that the plan does not allow is refused at once, and changes nothing', async () => {
    const { offline } = await openClient(houseServer())
    const before = (await offline.plan()).data
    await expect(offline.edit([...title('a', 'x'), { op: 'remove', id: 'nope' }])).rejects.toMatchObject({ code: 'unknown-item' })
    await expect(offline.edit([{ op: 'update', id: 'a', set: { dependsOn: ['a'] } }])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    expect((await offline.plan()).data).toEqual(before)
    expect(offline.queue.items()).toEqual([])
  })

  test('survives the program: another one goes on with the store', async () => {
    const server = houseServer()
    const store = memoryStore()
    const first = await openClient(server, { store })
    first.online = false
    await first.offline.setStatus('b', 'done')
    await first.offline.close()
    const second = await openClient(server, { store })
    expect((await second.offline.plan()).flat.items.get('b')?.fields.status).toBe('done')
    expect(await second.offline.sync()).toMatchObject({ applied: 1 })
    expect(server.plan.items.get('b')?.fields.status).toBe('done')
  })

  test('upon an old value is a conflict, and the rest of the queue arrives', async () => {
    const server = houseServer()
    const client = await openClient(server)
    client.online = false
    server.edit(title('a', 'Theirs'))
    await client.offline.edit(title('a', 'Mine'))
    await client.offline.edit(title('b', 'Also mine'))
    client.online = true
    expect(await client.offline.sync()).toMatchObject({ applied: 1, conflicts: 1 })
    const { data: [conflict] } = await client.offline.conflicts.list()
    expect(conflict).toMatchObject({ kind: 'field', itemKey: 'a', field: 'title', base: 'Buy', local: 'Mine', remote: 'Theirs' })
    expect(server.plan.items.get('b')?.fields.title).toBe('Also mine')
    const preview = await client.offline.conflicts.preview(conflict!.id, { keep: 'local' })
    expect(preview).toMatchObject({ source: 'server', changes: [{ op: 'update', id: 'a', set: { title: 'Mine' } }] })
    await client.offline.conflicts.resolve(conflict!.id, { keep: 'local' })
    expect((await client.offline.plan()).flat.items.get('a')?.fields.title).toBe('Mine')
    expect((await client.offline.conflicts.list()).data).toEqual([])
  })
})

test('a project that was first opened by its id alone is found by its slug once the server was there', async () => {
  const server = houseServer()
  const store = memoryStore()
  const { project: { id, slug } } = server
  const port = server.port()
  await openClient(server, { store, projectId: id, server: { ...port, project: () => Promise.resolve({ id, slug: id, name: 'As the file says' }) } })
  const lost = server.port(() => 'lost')
  await expect(openClient(server, { store, server: lost })).rejects.toMatchObject({ code: 'NETWORK' })
  const online = await openClient(server, { store, projectId: id })
  await online.offline.sync()
  const { offline } = await openClient(server, { store, projectId: slug, server: lost })
  expect([offline.projectId, (await offline.browse.projects()).data]).toEqual([id, [server.project]])
})

describe('a write that may have been sent', () => {
  test('is sent again as it was when its answer was lost, and is carried out once', async () => {
    const server = houseServer()
    const faults = ['answer-lost' as const]
    const client = await openClient(server, { interfere: (method) => (method === 'push' ? faults.shift() : undefined) })
    await client.offline.edit(title('a', 'One'))
    await client.offline.sync()
    expect(server.pushes.map(({ writes }) => writes)).toEqual([server.pushes[0]?.writes, server.pushes[0]?.writes])
    expect([...server.carriedOut.values()]).toEqual([1])
    expect(client.clock.waits).toEqual([500])
  })

  test('is not changed by later edits, nor dropped', async () => {
    const server = houseServer()
    const client = await openClient(server, { interfere: (method) => (method === 'push' ? 'answer-lost' : undefined) })
    await client.offline.edit(title('a', 'One'))
    await expect(client.offline.sync()).rejects.toMatchObject({ code: 'NETWORK' })
    await client.offline.edit(title('a', 'Two'))
    const items = client.offline.queue.items()
    expect(items.map(({ sent, number }) => [number, sent])).toEqual([[1, true], [2, false]])
    expect(await client.offline.queue.drop(items.map(({ id }) => id))).toBe(1)
  })
})

test('the queue says what each write does', async () => {
  const { offline } = await openClient(houseServer())
  await offline.edit(title('a', 'One'))
  await offline.comments.add('a', 'Why?')
  expect(offline.queue.items()).toMatchObject([{ kind: 'plan', changes: title('a', 'One') }, { kind: 'comment', call: { method: 'comments.add', variables: { itemId: 'a', body: 'Why?' } } }])
})

test('two tabs with one store never give a number twice, and one drains', async () => {
  const server = houseServer()
  const data = new MemoryStoreData()
  const [one, two] = await Promise.all([openClient(server, { store: memoryStore(data) }), openClient(server, { store: memoryStore(data) })])
  await Promise.all(['a', 'b', 'c', 'd'].map((id, index) => [one, two][index % 2]!.offline.edit(title(id, `new ${id}`))))
  expect(one.offline.queue.items().length + two.offline.queue.items().length).toBeGreaterThanOrEqual(4)
  await Promise.all([one.offline.sync(), two.offline.sync()])
  expect([...server.carriedOut]).toHaveLength(4)
  expect([...server.carriedOut.values()].every((times) => times === 1)).toBe(true)
  expect((await two.offline.plan()).data).toEqual((await one.offline.plan()).data)
})

test('an edit that is refused is a dead letter with its reason, and can be sent again with a number of its own', async () => {
  const server = houseServer()
  const client = await openClient(server)
  client.online = false
  await client.offline.edit([{ op: 'add', kind: 'microstep', parentId: 'S2', after: null, item: { id: 'new', title: 'New' } }])
  await client.offline.edit(title('b', 'Lay them'))
  server.edit([{ op: 'add', kind: 'milestone', parentId: null, after: null, item: { id: 'new', title: 'Taken' } }])
  client.online = true
  const report = await client.offline.sync()
  expect(server.plan.items.get('b')?.fields.title).toBe('Lay them')
  expect(report.failed + report.conflicts).toBe(1)
})
