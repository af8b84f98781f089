/** The structural rules for single items: what an API checks of the items that a batch of changes touches. */
import { toPointer, toProblem, type Finding } from './problems.ts'
import { structureFindings } from './structure.ts'
import type { DocumentItem, ItemKind, PlanProblem } from './types.ts'

/** An item in document form, with its children or without. */
export interface KindedItem {
  /** What it is. */
  readonly kind: ItemKind
  /** The item, in document form. */
  readonly item: DocumentItem
}

/** A plan that holds the items and nothing else; its ids do not matter to the structural rules. */
function planAround(items: readonly KindedItem[]): { document: unknown; places: string[][] } {
  const milestones: unknown[] = [{ id: 'm', title: 'm', steps: [{ id: 's', title: 's', microsteps: [] as unknown[] }] }]
  const [{ steps }] = milestones as [{ steps: { microsteps: unknown[] }[] }]
  const microsteps = (steps[0] as { microsteps: unknown[] }).microsteps
  const places = items.map(({ kind, item }) => {
    if (kind === 'milestone') return ['milestones', String(milestones.push(item) - 1)]
    if (kind === 'step') return ['milestones', '0', 'steps', String(steps.push(item as unknown as { microsteps: unknown[] }) - 1)]
    return ['milestones', '0', 'steps', '0', 'microsteps', String(microsteps.push(item) - 1)]
  })
  return { document: { version: 1, project: { name: 'p' }, milestones }, places }
}

/**
 * Checks items against the format, without their place in a plan: fields, types, values. The graph is not looked at,
 * see `validateFlat`.
 *
 * @returns the problems in the order of the items; a pointer starts with the item's index in `items`
 */
export function validateItems(items: readonly KindedItem[]): PlanProblem[] {
  const { document, places } = planAround(items)
  const findings = structureFindings(document)
  if (findings.length === 0) return []
  const indexOf = new Map(places.map((place, index) => [place.join('/'), index]))
  return findings.map((finding) => relativeTo(finding, indexOf)).sort((a, b) => Number(a.path[0]) - Number(b.path[0])).map((finding) => toProblem(finding))
}

function relativeTo(finding: Finding, indexOf: ReadonlyMap<string, number>): Finding {
  for (let length = finding.path.length; length > 0; length--) {
    const index = indexOf.get(finding.path.slice(0, length).join('/'))
    if (index !== undefined) return { ...finding, path: [index, ...finding.path.slice(length)] }
  }
  throw new Error(`a finding outside the items: ${toPointer(finding.path)}`)
}
