import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCycles } from './cycles.ts'
import { validatePlan } from './validate.ts'
import type { Milestone, PlanProblem } from './types.ts'

interface Forest {
  parents: Int32Array
  dependencies: number[][]
}

const isWithin = ({ parents }: Forest, item: number, ancestor: number): boolean => {
  for (let at = parents[item]!; at >= 0; at = parents[at]!) if (at === ancestor) return true
  return false
}

/** Items with earlier items as parents, and any dependencies but those on themselves, ancestors and descendants. */
const forests = fc.array(fc.tuple(fc.nat(), fc.array(fc.nat(), { maxLength: 3 })), { minLength: 1, maxLength: 9 }).map((rows): Forest => {
  const parents = Int32Array.from(rows, ([parent], index) => (parent % (index + 1)) - 1)
  const forest = { parents, dependencies: [] as number[][] }
  forest.dependencies = rows.map(([, targets], from) => [...new Set(targets.map((target) => target % rows.length))].filter((to) => to !== from && !isWithin(forest, from, to) && !isWithin(forest, to, from)))
  return forest
})

/** By the meaning of the words: leaves can be put into an order in which all of a dependency comes before all of its dependent. */
function canBeWorkedOn({ parents, dependencies }: Forest): boolean {
  const items = [...parents.keys()]
  const isPartOf = (leaf: number, item: number) => leaf === item || isWithin({ parents, dependencies }, leaf, item)
  const open = new Set(items.filter((item) => !items.some((other) => parents[other] === item)))
  const isReady = (leaf: number) => items.every((item) => !isPartOf(leaf, item) || dependencies[item]!.every((target) => ![...open].some((other) => isPartOf(other, target))))
  for (;;) {
    const ready = [...open].find(isReady)
    if (ready === undefined) return open.size === 0
    open.delete(ready)
  }
}

describe('findCycles', () => {
  it('finds a circle exactly when there is no order to work in', () => {
    fc.assert(fc.property(forests, (forest) => {
      expect(findCycles(forest.parents, forest.dependencies).length === 0).toBe(canBeWorkedOn(forest))
    }), { numRuns: 1_000 })
  })

  it('names real circles, each once, and enough of them that cutting their last links leaves none', () => {
    fc.assert(fc.property(forests, (forest) => {
      const cycles = findCycles(forest.parents, forest.dependencies)
      for (const { links, length } of cycles) {
        expect(links).toHaveLength(length)
        for (const [index, [from, to]] of links.entries()) {
          const next = links[(index + 1) % links.length]![0]
          expect(forest.dependencies[from]).toContain(to)
          expect(next === to || isWithin(forest, next, to) || isWithin(forest, to, next)).toBe(true)
        }
      }
      const rotations = cycles.map(({ links }) => {
        const names = links.map((link) => link.join('>'))
        const first = names.indexOf([...names].sort()[0]!)
        return [...names.slice(first), ...names.slice(0, first)].join(' ')
      })
      expect(new Set(rotations).size).toBe(rotations.length)
      const cut = new Set(cycles.map(({ links }) => links.at(-1)!.join('>')))
      const dependencies = forest.dependencies.map((targets, from) => targets.filter((to) => !cut.has(`${from}>${to}`)))
      expect(canBeWorkedOn({ ...forest, dependencies })).toBe(true)
    }), { numRuns: 1_000 })
  })

  it('walks a circle of a hundred thousand items without overflowing the stack', () => {
    const count = 100_000
    const [cycle, ...rest] = findCycles(new Int32Array(count).fill(-1), Array.from({ length: count }, (_, index) => [(index + 1) % count]))
    expect(rest).toEqual([])
    expect(cycle?.length).toBe(count)
    expect(cycle?.links.slice(0, 2)).toEqual([[0, 1], [1, 2]])
    expect(cycle?.links.at(-1)).toEqual([count - 1, 0])
  })

  it('takes time in proportion to the plan where every item closes a circle', () => {
    const chain = (count: number) => Array.from({ length: count }, (_, index) => [...(index + 1 < count ? [index + 1] : []), ...(index > 0 ? [0] : [])])
    const cycles = findCycles(new Int32Array(20_000).fill(-1), chain(20_000))
    expect(cycles).toHaveLength(19_999)
    expect(cycles.every(({ links }) => links.length <= 100)).toBe(true)
  })
})

describe('a circle in a plan', () => {
  const circles = (milestones: Milestone[]): [pointer: string, message: string][] =>
    validatePlan({ version: 1, project: { name: 'x' }, milestones }).filter((problem: PlanProblem) => problem.severity === 'error').map(({ pointer, message }) => [pointer, message])

  it('is told from the item that the document names first, whichever way it runs', () => {
    expect(circles([{ id: 'A', title: 'x', dependsOn: ['C'] }, { id: 'B', title: 'x', dependsOn: ['A'] }, { id: 'C', title: 'x', dependsOn: ['B'] }])).toEqual([
      ['/milestones/0/dependsOn/0', 'Items wait for each other in a circle: "A" waits for "C", which waits for "B", which waits for "A".'],
    ])
  })

  it('is found through the parents of its items', () => {
    expect(circles([
      { id: 'M1', title: 'x', dependsOn: ['M2'], steps: [{ id: 'S1', title: 'x', microsteps: [{ id: 'a', title: 'x' }] }] },
      { id: 'M2', title: 'x', steps: [{ id: 'S2', title: 'x', microsteps: [{ id: 'b', title: 'x', dependsOn: ['a'] }] }] },
    ])).toEqual([['/milestones/0/dependsOn/0', 'Items wait for each other in a circle: "M1" waits for "M2", which holds "b", which waits for "a", which lies in "M1".']])
  })

  it('is told in part when it is long', () => {
    const milestones = Array.from({ length: 30 }, (_, index) => ({ id: `M${index}`, title: 'x', dependsOn: [`M${(index + 1) % 30}`] }))
    const [[, message] = []] = circles(milestones)
    expect(message).toMatch(/^Items wait for each other in a circle: "M0" waits for "M1", .*"M12", and so on through 18 more\.$/)
  })
})
