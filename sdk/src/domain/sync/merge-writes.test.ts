import { describe, expect, it } from 'vitest'
import { applyChanges, invertChanges } from '../plans/changes.ts'
import { flattenPlan } from '../plans/flat.ts'
import type { FlatPlan, Plan, PlanChange } from '../plans/types.ts'
import { mergeWrites } from './merge-writes.ts'
import type { MergedWrites, SyncWrite } from './types.ts'

const start = flattenPlan({
  version: 1, project: { name: 'Shop' },
  milestones: [
    { id: 'M', title: 'First', steps: [{ id: 'S', title: 'Cart', microsteps: [{ id: 'a', title: 'A' }, { id: 'b', title: 'B', dependsOn: ['a'] }] }, { id: 'T', title: 'Pay', microsteps: [{ id: 'c', title: 'C' }] }] },
  ],
} as Plan)

const edit = (id: string, set: Record<string, unknown>): PlanChange => ({ op: 'update', id, set })
const add = (id: string, parentId: string, more: object = {}): PlanChange => ({ op: 'add', kind: 'microstep', parentId, after: null, item: { id, title: id, ...more } })
const remove = (id: string): PlanChange => ({ op: 'remove', id })

/** Writes of one change each, made one after the other upon `view`. */
function writesOn(view: FlatPlan, changes: readonly PlanChange[], from = 1): SyncWrite[] {
  let current = view
  return changes.map((change, index) => {
    const write = { number: from + index, changes: [change], base: invertChanges(current, [change]) }
    current = applyChanges(current, [change])
    return write
  })
}
const outcomes = ({ results }: MergedWrites) => results.map(({ outcome, refusal }) => refusal?.code ?? outcome)

describe('mergeWrites', () => {
  it('applies what does not conflict and says which values conflict', () => {
    const remote = applyChanges(start, [edit('a', { title: 'Theirs' })])
    const merged = mergeWrites({ history: start, remote, writes: writesOn(start, [edit('a', { title: 'Mine', notes: 'n' }), edit('c', { assignee: 'ada' })]) })
    expect(outcomes(merged)).toEqual(['CONFLICT', 'APPLIED'])
    expect(merged.results[0]!.conflicts).toEqual([{ kind: 'field', id: 'a', field: 'title', base: 'A', local: 'Mine', remote: 'Theirs' }])
    expect(merged.changes).toEqual([edit('a', { notes: 'n' }), edit('c', { assignee: 'ada' })])
  })

  it('reports a conflict with a value that the author overwrote without having seen it, though they pulled since', () => {
    const pulled = applyChanges(start, [edit('a', { title: 'Theirs' })])
    const writes = [...writesOn(start, [edit('a', { title: 'Mine' })]), ...writesOn(pulled, [edit('c', { title: 'Later' })], 2)]
    expect(outcomes(mergeWrites({ history: pulled, remote: pulled, writes }))).toEqual(['CONFLICT', 'APPLIED'])
  })

  it('takes a value that the author saw for the base, though the push names an older sequence', () => {
    const pulled = applyChanges(start, [edit('a', { title: 'Theirs' }), add('n', 'S')])
    const writes = [...writesOn(start, [edit('c', { title: 'Early' })]), ...writesOn(pulled, [edit('a', { title: 'Mine' }), edit('n', { title: 'New' })], 2)]
    const merged = mergeWrites({ history: start, remote: pulled, writes })
    expect(outcomes(merged)).toEqual(['APPLIED', 'APPLIED', 'APPLIED'])
    expect(['a', 'c', 'n'].map((id) => merged.after.items.get(id)?.fields.title)).toEqual(['Mine', 'Early', 'New'])
  })

  it('says of what is there already that it is', () => {
    const writes = writesOn(start, [edit('a', { title: 'Same' }), add('n', 'S')])
    const { after } = mergeWrites({ history: start, remote: start, writes })
    const again = mergeWrites({ history: start, remote: after, writes })
    expect([outcomes(again), again.changes]).toEqual([['ALREADY_APPLIED', 'ALREADY_APPLIED'], []])
  })

  it('takes out what breaks the plan and keeps the rest', () => {
    const writes: SyncWrite[] = [
      { number: 1, changes: [edit('gone', { title: 'x' })], base: [edit('gone', { title: 'y' })] },
      { number: 2, changes: [edit('a', { dependsOn: ['b'] })], base: [edit('a', { dependsOn: null })] },
      { number: 3, changes: [add('n', 'S', { dependsOn: ['nowhere'] })], base: [remove('n')] },
      { number: 4, changes: [edit('n', { notes: 'of what was refused' })], base: [edit('n', { notes: null })] },
      { number: 5, changes: [edit('c', { estimate: -1 })], base: [] },
      { number: 6, changes: [{ op: 'move', id: 'c', parentId: 'M', after: null }], base: [{ op: 'move', id: 'c', parentId: 'T', after: null }] },
      { number: 7, changes: [edit('c', { title: 'Stands' })], base: [edit('c', { title: 'C' })] },
      { number: 8, changes: [edit('c', { notes: 'without its base value' })], base: [] },
    ]
    const merged = mergeWrites({ history: start, remote: start, writes })
    expect(outcomes(merged)).toEqual(['UNKNOWN_ITEM', 'DEPENDENCY_CYCLE', 'UNKNOWN_DEPENDENCY', 'UNKNOWN_ITEM', 'INVALID_CHANGE', 'WRONG_PARENT_KIND', 'APPLIED', 'INVALID_BASE'])
    expect(merged.changes).toEqual([edit('c', { title: 'Stands' })])
    expect(merged.results[4]!.refusal).toMatchObject({ path: ['changes', '0'], message: expect.stringContaining('estimate') })
  })

  it('keeps a write of many changes whole: one that cannot be made takes the others with it', () => {
    const writes = [{ number: 1, changes: [edit('a', { title: 'x' }), edit('gone', { title: 'y' })], base: [edit('gone', { title: 'z' }), edit('a', { title: 'A' })] }]
    const merged = mergeWrites({ history: start, remote: start, writes })
    expect([outcomes(merged), merged.changes]).toEqual([['UNKNOWN_ITEM'], []])
  })

  it('puts everything that lies in what others deleted into the conflict', () => {
    const remote = applyChanges(start, [remove('T')])
    const writes = writesOn(start, [add('n', 'T'), edit('n', { notes: 'x' }), edit('a', { title: 'Free' })])
    const merged = mergeWrites({ history: start, remote, writes })
    expect(outcomes(merged)).toEqual(['CONFLICT', 'CONFLICT', 'APPLIED'])
    expect(merged.conflicts.map(({ conflict, writes: causes }) => [conflict.kind, conflict.id, causes.map(({ number }) => number)])).toEqual([['child-of-deleted', 'n', [1, 2]]])
    const decided = mergeWrites({ history: start, remote: merged.after, writes: merged.conflicts[0]!.writes, resolutions: [{ id: 'n', keep: 'local' }] })
    expect([decided.after.items.get('n')?.fields.notes, decided.after.items.get('T')?.fields.title]).toEqual(['x', 'Pay'])
  })

  it('blames the deletion for what others did to the deleted', () => {
    const remote = applyChanges(start, [edit('b', { title: 'Worked on' }), add('n', 'S')])
    const merged = mergeWrites({ history: start, remote, writes: writesOn(start, [remove('S')]) })
    expect(outcomes(merged)).toEqual(['CONFLICT'])
    expect(merged.results[0]!.conflicts.map(({ kind, id }) => [kind, id])).toEqual([['edit-delete', 'b'], ['child-of-deleted', 'n']])
    expect(merged.changes).toEqual([])
  })

  it('knows an item again that was renamed twice', () => {
    const remote = applyChanges(start, [edit('a', { notes: 'theirs' })])
    const writes = writesOn(start, [{ op: 'rename', id: 'a', to: 'x' }, { op: 'rename', id: 'x', to: 'y' }, edit('y', { title: 'Renamed' })])
    const merged = mergeWrites({ history: start, remote, writes })
    expect(outcomes(merged)).toEqual(['APPLIED', 'APPLIED', 'APPLIED'])
    expect(merged.after.items.get('y')?.fields).toMatchObject({ title: 'Renamed', notes: 'theirs' })
    expect(merged.after.items.get('b')?.fields.dependsOn).toEqual(['y'])
  })

  it('cuts the cause of a conflict down to the field it is about', () => {
    const remote = applyChanges(start, [edit('a', { title: 'Theirs' })])
    const { conflicts } = mergeWrites({ history: start, remote, writes: writesOn(start, [edit('a', { title: 'Mine', notes: 'n' })]) })
    expect(conflicts[0]!.writes[0]!.changes).toEqual([edit('a', { title: 'Mine' })])
    expect(conflicts[0]!.writes[0]!.base).toEqual([edit('a', { title: 'A' })])
  })

  it('ends in few rounds when hundreds of writes each close a circle', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `i${index}`)
    const plan = applyChanges(start, ids.map((id) => add(id, 'S')))
    const circles = ids.flatMap((id, index) => ids.slice(0, index).flatMap((other) => [edit(id, { dependsOn: [other] }), edit(other, { dependsOn: [id] })])).slice(0, 1000)
    const merged = mergeWrites({ history: plan, remote: plan, writes: [...writesOn(plan, circles), { number: 9999, changes: [edit('c', { title: 'Stands' })], base: [edit('c', { title: 'C' })] }] })
    expect(merged.results.at(-1)!.outcome).toBe('APPLIED')
  })
})
