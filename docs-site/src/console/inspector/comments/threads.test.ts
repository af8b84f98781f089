import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OfflineComment } from '@buildrunner/sdk/offline'
import { threadsOf, titleFrom, unreadEnd } from './threads.ts'

const comment = (id: string, threadId = id, more: Partial<OfflineComment> = {}): OfflineComment => ({
  id, threadId, parentId: id === threadId ? null : threadId, itemKey: 'a', author: { id: 'usr_1', name: 'Ada' }, body: id, createdAt: '2026-11-22T00:00:00Z', editedAt: null,
  deletedAt: null, resolvedAt: null, reactions: [], pending: false, ...more,
})

describe('threadsOf', () => {
  test('puts answers behind what they answer, in the order of the threads', () => {
    const threads = threadsOf([comment('1'), comment('2'), comment('3', '1'), comment('4', '2'), comment('5', '1')])
    expect(threads.map(({ id, replies }) => [id, replies.map((reply) => reply.id)])).toEqual([['1', ['3', '5']], ['2', ['4']]])
  })

  test('begins with the first comment, wherever it stands in the list', () => {
    expect(threadsOf([comment('2', '1'), comment('1')])[0]).toMatchObject({ first: { id: '1' }, replies: [{ id: '2' }] })
  })

  test('loses no comment and names none twice', () => {
    const ids = fc.uniqueArray(fc.tuple(fc.nat(30), fc.nat(5)), { selector: ([id]) => id })
    fc.assert(fc.property(ids, (pairs) => {
      const all = pairs.map(([id, thread]) => comment(`${id}`, `${Math.min(id, thread)}`))
      const shown = threadsOf(all).flatMap(({ first, replies }) => [first, ...replies]).map(({ id }) => id)
      expect(shown.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
    }))
  })
})

describe('unreadEnd', () => {
  test('is the last comment that the server has, where one is unread', () => {
    const [thread] = threadsOf([comment('1', '1', { unread: false }), comment('2', '1', { unread: true }), comment('3', '1', { pending: true })])
    expect(unreadEnd(thread!)).toBe('2')
  })

  test('is nothing once all is read', () => expect(unreadEnd(threadsOf([comment('1', '1', { unread: false })])[0]!)).toBeUndefined())
})

test.each([
  ['## Handle **errors**\n\nmore', 'Handle errors'],
  ['\n> - `retry` twice', 'retry twice'],
  ['', ''],
  ['x'.repeat(200), `${'x'.repeat(119)}…`],
])('%j becomes the title %j', (body, title) => expect(titleFrom(body)).toBe(title))
