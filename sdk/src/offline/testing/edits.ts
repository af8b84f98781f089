/** Random edits of a plan, most of them possible. Numbers choose among what the plan holds. */
import { CHILD_KIND, PARENT_KIND } from '../../domain/plans/flat.ts'
import type { FlatPlan, ItemKind, PlanChange, PlanItem } from '../../domain/plans/types.ts'

export interface Numbers { readonly a: number; readonly b: number; readonly c: number }

const pick = <Value>(list: readonly Value[], n: number): Value | undefined => list[n % list.length]
const STATUSES = ['todo', 'in_progress', 'done', 'blocked']

/** One edit. Half of them meet on a few items, so that those of several people conflict often enough. `fresh` is an id that nobody has. */
export function randomEdit(plan: FlatPlan, { a, b, c }: Numbers, fresh: string): PlanChange[] {
  const items = [...plan.items.values()]
  const item = a % 2 === 0 ? pick(items.slice(0, 6), a >> 1) : pick(items, a >> 1)
  if (item === undefined) return [{ op: 'add', kind: 'milestone', parentId: null, after: null, item: { id: fresh, title: 'First' } }]
  const set = (fields: Record<string, unknown>): PlanChange[] => [{ op: 'update', id: item.id, set: fields }]
  switch (b % 16) {
    case 0: case 1: case 2: return set({ title: `Title ${c % 7}` })
    case 3: case 4: return item.kind === 'microstep' ? set({ status: pick(STATUSES, c) }) : set({ notes: `n${c % 3}` })
    case 5: return set({ labels: [`l${c % 4}`, `l${c % 3}x`] })
    case 6: return set({ assignee: c % 4 === 0 ? null : `p${c % 3}` })
    case 7: case 8: case 9: return addition(items, plan, { a, b, c }, fresh)
    case 10: return removal(plan, item)
    case 11: case 12: return move(plan, item, pick(items.filter(({ kind }) => kind === PARENT_KIND[item.kind]), c)?.id ?? null, c)
    case 13: return move(plan, item, item.parentId, c)
    case 14: return c % 3 === 0 ? [{ op: 'rename', id: item.id, to: `${fresh}r` }] : [{ op: 'head', set: { custom: c % 5 } }]
    default: return set({ dependsOn: c % 3 === 0 ? null : [pick(items, c)!.id] })
  }
}

function addition(items: readonly PlanItem[], plan: FlatPlan, { a, c }: Numbers, fresh: string): PlanChange[] {
  const kinds: ItemKind[] = ['milestone', 'step', 'microstep', 'microstep']
  const parents = (kind: ItemKind): PlanItem[] => items.filter((item) => item.kind === PARENT_KIND[kind])
  const kind = pick(kinds.filter((other) => other === 'milestone' || parents(other).length > 0), c)!
  const parentId = kind === 'milestone' ? null : pick(parents(kind), a)!.id
  const childKind = CHILD_KIND[kind]
  const inner = childKind && c % 5 === 0 ? { [`${childKind}s`]: [{ id: `${fresh}x`, title: 'Inner' }] } : {}
  return [{ op: 'add', kind, parentId, after: pick([null, ...(plan.children.get(parentId) ?? [])], c) ?? null, item: { id: fresh, title: `New ${c % 4}`, ...inner } }]
}

/** With the dependencies on what it takes away. */
function removal(plan: FlatPlan, { id }: PlanItem): PlanChange[] {
  const gone = new Set([id])
  for (const item of gone) for (const child of plan.children.get(item) ?? []) gone.add(child)
  const updates = [...plan.items.values()].filter((item) => !gone.has(item.id) && item.fields.dependsOn?.some((other) => gone.has(other))).map((item): PlanChange =>
    ({ op: 'update', id: item.id, set: { dependsOn: item.fields.dependsOn?.filter((other) => !gone.has(other)) } }))
  return [...updates, { op: 'remove', id }]
}

function move(plan: FlatPlan, { id }: PlanItem, parentId: string | null, n: number): PlanChange[] {
  const siblings = (plan.children.get(parentId) ?? []).filter((other) => other !== id)
  return [{ op: 'move', id, parentId, after: pick([null, ...siblings], n) ?? null }]
}
