import { expect, test } from 'vitest'
import type { ProjectEvent } from '@buildrunner/sdk'
import { historyOf } from './history.ts'

const event = (sequence: number, data: object, kind = 'plan.changed'): ProjectEvent => ({ sequence, kind, version: 1, actor: 'usr_1', origin: 'test', requestId: 'r', createdAt: `2026-11-22T00:00:0${sequence}Z`, data })
const update = (id: string, set: object) => ({ op: 'update', id, set })

test('an item is followed back through its renames to where it was added', () => {
  const events = [
    event(1, { changes: [{ op: 'add', kind: 'step', parentId: 'm1', after: null, item: { id: 's1', title: 'S', microsteps: [{ id: 'old', title: 'K' }] } }], inverse: [] }),
    event(2, { changes: [update('old', { title: 'New' })], inverse: [update('old', { title: 'K' })] }),
    event(3, { changes: [update('other', { title: 'X' })], inverse: [] }),
    event(4, { changes: [{ op: 'rename', id: 'old', to: 'k1' }, { op: 'move', id: 'k1', parentId: 's2', after: null }], inverse: [] }),
    event(5, { itemKey: 'k1', commentId: 'c' }, 'comment.added'),
    event(6, { changes: [update('k1', { notes: 'N', labels: null })], inverse: [update('k1', { notes: null, labels: ['a'] })] }),
  ]
  const { entries, key } = historyOf(events, 'k1')
  expect(entries.map(({ sequence, what }) => [sequence, what])).toEqual([[6, 'changed'], [5, 'talked'], [4, 'moved'], [4, 'renamed'], [2, 'changed'], [1, 'added']])
  expect(entries[0]?.fields).toEqual([{ field: 'notes', before: null, after: 'N' }, { field: 'labels', before: ['a'], after: null }])
  expect(entries.at(-2)?.fields).toEqual([{ field: 'title', before: 'K', after: 'New' }])
  expect(key).toBe('old')
})

test('an item that nothing is said of has no history, and keeps its key', () => {
  expect(historyOf([event(1, { changes: [update('a', { title: 'A' })], inverse: [] })], 'b')).toEqual({ entries: [], key: 'b' })
})
