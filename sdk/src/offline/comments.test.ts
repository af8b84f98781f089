import { describe, expect, test } from 'vitest'
import type { OfflineClient } from './client.ts'
import type { MemoryServer } from './testing/memory-server.ts'
import { houseServer, openClient } from './testing/setup.ts'

const textOf = (server: MemoryServer, id: string): string | null | undefined => server.comments.get(id)?.body
/** Somebody else, who has read the comment and changes it. */
async function editElsewhere(other: OfflineClient, id: string, body: string): Promise<void> {
  await other.comments.list('a')
  await other.comments.edit(id, body)
  await other.sync()
}

describe('a comment that was sent from here, whose item was never read here', () => {
  async function sentComment() {
    const server = houseServer()
    const [client, other] = [await openClient(server), (await openClient(server)).offline]
    const id = await client.offline.comments.add('a', 'Mine')
    await client.offline.sync()
    return { server, client, other, id }
  }

  test('is edited as it was sent: what somebody else made of it since is a conflict', async () => {
    const { server, client: { offline }, other, id } = await sentComment()
    await editElsewhere(other, id, 'Theirs')
    await offline.comments.edit(id, 'Mine again')
    expect(await offline.sync()).toMatchObject({ applied: 0, conflicts: 1 })
    expect(textOf(server, id)).toBe('Theirs')
    const [conflict] = (await offline.conflicts.list({ from: 'cache' })).data
    expect(conflict).toMatchObject({ kind: 'comment', base: 'Mine', local: 'Mine again', remote: 'Theirs' })
  })

  test('is edited again and again where nobody else does', async () => {
    const { server, client: { offline }, id } = await sentComment()
    for (const body of ['Second', 'Third']) {
      await offline.comments.edit(id, body)
      expect(await offline.sync()).toMatchObject({ applied: 1, conflicts: 0 })
    }
    expect(textOf(server, id)).toBe('Third')
  })

  test('is listed while the server is away, and once after it was read', async () => {
    const { client, id } = await sentComment()
    client.online = false
    expect((await client.offline.comments.list('a')).data.map((comment) => [comment.id, comment.pending])).toEqual([[id, false]])
    client.online = true
    expect((await client.offline.comments.list('a')).data).toHaveLength(1)
    expect((await client.offline.comments.list('a', { from: 'cache' })).data).toHaveLength(1)
  })

  test('is decided upon the text that the conflict shows: what is written after it is another conflict', async () => {
    const { server, client: { offline }, other, id } = await sentComment()
    await editElsewhere(other, id, 'Theirs')
    await offline.comments.edit(id, 'Mine again')
    await offline.sync()
    await editElsewhere(other, id, 'Theirs, newer')
    const decide = async (): Promise<void> => {
      const [conflict] = (await offline.conflicts.list({ from: 'cache' })).data
      await offline.conflicts.resolve(conflict!.id, { keep: 'local' })
    }
    await decide()
    expect(await offline.sync()).toMatchObject({ conflicts: 1 })
    expect(textOf(server, id)).toBe('Theirs, newer')
    await decide()
    expect(await offline.sync()).toMatchObject({ applied: 1, conflicts: 0 })
    expect(textOf(server, id)).toBe('Mine again')
  })
})

test('what belongs to a comment is kept for times without a server', async () => {
  const server = houseServer()
  const { offline } = await openClient(server)
  const id = await offline.comments.add('a', 'See there')
  await offline.sync()
  const attachments = [{ id: 'att_1', kind: 'LINK', url: 'https://example.com/', title: null }]
  server.comments.set(id, { ...server.comments.get(id)!, attachments, unread: true, promotedToKey: 'b' })
  await offline.comments.list('a')
  const [comment] = (await offline.comments.list('a', { from: 'cache' })).data
  expect(comment).toMatchObject({ attachments, unread: true, promotedToKey: 'b' })
})

test('an edit of a comment that this device does not know is refused, and says what to do', async () => {
  const server = houseServer()
  const [author, { offline }] = [(await openClient(server)).offline, await openClient(server)]
  const id = await author.comments.add('a', 'Theirs')
  await author.sync()
  await expect(offline.comments.edit(id, 'Mine')).rejects.toMatchObject({ name: 'NotFoundError', message: expect.stringContaining('Read it first') as string })
  expect(offline.queue.items()).toEqual([])
  await offline.comments.list('a')
  await offline.comments.edit(id, 'Mine')
  expect(await offline.sync()).toMatchObject({ applied: 1 })
})

describe('an edit upon one that may have been sent', () => {
  /** An edit whose answer is lost, and another one upon it. */
  async function editTwice(fault: 'lost' | 'answer-lost') {
    const server = houseServer()
    let isFaulty = false
    const { offline } = await openClient(server, { interfere: (method) => (isFaulty && method === 'comment' ? fault : undefined) })
    const id = await offline.comments.add('a', 'First')
    await offline.sync()
    isFaulty = true
    await offline.comments.edit(id, 'Second')
    await expect(offline.sync()).rejects.toMatchObject({ code: 'NETWORK' })
    await offline.comments.edit(id, 'Third')
    // Its number is behind those that are not sent any more, and it was never sent.
    await offline.setStatus('a', 'done')
    isFaulty = false
    return { server, offline, id, other: (await openClient(server)).offline }
  }

  test.each(['lost', 'answer-lost'] as const)('is compared with that one (%s)', async (fault) => {
    const { server, offline, id } = await editTwice(fault)
    await expect(offline.sync()).resolves.toMatchObject({ conflicts: 0, failed: 0 })
    expect(textOf(server, id)).toBe('Third')
  })

  test.each(['lost', 'answer-lost'] as const)('does not go over what somebody else wrote between the two (%s)', async (fault) => {
    const { server, offline, id, other } = await editTwice(fault)
    await editElsewhere(other, id, 'Theirs')
    await offline.sync()
    expect(textOf(server, id)).toBe('Theirs')
    expect((await offline.conflicts.list({ from: 'cache' })).data.map(({ remote }) => remote)).toContain('Theirs')
  })
})
