import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphOf } from './graph.ts'
import { flattenPlan } from '../plans/flat.ts'
import { plans } from '../plans/testing/random-plans.ts'

const plan = flattenPlan({
  version: 1, project: { name: 'Shop' },
  milestones: [
    { id: 'M1', title: 'Cart', steps: [{ id: 'S1', title: 'Basket', microsteps: [{ id: 'a', title: 'A', status: 'done' }, { id: 'b', title: 'B', estimate: 4, dependsOn: ['a'] }, { id: 'lone', title: 'L' }] }] },
    { id: 'M2', title: 'Pay', steps: [{ id: 'S2', title: 'Card', dependsOn: ['S1'], microsteps: [{ id: 'c', title: 'C', dependsOn: ['b', 'a', 'nowhere'] }] }, { id: 'S3', title: 'Empty' }] },
  ],
})

describe('the graph', () => {
  test('of microsteps: what depends on what, on which path, in what', () => {
    const graph = graphOf(plan)
    expect(graph.nodes.map(({ key, parent, status, isCritical }) => [key, parent, status, isCritical])).toEqual([
      ['S1', 'M1', null, true], ['a', 'S1', 'done', false], ['b', 'S1', 'todo', true], ['S2', 'M2', null, true], ['c', 'S2', 'todo', true],
    ])
    expect(graph.edges).toEqual([
      { from: 'a', to: 'b', isCritical: false }, { from: 'S1', to: 'S2', isCritical: true }, { from: 'b', to: 'c', isCritical: true }, { from: 'a', to: 'c', isCritical: false },
    ])
    expect(graph.groups.map(({ key }) => key)).toEqual(['M1', 'S1', 'M2', 'S2'])
  })

  test('of milestones: dependencies below are theirs, each once, none on itself', () => {
    expect(graphOf(plan, { level: 'milestone' })).toMatchObject({ title: 'Shop', edges: [{ from: 'M1', to: 'M2', isCritical: true }], groups: [], nodes: [{ key: 'M1', percent: 100 / 3 }, { key: 'M2' }] })
  })

  test('of one item: with its neighbours; with all of its items if asked', () => {
    expect(graphOf(plan, { within: 'M2' }).nodes.map(({ key }) => key)).toEqual(['S1', 'a', 'b', 'S2', 'c'])
    expect(graphOf(plan, { level: 'step', all: true, within: 'M2' }).nodes.map(({ key }) => key)).toEqual(['S1', 'S2', 'S3'])
    expect(() => graphOf(plan, { within: 'nope' })).toThrow('no item nope')
  })

  test('whatever the plan and the level: edges join nodes that are there, are no loops, and stand once', () => {
    fc.assert(fc.property(plans(), fc.constantFrom('milestone' as const, 'step' as const, 'microstep' as const), fc.boolean(), (any, level, all) => {
      const { nodes, edges, groups } = graphOf(any, { level, all })
      const keys = new Set(nodes.map(({ key }) => key))
      expect(keys.size).toBe(nodes.length)
      expect(new Set(edges.map(({ from, to }) => JSON.stringify([from, to]))).size).toBe(edges.length)
      for (const { from, to } of edges) expect(from !== to && keys.has(from) && keys.has(to)).toBe(true)
      const grouped = new Set(groups.map(({ key }) => key))
      for (const { parent } of nodes) expect(parent === null || grouped.has(parent)).toBe(true)
    }))
  })
})
