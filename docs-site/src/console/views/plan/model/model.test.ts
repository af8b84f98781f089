import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, flattenPlan, validateFlat } from '@buildrunner/sdk/plans'
import type { FlatPlan, Plan, PlanItem, Status } from '@buildrunner/sdk/plans'
import { changedItems } from './changed.ts'
import { formatEstimate, parseEstimate } from './estimate.ts'
import { choicesOf, filterOf, queryOf, shownBy } from './filter.ts'
import { TypeAhead, commandOf } from './keys.ts'
import type { Key } from './keys.ts'
import { moveBy } from './moves.ts'
import { countInside, dependentsOn, removal } from './removal.ts'
import { rollUps, rowsOf } from './rows.ts'
import type { Row } from './rows.ts'

const PLAN: FlatPlan = flattenPlan({
  version: 1, project: { name: 'Shop' },
  milestones: [
    {
      id: 'm1', title: 'Base', phase: 'alpha',
      steps: [
        { id: 's1', title: 'Data', microsteps: [{ id: 'a', title: 'Model', status: 'done', assignee: 'ada' }, { id: 'b', title: 'Migrate', labels: ['db'], dependsOn: ['a'] }] },
        { id: 's2', title: 'Sign-in', microsteps: [{ id: 'c', title: 'Session', status: 'cancelled' }] },
      ],
    },
    { id: 'm2', title: 'Launch', steps: [{ id: 's3', title: 'Go', microsteps: [{ id: 'd', title: 'Measure', dependsOn: ['s1'] }] }] },
    { id: 'm3', title: 'After' },
  ],
} as Plan)
const STANDING = { ready: new Set(['b']), blocked: new Set(['d']) }
const ids = (rows: readonly Row[]): string[] => rows.map(({ item }) => item.id)
const key = (name: string, held: Partial<Key> = {}): Key => ({ key: name, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...held })

/** Plans of any shape: how many steps each milestone has, how many microsteps each of these. */
const shapes = fc.array(fc.array(fc.nat(4), { maxLength: 4 }), { maxLength: 4 })
const planOf = (shape: readonly (readonly number[])[]): FlatPlan =>
  flattenPlan({
    version: 1, project: { name: 'x' },
    milestones: shape.map((steps, m) => ({ id: `m${m}`, title: `M${m}`, steps: steps.map((count, s) => ({ id: `m${m}.s${s}`, title: `S${s}`, microsteps: Array.from({ length: count }, (_, k) => ({ id: `m${m}.s${s}.k${k}`, title: `K${k}` })) })) })),
  })

describe('rows', () => {
  test('stand in document order, with their place among what is shown', () => {
    const rows = rowsOf(PLAN, ({ id }) => id !== 's2')
    expect(rows.map(({ item: { id }, level, position, setSize, isExpanded }) => [id, level, position, setSize, isExpanded])).toEqual([
      ['m1', 1, 1, 3, true], ['s1', 2, 1, 2, true], ['a', 3, 1, 2, undefined], ['b', 3, 2, 2, undefined], ['s2', 2, 2, 2, false],
      ['m2', 1, 2, 3, true], ['s3', 2, 1, 1, true], ['d', 3, 1, 1, undefined], ['m3', 1, 3, 3, undefined],
    ])
  })

  test('of a plan that is unfolded are all its items, each once, each behind its parent', () => {
    fc.assert(fc.property(shapes, (shape) => {
      const plan = planOf(shape)
      const rows = rowsOf(plan, () => true)
      expect(new Set(ids(rows))).toEqual(new Set(plan.items.keys()))
      expect(rows).toHaveLength(plan.items.size)
      for (const [index, { item, level }] of rows.entries()) {
        if (item.parentId === null) expect(level).toBe(1)
        else expect(ids(rows.slice(0, index))).toContain(item.parentId)
      }
    }))
  })

  test('count what is done without what was cancelled', () => {
    expect(Object.fromEntries(rollUps(PLAN))).toEqual({ m1: { done: 1, total: 2 }, s1: { done: 1, total: 2 }, m2: { done: 0, total: 1 }, s3: { done: 0, total: 1 } })
  })
})

describe('a filter', () => {
  test.each([
    ['q=mig', ['b'], ['b', 's1', 'm1']],
    ['q=ADA', ['a'], ['a', 's1', 'm1']],
    ['status=todo,done', ['a', 'b', 'd'], ['a', 'b', 'd', 's1', 's3', 'm1', 'm2']],
    ['assignee=ada', ['a'], ['a', 's1', 'm1']],
    ['label=db', ['b'], ['b', 's1', 'm1']],
    ['only=ready', ['b'], ['b', 's1', 'm1']],
    ['only=blocked', ['d'], ['d', 's3', 'm2']],
    ['phase=alpha&status=todo', ['b'], ['b', 's1', 'm1']],
    ['q=nothing+like+it', [], []],
  ])('%s leaves %j, and what they lie in', (query, matches, kept) => {
    const shown = shownBy(PLAN, filterOf(new URLSearchParams(query)), STANDING)
    expect([...(shown?.matches ?? [])].sort()).toEqual([...matches].sort())
    expect([...(shown?.kept ?? [])].sort()).toEqual([...kept].sort())
  })

  test('that asks for nothing shows everything', () => {
    expect(shownBy(PLAN, filterOf(new URLSearchParams('status=no-such-status')), STANDING)).toBeUndefined()
  })

  test('is the same after it was an address', () => {
    const text = fc.string({ minLength: 1 })
    const optional = fc.option(text, { nil: undefined })
    fc.assert(fc.property(fc.record({ text: fc.string(), statuses: fc.uniqueArray(fc.constantFrom<Status>('todo', 'done', 'blocked')), assignee: optional, label: optional, phase: optional, only: fc.constantFrom('ready', 'blocked', undefined) }), (filter) => {
      expect(filterOf(new URLSearchParams(queryOf(filter)))).toEqual(filter)
    }))
  })

  test('chooses among what occurs', () => {
    expect(choicesOf(PLAN)).toEqual({ assignees: ['ada'], labels: ['db'], phases: ['alpha'] })
  })
})

describe('keys', () => {
  const rows = rowsOf(PLAN, ({ id }) => id !== 'm2')
  const at = (id: string): number => ids(rows).indexOf(id)
  test.each([
    ['m1', 'ArrowDown', { does: 'focus', index: 1 }],
    ['m1', 'ArrowUp', { does: 'focus', index: 0 }],
    ['m3', 'ArrowDown', { does: 'focus', index: rows.length - 1 }],
    ['m1', 'ArrowRight', { does: 'focus', index: 1 }],
    ['m2', 'ArrowRight', { does: 'expand', id: 'm2' }],
    ['m1', 'ArrowLeft', { does: 'collapse', id: 'm1' }],
    ['b', 'ArrowLeft', { does: 'focus', index: 1 }],
    ['m2', 'ArrowLeft', undefined],
    ['b', 'ArrowRight', undefined],
    ['b', 'Home', { does: 'focus', index: 0 }],
    ['b', 'End', { does: 'focus', index: rows.length - 1 }],
    ['m1', 'PageDown', { does: 'focus', index: 3 }],
    ['b', 'Enter', { does: 'open' }],
    ['b', 'F2', { does: 'editTitle' }],
    ['b', 's', { does: 'status' }],
    ['b', 'Delete', { does: 'remove' }],
    ['b', '?', { does: 'help' }],
    ['b', 'Tab', undefined],
  ] as const)('on %s: %s', (id, name, expected) => {
    expect(commandOf(rows, at(id), key(name), 3)).toEqual(expected)
  })

  test('with Alt move an item, with Ctrl or Cmd undo; all other combinations are the browser\'s', () => {
    expect([key('ArrowUp', { altKey: true }), key('ArrowDown', { altKey: true }), key('z', { ctrlKey: true }), key('z', { metaKey: true }), key('a', { ctrlKey: true }), key('s', { altKey: true })].map((each) => commandOf(rows, 0, each, 3)?.does)).toEqual(['moveUp', 'moveDown', 'undo', 'undo', undefined, undefined])
  })

  test('never leave the rows', () => {
    fc.assert(fc.property(shapes, fc.nat(100), fc.constantFrom('ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'), fc.integer({ min: 1, max: 30 }), (shape, start, name, page) => {
      const all = rowsOf(planOf(shape), () => true)
      const command = commandOf(all, Math.min(start, all.length - 1), key(name), page)
      if (command?.does === 'focus') expect(all[command.index]).toBeDefined()
    }))
  })

  test('that are letters go to the next title that begins with them, round and round', () => {
    const typed = new TypeAhead()
    expect(typed.takes(key('m'), 0)).toBe(true)
    expect(typed.next(rows, at('m1'), 'm', 0)).toBe(at('a'))
    expect(typed.next(rows, at('a'), 'M', 2_000)).toBe(at('b'))
    expect(typed.next(rows, at('b'), 'm', 4_000)).toBe(at('a'))
  })

  test('typed together are a word, and a letter that commands is then part of it', () => {
    const typed = new TypeAhead()
    expect(typed.takes(key('s'), 0)).toBe(false)
    expect(typed.takes(key('S', { shiftKey: true }), 0)).toBe(true)
    expect(typed.next(rows, 0, 'S', 0)).toBe(at('s2'))
    expect(typed.takes(key('e'), 100)).toBe(true)
    expect(typed.next(rows, at('s2'), 'e', 100)).toBe(at('c'))
    expect(typed.takes(key('e'), 5_000)).toBe(false)
  })

  test('a word ends with anything else that is done', () => {
    const typed = new TypeAhead()
    expect(typed.next(rows, 0, 'S', 0)).toBe(at('s2'))
    typed.end()
    expect(typed.takes(key('s'), 100)).toBe(false)
  })
})

describe('moving an item', () => {
  test.each([
    ['b', 'up', { parentId: 's1', after: null }],
    ['b', 'down', { parentId: 's2', after: null }],
    ['a', 'up', undefined],
    ['c', 'up', { parentId: 's1', after: 'b' }],
    ['c', 'down', { parentId: 's3', after: null }],
    ['d', 'down', undefined],
    ['s3', 'up', { parentId: 'm1', after: 's2' }],
    ['s3', 'down', { parentId: 'm3', after: null }],
    ['m3', 'up', { parentId: null, after: 'm1' }],
  ] as const)('%s %s', (id, direction, place) => {
    expect(moveBy(PLAN, id, direction)).toEqual(place && { op: 'move', id, ...place })
  })

  test('up, and down again, leaves it where it was', () => {
    fc.assert(fc.property(shapes.map(planOf), fc.nat(), (plan, seed) => {
      const all = [...plan.items.keys()]
      const id = all[seed % Math.max(1, all.length)]
      const up = id === undefined ? undefined : moveBy(plan, id, 'up')
      if (id === undefined || up === undefined) return
      const moved = applyChanges(plan, [up])
      const down = moveBy(moved, id, 'down')
      const back = down === undefined ? moved : applyChanges(moved, [down])
      // Over the edge of a parent it may pass others that are empty: then it is in the nearest one.
      if (up.parentId === plan.items.get(id)?.parentId) expect(ids(rowsOf(back, () => true))).toEqual(ids(rowsOf(plan, () => true)))
    }))
  })
})

test('an item that others wait for is removed without leaving a dependency that leads nowhere', () => {
  expect(dependentsOn(PLAN, 's1').map(({ id }) => id)).toEqual(['d'])
  expect(countInside(PLAN, 'm1')).toBe(5)
  const after = applyChanges(PLAN, removal(PLAN, 's1'))
  expect([...after.items.keys()]).toEqual(['m1', 's2', 'c', 'm2', 's3', 'd', 'm3'])
  expect(validateFlat(after).filter(({ severity }) => severity === 'error')).toEqual([])
})

describe('an estimate', () => {
  test.each([['4', 4], [' 2,5 ', 2.5], ['2/4/8', { optimistic: 2, likely: 4, pessimistic: 8 }], ['', null], ['8/4/2', undefined], ['four', undefined], ['1/2', undefined], ['-1', undefined], ['1//3', undefined]])('%j is %j', (text, expected) => {
    expect(parseEstimate(text)).toEqual(expected)
  })

  test('that is written is read as it was', () => {
    const hours = fc.nat(1_000)
    fc.assert(fc.property(fc.oneof(hours, fc.tuple(hours, hours, hours).map((three) => three.sort((a, b) => a - b)).map(([optimistic, likely, pessimistic]) => ({ optimistic: optimistic as number, likely: likely as number, pessimistic: pessimistic as number }))), (estimate) => {
      expect(parseEstimate(formatEstimate(estimate))).toEqual(estimate)
    }))
  })
})

test('what others changed is what says something else, moved, or is new; a copy that says the same is not', () => {
  const copy: FlatPlan = { ...PLAN, items: new Map([...PLAN.items].map(([id, item]): [string, PlanItem] => [id, structuredClone(item)])) }
  expect(changedItems(PLAN, copy)).toEqual({ changed: [], removed: 0 })
  const after = applyChanges(copy, [{ op: 'update', id: 'b', set: { status: 'done' } }, { op: 'move', id: 'c', parentId: 's1', after: null }, { op: 'add', kind: 'step', parentId: 'm3', after: null, item: { id: 's4', title: 'New' } }, { op: 'remove', id: 's3' }])
  expect(changedItems(PLAN, after)).toEqual({ changed: ['b', 'c', 's4'], removed: 2 })
})
