import { describe, expect, test } from 'vitest'
import { applyChanges, flattenPlan } from '@buildrunner/sdk/plans'
import type { ConflictItem } from '@buildrunner/sdk/offline'
import { handChange, handOf, textOf } from './values.ts'

const conflict = (more: Partial<ConflictItem>): ConflictItem => ({ id: 'c', writeId: null, kind: 'field', itemKey: 'm1', field: 'title', base: 'A', local: 'B', remote: 'C', detectedAt: 0, ...more })
const plan = flattenPlan({ version: 1, project: { name: 'P', description: 'D' }, milestones: [{ id: 'm1', title: 'A', steps: [] }] })

test.each([
  ['text', 'text'], [null, undefined], [3, '3'], [['a', 'b'], 'a\nb'], [{ id: 'c1', text: 'Works', check: { kind: 'file', path: 'x' } }, 'id: c1\ntext: Works\ncheck: {"kind":"file","path":"x"}'], [{ labels: ['a', 'b'], gone: null }, 'labels: a, b'],
])('%j reads %j', (value, expected) => expect(textOf(value)).toBe(expected))

describe('handOf', () => {
  test.each([
    [{}, 'line'],
    [{ field: 'notes' }, 'text'],
    [{ field: 'estimate', base: 1, local: 2, remote: null }, 'number'],
    [{ field: 'dependsOn', base: undefined, local: ['a'], remote: ['b'] }, 'list'],
    [{ kind: 'cycle', field: 'dependsOn', base: null, local: ['a'], remote: null }, 'list'],
    [{ kind: 'comment', field: 'cmt_1' }, 'text'],
    [{ field: 'acceptanceCriteria', base: null, local: { text: 'a' }, remote: { text: 'b' } }, undefined],
    [{ field: 'labels', base: null, local: 'a', remote: 'b' }, undefined],
    [{ kind: 'edit-delete', field: null, local: { title: 'B' }, remote: null }, undefined],
    [{ kind: 'cycle', field: 'parentId', local: 'a', remote: 'b' }, undefined],
  ] as const)('%j is written as %j', (more, expected) => expect(handOf(conflict(more as Partial<ConflictItem>))).toBe(expected))
})

describe('handChange', () => {
  test('sets a field, or removes it', () => {
    expect(handChange(conflict({}), 'Mine', plan)).toEqual({ op: 'update', id: 'm1', set: { title: 'Mine' } })
    expect(handChange(conflict({ field: 'notes' }), ' ', plan)).toEqual({ op: 'update', id: 'm1', set: { notes: null } })
    expect(handChange(conflict({ field: 'estimate', base: 1, local: 2, remote: 3 }), '2,5', plan)).toMatchObject({ set: { estimate: 2.5 } })
    expect(handChange(conflict({ field: 'estimate', base: 1, local: 2, remote: 3 }), 'soon', plan)).toBeUndefined()
  })

  test('a member of the project keeps the others', () => {
    const change = handChange(conflict({ itemKey: null, field: 'project.name' }), 'New', plan)!
    expect(applyChanges(plan, [change]).head['project']).toEqual({ name: 'New', description: 'D' })
  })
})
