import { expect, test } from 'vitest'
import { validateItems } from './validate-items.ts'
import type { DocumentItem } from './types.ts'

test('items of the right form have no problems, whatever they depend on', () => {
  expect(validateItems([
    { kind: 'microstep', item: { id: 'a', title: 'A', dependsOn: ['elsewhere'], status: 'done' } },
    { kind: 'step', item: { id: 'b', title: 'B', microsteps: [{ id: 'c', title: 'C' }] } },
    { kind: 'milestone', item: { id: 'd', title: 'D', dueDate: '2026-12-31' } },
  ])).toEqual([])
})

test('a problem names the item by its index and the place inside it', () => {
  const problems = validateItems([
    { kind: 'milestone', item: { id: 'd', title: 'D', dueDate: 'soon' } },
    { kind: 'microstep', item: { id: 'a', title: 'A' } },
    { kind: 'step', item: { id: 'b', title: 'B', microsteps: [{ id: 'c', title: 'C', status: 'finished' } as unknown as DocumentItem] } as DocumentItem },
  ])
  expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([['invalid-format', '/0/dueDate'], ['invalid-value', '/2/microsteps/0/status']])
})
