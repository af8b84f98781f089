/** `plan.json` itself: everything is meant as it stands, and comes back as it stands, without the mark of its last sync. */
import type { Node } from 'jsonc-parser'
import type { DocumentItem, Plan } from '../types.ts'
import { hasErrors } from '../problems.ts'
import { parsePlan } from '../validate.ts'
import type { Origin } from './build.ts'
import type { ImportContext } from './draft.ts'
import { entriesOf, parseJson, valueOf } from './json-nodes.ts'
import { DEPENDENCY_FAULTS } from './repair.ts'
import type { SourceText } from './source-text.ts'
import type { ImportProblem, ItemTally } from './types.ts'

const LEVELS = ['milestones', 'steps', 'microsteps'] as const satisfies (keyof ItemTally)[]

export interface PlanReading {
  plan?: Plan
  origins: Map<DocumentItem, Origin>
  /** What the file itself is at fault of; faults between items are found again in the plan. */
  problems: ImportProblem[]
}

export function readPlanJson(source: SourceText, { report, projectName }: ImportContext): PlanReading {
  const origins: PlanReading['origins'] = new Map()
  const { problems } = parsePlan(source.text)
  const structural = problems.filter(({ code }) => !DEPENDENCY_FAULTS.has(code) && code !== 'duplicate-id')
  const placed = structural.map((problem) => ({ ...problem, source: source.name }))
  if (hasErrors(structural)) return { origins, problems: problems.map((problem) => ({ ...problem, source: source.name })) }
  const { root } = parseJson(source)
  if (root === undefined) return { origins, problems: placed }
  const plan = valueOf(root) as Plan
  delete plan['x-sync']
  if (projectName !== undefined) plan.project.name = projectName
  const enter = (items: DocumentItem[] | undefined, nodes: Node | undefined, level: number): void => {
    items?.forEach((item, index) => {
      const fields = new Map(entriesOf(nodes!.children![index]!))
      const at = (node: Node) => ({ source, offset: node.offset })
      const mark = at(fields.get('id') ?? nodes!.children![index]!)
      origins.set(item, { at: mark, dependsOn: (fields.get('dependsOn')?.children ?? []).map(at) })
      report.arrive(LEVELS[level]!, item, item.id, mark)
      const below = LEVELS[level + 1]
      if (below !== undefined) enter(item[below] as DocumentItem[] | undefined, fields.get(below), level + 1)
    })
  }
  enter(plan.milestones, new Map(entriesOf(root)).get('milestones'), 0)
  // Warnings of the structure (unknown keys) are found again in the plan; only what the text alone shows is passed on.
  return { plan, origins, problems: placed.filter(({ code }) => code === 'byte-order-mark') }
}
