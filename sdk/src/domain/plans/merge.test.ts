import { describe, expect, it } from 'vitest'
import { applyChanges } from './changes.ts'
import { flattenPlan, unflattenPlan } from './flat.ts'
import { mergePlans, type Resolution } from './merge.ts'
import type { FlatPlan, Plan, PlanChange, PlanConflict } from './types.ts'

const plan: Plan = {
  version: 1, project: { name: 'House', description: 'Small' },
  milestones: [
    { id: 'M1', title: 'One', steps: [
      { id: 'S1', title: 'Walls', microsteps: [
        { id: 'a', title: 'A', labels: ['x', 'y'], acceptanceCriteria: [{ id: 'c1', text: 'Stands' }, { text: 'Dry' }], links: [{ url: 'u', title: 'U' }] },
        { id: 'b', title: 'B' }, { id: 'c', title: 'C' },
      ] },
      { id: 'S2', title: 'Roof', microsteps: [{ id: 'd', title: 'D' }, { id: 'e', title: 'E' }] },
    ] },
    { id: 'M2', title: 'Two', steps: [{ id: 'S3', title: 'Paint', microsteps: [{ id: 'f', title: 'F' }] }, { id: 'S4', title: 'Floor' }] },
  ],
}
const base = flattenPlan(plan)
const set = (id: string, fields: Record<string, unknown>): PlanChange => ({ op: 'update', id, set: fields })
const move = (id: string, parentId: string | null, after: string | null = null): PlanChange => ({ op: 'move', id, parentId, after })
const remove = (id: string): PlanChange => ({ op: 'remove', id })
const add = (id: string, parentId: string, fields: object = {}): PlanChange => ({ op: 'add', kind: 'microstep', parentId, after: null, item: { id, title: id, ...fields } })
const rename = (id: string, to: string): PlanChange[] => [{ op: 'rename', id, to }, set(to, { renamedFrom: id })]

const merge = (local: readonly PlanChange[], remote: readonly PlanChange[], resolutions?: Resolution[]) =>
  mergePlans({ base, local: applyChanges(base, local), remote: applyChanges(base, remote), resolutions })
const fieldsOf = (result: FlatPlan, id: string) => result.items.get(id)?.fields

describe('mergePlans, without a conflict', () => {
  const clean = (local: readonly PlanChange[], remote: readonly PlanChange[]): FlatPlan => {
    const result = merge(local, remote)
    expect(result.conflicts).toEqual([])
    expect(unflattenPlan(result.remote)).toEqual(unflattenPlan(result.local))
    expect(result.basePatch).toEqual([])
    return result.local
  }

  it('joins edits of different fields and items', () => {
    const merged = clean([set('a', { title: 'AA' }), set('b', { notes: 'n' })], [set('a', { assignee: 'kim' }), set('c', { status: 'done' })])
    expect(fieldsOf(merged, 'a')).toMatchObject({ title: 'AA', assignee: 'kim' })
    expect([fieldsOf(merged, 'b')?.notes, fieldsOf(merged, 'c')?.status]).toEqual(['n', 'done'])
  })

  it('joins lists by element and keeps their order', () => {
    const merged = clean(
      [set('a', { labels: ['x', 'new', 'y'], dependsOn: ['d'], acceptanceCriteria: [{ id: 'c1', text: 'Stands well' }, { text: 'Dry' }] })],
      [set('a', { labels: ['y', 'z'], dependsOn: ['e'], acceptanceCriteria: [{ id: 'c1', text: 'Stands' }, { text: 'Warm' }], links: [{ url: 'u', title: 'UU' }, { url: 'v' }] })],
    )
    expect(fieldsOf(merged, 'a')).toMatchObject({
      labels: ['new', 'y', 'z'], dependsOn: ['d', 'e'], acceptanceCriteria: [{ id: 'c1', text: 'Stands well' }, { text: 'Warm' }], links: [{ url: 'u', title: 'UU' }, { url: 'v' }],
    })
  })

  it('joins moves, insertions and new orders of siblings', () => {
    const merged = clean([move('c', 'S1', null), add('n', 'S1')], [move('d', 'S3', 'f'), move('M2', null, null)])
    expect(merged.children.get('S1')).toEqual(['n', 'c', 'a', 'b'])
    expect(merged.children.get('S3')).toEqual(['f', 'd'])
    expect(merged.children.get(null)).toEqual(['M2', 'M1'])
  })

  it('takes equal edits of both sides once', () => {
    const both = [set('a', { title: 'AA' }), move('b', 'S2'), add('n', 'S4', { labels: ['q'] }), remove('f')]
    expect(unflattenPlan(clean(both, both))).toEqual(unflattenPlan(applyChanges(base, both)))
  })

  it('deletes what the other side left alone, with everything in it', () => {
    const merged = clean([remove('M2')], [set('a', { title: 'AA' })])
    expect([...merged.items.keys()]).not.toContain('f')
  })

  it('saves what the other side moved out of a deleted subtree', () => {
    expect(clean([move('f', 'S1', 'c'), remove('M2')], [set('f', { notes: 'n' })]).items.get('f')).toMatchObject({ parentId: 'S1', fields: { notes: 'n' } })
  })

  it('applies a rename to the other side and to its new dependencies', () => {
    const result = merge(rename('a', 'alpha'), [set('b', { dependsOn: ['a'] }), set('a', { notes: 'n' })])
    expect(result.conflicts).toEqual([])
    expect(fieldsOf(result.local, 'b')?.dependsOn).toEqual(['alpha'])
    expect(fieldsOf(result.local, 'alpha')).toMatchObject({ notes: 'n', renamedFrom: 'a' })
    expect(result.toRemote[0]).toEqual({ op: 'rename', id: 'a', to: 'alpha' })
  })

  it('joins changes of the head, the project member by member', () => {
    const merged = clean([{ op: 'head', set: { project: { name: 'Home', description: 'Small' }, x: 1 } }], [{ op: 'head', set: { project: { name: 'House', description: 'Big' }, y: 2 } }])
    expect(merged.head).toEqual({ version: 1, project: { name: 'Home', description: 'Big' }, x: 1, y: 2 })
  })

  it('takes no clean-up after an own deletion for an edit', () => {
    const start = applyChanges(base, [set('b', { dependsOn: ['f'] })])
    const result = mergePlans({ base: start, local: applyChanges(start, [remove('b')]), remote: applyChanges(start, [set('b', { dependsOn: [] }), remove('f')]) })
    expect(result.conflicts).toEqual([])
    expect(result.local.items.has('b') || result.local.items.has('f')).toBe(false)
  })
})

interface Case {
  title: string
  local: PlanChange[]
  remote: PlanChange[]
  conflicts: PlanConflict[]
  /** What both plans satisfy once everything is decided for a side. */
  kept: { local: (plan: FlatPlan) => boolean; remote: (plan: FlatPlan) => boolean }
}

const title = (id: string, text: string) => (result: FlatPlan) => fieldsOf(result, id)?.title === text
const within = (id: string, parentId: string) => (result: FlatPlan) => result.items.get(id)?.parentId === parentId
const gone = (...ids: string[]) => (result: FlatPlan) => ids.every((id) => !result.items.has(id))
const depends = (id: string, ...others: string[]) => (result: FlatPlan) => (fieldsOf(result, id)?.dependsOn ?? []).join() === others.join()

const cases: Case[] = [
  {
    title: 'field against field', local: [set('a', { title: 'L' })], remote: [set('a', { title: 'R' })],
    conflicts: [{ kind: 'field', id: 'a', field: 'title', base: 'A', local: 'L', remote: 'R' }],
    kept: { local: title('a', 'L'), remote: title('a', 'R') },
  },
  {
    title: 'a field removed against a field set', local: [set('a', { links: null })], remote: [set('a', { links: [{ url: 'u', title: 'New' }] })],
    conflicts: [{ kind: 'field', id: 'a', field: 'links', base: { url: 'u', title: 'U' }, remote: { url: 'u', title: 'New' } }],
    kept: { local: (result) => fieldsOf(result, 'a')?.links === undefined, remote: (result) => fieldsOf(result, 'a')?.links?.[0]?.title === 'New' },
  },
  {
    title: 'a criterion edited against the same one removed',
    local: [set('a', { acceptanceCriteria: [{ id: 'c1', text: 'Stands for ever' }, { text: 'Dry' }] })], remote: [set('a', { acceptanceCriteria: [{ text: 'Dry' }] })],
    conflicts: [{ kind: 'field', id: 'a', field: 'acceptanceCriteria', base: { id: 'c1', text: 'Stands' }, local: { id: 'c1', text: 'Stands for ever' } }],
    kept: { local: (result) => fieldsOf(result, 'a')?.acceptanceCriteria?.length === 2, remote: (result) => fieldsOf(result, 'a')?.acceptanceCriteria?.length === 1 },
  },
  {
    title: 'the head against the head', local: [{ op: 'head', set: { project: { name: 'L', description: 'Small' } } }], remote: [{ op: 'head', set: { project: { name: 'R', description: 'Small' } } }],
    conflicts: [{ kind: 'field', id: null, field: 'project.name', base: 'House', local: 'L', remote: 'R' }],
    kept: { local: (result) => (result.head['project'] as { name: string }).name === 'L', remote: (result) => (result.head['project'] as { name: string }).name === 'R' },
  },
  {
    title: 'an edit against the deletion of the milestone around it', local: [set('f', { notes: 'n' })], remote: [remove('M2')],
    conflicts: [{ kind: 'edit-delete', id: 'f', base: { title: 'F' }, local: { title: 'F', notes: 'n' } }],
    kept: { local: (result) => within('f', 'S3')(result) && within('S4', 'M2')(result), remote: gone('M2', 'S3', 'S4', 'f') },
  },
  {
    title: 'a new dependency against the deletion of what it needs', local: [set('a', { dependsOn: ['f'] })], remote: [remove('S3')],
    conflicts: [{ kind: 'edit-delete', id: 'f', field: 'dependsOn', local: ['a'] }],
    kept: { local: depends('a', 'f'), remote: (result) => depends('a')(result) && gone('S3', 'f')(result) },
  },
  {
    title: 'a move against a deletion', local: [move('f', 'S1')], remote: [remove('f')],
    conflicts: [{ kind: 'move-delete', id: 'f', base: 'S3', local: 'S1' }],
    kept: { local: within('f', 'S1'), remote: gone('f') },
  },
  {
    title: 'a move against a move', local: [move('f', 'S1')], remote: [move('f', 'S2')],
    conflicts: [{ kind: 'move-move', id: 'f', base: 'S3', local: 'S1', remote: 'S2' }],
    kept: { local: within('f', 'S1'), remote: within('f', 'S2') },
  },
  {
    title: 'an addition against another one of the same id', local: [add('n', 'S1')], remote: [add('n', 'S1', { notes: 'other' })],
    conflicts: [{ kind: 'add-add', id: 'n', local: { kind: 'microstep', parentId: 'S1', title: 'n' }, remote: { kind: 'microstep', parentId: 'S1', title: 'n', notes: 'other' } }],
    kept: { local: (result) => fieldsOf(result, 'n')?.notes === undefined, remote: (result) => fieldsOf(result, 'n')?.notes === 'other' },
  },
  {
    title: 'a child added under a deleted parent', local: [add('n', 'S3')], remote: [remove('S3')],
    conflicts: [{ kind: 'child-of-deleted', id: 'n', local: { kind: 'microstep', parentId: 'S3', title: 'n' } }],
    kept: { local: (result) => within('n', 'S3')(result) && within('f', 'S3')(result), remote: gone('n', 'S3', 'f') },
  },
  {
    title: 'a child moved under a deleted parent', local: [move('a', 'S3')], remote: [remove('S3')],
    conflicts: [{ kind: 'child-of-deleted', id: 'a', base: 'S1', local: 'S3', remote: 'S1' }],
    kept: { local: within('a', 'S3'), remote: (result) => within('a', 'S1')(result) && gone('S3')(result) },
  },
  {
    title: 'two dependencies that form a cycle', local: [set('a', { dependsOn: ['f'] })], remote: [set('f', { dependsOn: ['a'] })],
    conflicts: [{ kind: 'cycle', id: 'a', field: 'dependsOn', local: ['f'] }, { kind: 'cycle', id: 'f', field: 'dependsOn', remote: ['a'] }],
    kept: { local: (result) => depends('a', 'f')(result) && depends('f')(result), remote: (result) => depends('a')(result) && depends('f', 'a')(result) },
  },
  {
    title: 'dependencies that form a cycle through parents', local: [set('a', { dependsOn: ['M2'] })], remote: [set('S3', { dependsOn: ['S1'] })],
    conflicts: [{ kind: 'cycle', id: 'S3', field: 'dependsOn', remote: ['S1'] }, { kind: 'cycle', id: 'a', field: 'dependsOn', local: ['M2'] }],
    kept: { local: depends('a', 'M2'), remote: depends('S3', 'S1') },
  },
  {
    title: 'a move that makes an item depend on its own parent', local: [move('a', 'S3')], remote: [set('a', { dependsOn: ['S3'] })],
    conflicts: [{ kind: 'cycle', id: 'a', field: 'dependsOn', remote: ['S3'] }, { kind: 'cycle', id: 'a', field: 'parentId', base: 'S1', local: 'S3', remote: 'S1' }],
    kept: { local: (result) => within('a', 'S3')(result) && depends('a')(result), remote: (result) => within('a', 'S1')(result) && depends('a', 'S3')(result) },
  },
  {
    title: 'a rename against a rename', local: rename('a', 'one'), remote: rename('a', 'two'),
    conflicts: [{ kind: 'field', id: 'a', field: 'id', base: 'a', local: 'one', remote: 'two' }],
    kept: { local: (result) => result.items.has('one') && gone('a', 'two')(result), remote: (result) => result.items.has('two') && gone('a', 'one')(result) },
  },
  {
    title: 'a rename against an addition of that id', local: rename('a', 'n'), remote: [add('n', 'S2')],
    conflicts: [{ kind: 'add-add', id: 'n', local: { kind: 'microstep', parentId: 'S1', ...base.items.get('a')!.fields, renamedFrom: 'a' }, remote: { kind: 'microstep', parentId: 'S2', title: 'n' } }],
    kept: { local: (result) => within('n', 'S1')(result) && gone('a')(result), remote: (result) => within('n', 'S2')(result) && within('a', 'S1')(result) },
  },
]

describe('mergePlans, with a conflict', () => {
  it.each(cases)('reports $title, and each side keeps its own', ({ local, remote, conflicts }) => {
    const result = merge([set('c', { notes: 'from local' }), ...local], [set('c', { assignee: 'remote' }), ...remote])
    expect(result.conflicts).toEqual(conflicts)
    for (const side of [result.local, result.remote]) expect(fieldsOf(side, 'c')).toMatchObject({ notes: 'from local', assignee: 'remote' })
    expect(unflattenPlan(result.local)).toEqual(unflattenPlan(applyChanges(base, [set('c', { notes: 'from local', assignee: 'remote' }), ...local])))
    expect(unflattenPlan(result.remote)).toEqual(unflattenPlan(applyChanges(base, [set('c', { notes: 'from local', assignee: 'remote' }), ...remote])))
    expect(unflattenPlan(result.base)).toEqual(unflattenPlan(applyChanges(base, [set('c', { notes: 'from local', assignee: 'remote' })])))
  })

  it.each(cases)('decides $title by a resolution that names one of its items', ({ local, remote, conflicts, kept }) => {
    const open = merge(local, remote)
    for (const { id } of conflicts) {
      for (const keep of ['local', 'remote'] as const) {
        const result = mergePlans({ base: open.base, local: open.local, remote: open.remote, resolutions: [{ id, keep }] })
        expect(result.conflicts).toEqual([])
        expect(unflattenPlan(result.remote)).toEqual(unflattenPlan(result.local))
        expect(kept[keep](result.local)).toBe(true)
      }
    }
  })

  it('decides only the field that a resolution names', () => {
    const result = merge([set('a', { title: 'L', notes: 'L' })], [set('a', { title: 'R', notes: 'R' })], [{ id: 'a', field: 'notes', keep: 'remote' }])
    expect(result.conflicts.map(({ field }) => field)).toEqual(['title'])
    expect(fieldsOf(result.local, 'a')).toMatchObject({ title: 'L', notes: 'R' })
  })

  it('decides everything in a deleted subtree by the topmost deleted item', () => {
    const result = merge([set('f', { notes: 'n' }), add('n', 'S4')], [remove('M2')], [{ id: 'M2', keep: 'local' }])
    expect(result.conflicts).toEqual([])
    expect(result.remote.items.get('n')?.parentId).toBe('S4')
  })

  it('keeps a cycle undecided while its resolutions contradict each other', () => {
    const result = merge([set('a', { dependsOn: ['f'] })], [set('f', { dependsOn: ['a'] })], [{ id: 'a', keep: 'local' }, { id: 'f', keep: 'remote' }])
    expect(result.conflicts).toHaveLength(2)
  })

  it('brings a dependency on an id that both sides gave to another kind at once, not with the next merge', () => {
    const asStep: PlanChange[] = [remove('f'), { op: 'add', kind: 'step', parentId: 'M1', after: null, item: { id: 'f', title: 'F' } }]
    const asMilestone: PlanChange[] = [remove('f'), { op: 'add', kind: 'milestone', parentId: null, after: null, item: { id: 'f', title: 'F' } }]
    const result = merge(asStep, [...asMilestone, set('b', { dependsOn: ['f'] })])
    const [step, milestone] = [{ kind: 'step', parentId: 'M1', title: 'F' }, { kind: 'milestone', parentId: null, title: 'F' }]
    expect(result.conflicts).toEqual([{ kind: 'add-add', id: 'f', local: step, remote: milestone }])
    expect(fieldsOf(result.local, 'b')?.dependsOn).toEqual(['f'])
    const { local, remote } = result
    expect(mergePlans({ base: result.base, local, remote })).toMatchObject({ toLocal: [], toRemote: [], conflicts: result.conflicts })
  })

  it('ends with a cycle conflict where a restored item, not edited itself, depends on what depends on it now', () => {
    const start = applyChanges(base, [set('a', { dependsOn: ['f'] })])
    const [local, remote] = [applyChanges(start, [set('b', { notes: 'n' })]), applyChanges(start, [remove('S1'), set('M2', { dependsOn: ['M1'] })])]
    const result = mergePlans({ base: start, local, remote, resolutions: [{ id: 'b', keep: 'local' }] })
    expect(result.conflicts.map(({ kind, id, field }) => `${kind} ${id} ${field}`)).toEqual(['cycle M2 dependsOn', 'cycle a dependsOn'])
    expect(depends('a', 'f')(result.local) && depends('M2')(result.local)).toBe(true)
    expect(depends('a')(result.remote) && depends('M2', 'M1')(result.remote)).toBe(true)
  })

  it('leaves an item where it was when a decision refuses what it was moved into', () => {
    const item = { id: 'k', title: 'K', steps: [{ id: 'kx', title: 'X' }] }
    const intoNew: PlanChange[] = [{ op: 'add', kind: 'milestone', parentId: null, after: null, item }, move('f', 'kx')]
    const undecided = merge(intoNew, [...rename('M1', 'k'), remove('M2')], [{ id: 'k', keep: 'remote' }])
    expect(undecided.conflicts.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['move-delete f'])
    expect([undecided.local.items.get('f')?.parentId, undecided.local.items.has('kx')]).toEqual(['S3', false])
    const moved = merge(intoNew, [...rename('M1', 'k'), move('f', 'S1')], [{ id: 'k', keep: 'remote' }])
    expect([moved.conflicts, moved.local.items.get('f')?.parentId]).toEqual([[], 'S1'])
  })

  it('holds only the dependencies that close the cycle, not others of the same side around it', () => {
    const result = merge([set('M1', { dependsOn: ['M2'] }), set('a', { dependsOn: ['b'] })], [set('f', { dependsOn: ['d'] }), set('e', { dependsOn: ['d'] })])
    expect(result.conflicts.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['cycle M1', 'cycle f'])
    expect(fieldsOf(result.remote, 'a')?.dependsOn).toEqual(['b'])
    expect(fieldsOf(result.local, 'e')?.dependsOn).toEqual(['d'])
  })
})
