/** Dependencies between templates: the joins of each meet the anchors of the others. */
import { findCycles } from '../plans/cycles.ts'
import type { Part } from './place-ids.ts'
import type { Instance } from './expand.ts'
import type { TemplateConflict } from './types.ts'

/** Dependencies of every item, of all templates. */
export type Dependencies = Map<Instance, Set<Instance>>

interface Edge {
  readonly from: Instance
  readonly to: Instance
  readonly templates: [waits: string, isWaitedFor: string]
  readonly anchor: string
}

/** Adds the dependencies of all joins to `dependencies`. @returns what could not be joined */
export function joinParts(parts: readonly Part[], dependencies: Dependencies): TemplateConflict[] {
  const conflicts: TemplateConflict[] = []
  for (const part of parts) {
    for (const { item, dependsOn = [], blocks = [] } of part.template.joins ?? []) {
      const own = itemsOf(part, item)
      for (const anchor of [...new Set([...dependsOn, ...blocks])]) {
        const others = parts.filter((other) => other !== part && other.template.anchors?.some(({ name }) => name === anchor))
        if (others.length === 0) conflicts.push(unmet(part.template.name, item, anchor))
        for (const other of others) {
          const anchors = itemsOf(other, other.template.anchors!.find(({ name }) => name === anchor)!.item)
          if (dependsOn.includes(anchor)) connect(edges(own, anchors, [part, other], anchor), dependencies, conflicts)
          if (blocks.includes(anchor)) connect(edges(anchors, own, [other, part], anchor), dependencies, conflicts)
        }
      }
    }
  }
  return conflicts
}

/** Where the milestones of a part stand: before the first milestone of the others that waits for one of them, else at the end. */
export function placeOf(milestones: readonly Instance[], others: readonly Instance[], dependencies: Dependencies): number {
  const own = new Set(milestones.flatMap((milestone) => [...subtree(milestone)]))
  const waits = (milestone: Instance): boolean => [...subtree(milestone)].some((item) => [...(dependencies.get(item) ?? [])].some((target) => own.has(target)))
  const at = others.findIndex(waits)
  return at < 0 ? others.length : at
}

function* subtree(instance: Instance): Iterable<Instance> {
  yield instance
  for (const child of instance.children) yield* subtree(child)
}

const itemsOf = ({ expansion, template }: Part, item: string): readonly Instance[] => {
  const found = expansion.find(item, {})
  if (found === undefined) throw new RangeError(`${template.name} has no item ${item}`)
  return found
}

const edges = (from: readonly Instance[], to: readonly Instance[], [waiting, waitedFor]: [Part, Part], anchor: string): Edge[] =>
  from.flatMap((source) => to.map((target): Edge => ({ from: source, to: target, templates: [waiting.template.name, waitedFor.template.name], anchor })))

function connect(found: readonly Edge[], dependencies: Dependencies, conflicts: TemplateConflict[]): void {
  for (const edge of found) {
    const targets = dependencies.get(edge.from)!
    if (targets.has(edge.to)) continue
    targets.add(edge.to)
    if (!hasCycle(dependencies)) continue
    targets.delete(edge.to)
    conflicts.push(circle(edge))
  }
}

function hasCycle(dependencies: Dependencies): boolean {
  const items = [...dependencies.keys()]
  const numbers = new Map(items.map((item, number) => [item, number]))
  const parents = Int32Array.from(items, ({ parent }) => (parent === null ? -1 : numbers.get(parent)!))
  return findCycles(parents, items.map((item) => [...dependencies.get(item)!].map((target) => numbers.get(target)!))).length > 0
}

const unmet = (template: string, item: string, anchor: string): TemplateConflict => ({
  kind: 'join', severity: 'warning', templates: [template], name: anchor, message: `"${item}" of ${template} joins "${anchor}", which no other template here offers.`, resolution: 'It is not joined to anything.',
})

const circle = ({ from, to, templates, anchor }: Edge): TemplateConflict => ({
  kind: 'cycle', severity: 'warning', templates: [...templates], name: anchor,
  message: `"${from.id}" of ${templates[0]} would wait for "${to.id}" of ${templates[1]}, which waits for it already.`, resolution: 'This one dependency is left out.',
})
