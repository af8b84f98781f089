import { expect, test } from 'vitest'
import { flattenPlan, type Plan } from '@buildrunner/sdk/plans'
import { createStyle } from '../core/style.ts'
import { samplePlan } from '../testing/br.ts'
import { renderGraph, selectGraph } from './graph.ts'

const plain = createStyle(false)
const flat = flattenPlan(samplePlan() as Plan)
const draw = (selection: Parameters<typeof selectGraph>[1], format: 'ascii' | 'dot') => renderGraph(selectGraph(flat, selection), format, plain)

test('edges go from what is waited for to what waits, in document order', () => {
  const { nodes, edges } = selectGraph(flat, { level: 'microstep', all: false })
  expect(nodes.map(({ key }) => key)).toEqual(['M1', 'T1', 'T2', 'T3', 'T4', 'M2', 'T5', 'T6'])
  expect(edges).toMatchObject([
    { from: 'T1', to: 'T2' },
    { from: 'T1', to: 'T3' },
    { from: 'T3', to: 'T4' },
    { from: 'M1', to: 'M2' },
    { from: 'T5', to: 'T6' },
  ])
})

test('at a higher level dependencies below roll up, and those inside one item vanish', () => {
  expect(selectGraph(flat, { level: 'step', all: false }).edges).toMatchObject([
    { from: 'S1', to: 'S2' },
    { from: 'M1', to: 'M2' },
  ])
})

test('one item shows what lies in it and its neighbours', () => {
  expect(selectGraph(flat, { level: 'microstep', all: false, within: 'S2' }).edges).toMatchObject([
    { from: 'T1', to: 'T3' },
    { from: 'T3', to: 'T4' },
  ])
  expect(() => selectGraph(flat, { level: 'microstep', all: false, within: 'S9' })).toThrow(expect.objectContaining({ code: 'ITEM_NOT_FOUND' }))
})

test('as text, what comes first stands first and nothing is drawn twice', () => {
  expect(draw({ level: 'microstep', all: false, within: 'M1' }, 'ascii')).toEqual([
    'M1  Foundation',
    '└─ M2  Launch',
    '● T1  Schema',
    '├─ ◐ T2  Sign-in',
    '└─ ○ T3  Import',
    '   └─ ○ T4  Search "fast"',
  ])
})

test('a chain of thousands is drawn within a screen', () => {
  const microsteps = Array.from({ length: 5000 }, (_, index) => ({ id: `T${index}`, title: 'x', ...(index > 0 ? { dependsOn: [`T${index - 1}`] } : {}) }))
  const long = flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M', title: 'x', steps: [{ id: 'S', title: 'x', microsteps }] }] })
  const lines = renderGraph(selectGraph(long, { level: 'microstep', all: false }), 'ascii', plain)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(100)
  expect(new Set(lines.map((line) => /T\d+/.exec(line)?.[0])).size).toBe(5000)
})

test('quotes and markup in titles cannot break out of their labels', () => {
  const evil = flattenPlan({
    version: 1,
    project: { name: 'x' },
    milestones: [
      { id: 'A"]', title: 'a"] --> n9 <b>\\' },
      { id: 'B', title: 'b', dependsOn: ['A"]'] },
    ],
  })
  const graph = selectGraph(evil, { level: 'microstep', all: false })
  expect(renderGraph(graph, 'dot', plain)).toContain('  "A\\"]" [label="A\\"]\\na\\"] --> n9 <b>\\\\"];')
})
