/** What the rules are asked about: pure. Each changed item of a write once, under every name that the change has. */
import { actionsOf } from '@buildrunner/sdk/policy'
import { isEqual } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange, PlanItem } from '@buildrunner/sdk/plans'
import type { Governed, PlanEdit } from './governed.ts'

/** One change, as rules see it. */
export interface Subject {
  /** Null: no item of the plan. */
  readonly key: string | null
  /** UUID of the item; null for one that is added, and without an item. */
  readonly uuid: string | null
  readonly before: PlanItem | null
  readonly after: PlanItem | null
  /** What happens to it; null where no plan is changed. */
  readonly op: PlanChange['op'] | null
  readonly fields: readonly string[]
  /** The write's own action, and what the write is to this item. */
  readonly actions: readonly string[]
}

type Op = PlanChange['op']

/** Keys before the batch, by the keys after it. */
export function formerKeys(changes: readonly PlanChange[]): ReadonlyMap<string, string> {
  const former = new Map<string, string>()
  for (const change of changes) {
    if (change.op !== 'rename') continue
    former.set(change.to, former.get(change.id) ?? change.id)
    former.delete(change.id)
  }
  return former
}

function changedFields(before: PlanItem | null, after: PlanItem | null): string[] {
  const [was, is] = [before?.fields ?? {}, after?.fields ?? {}] as readonly [Record<string, unknown>, Record<string, unknown>]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((field) => !isEqual(was[field], is[field]))
}

/** What happens to an item, the weightiest first. */
function opsOf(before: PlanItem | null, after: PlanItem | null, fields: readonly string[], moved: boolean): Op[] {
  if (before === null) return ['add']
  if (after === null) return ['remove']
  return [...(fields.length > 0 ? ['update' as const] : []), ...(before.id === after.id ? [] : ['rename' as const]), ...(moved || before.parentId !== after.parentId ? ['move' as const] : [])]
}

function subjectOf(action: string, uuidOf: PlanEdit['uuidOf'], before: PlanItem | null, after: PlanItem | null, moved: boolean): Subject | null {
  const fields = changedFields(before, after)
  const ops = opsOf(before, after, fields, moved)
  const [op] = ops
  if (op === undefined) return null
  const { kind, id } = (after ?? before) as PlanItem
  const actions = new Set(ops.flatMap((each) => actionsOf(action, { op: each, kind, fields })))
  return { key: id, uuid: before === null ? null : (uuidOf(before.id) ?? null), before, after, op, fields, actions: [...actions] }
}

const headFields = (before: FlatPlan, after: FlatPlan): string[] => [...new Set([...Object.keys(before.head), ...Object.keys(after.head)])].filter((key) => !isEqual(before.head[key], after.head[key]))

function planSubjects(action: string, { before, after, changes, uuidOf }: PlanEdit): Subject[] {
  const former = formerKeys(changes)
  const moved = new Set(changes.flatMap((change) => (change.op === 'move' ? [change.id] : [])))
  const subjects: Subject[] = []
  const kept = new Set<string>()
  for (const [key, item] of after.items) {
    const was = former.get(key) ?? key
    const old = before.items.get(was) ?? null
    if (old !== null) kept.add(was)
    if (old === item && !moved.has(key)) continue
    const subject = subjectOf(action, uuidOf, old, item, moved.has(key) || moved.has(was))
    if (subject !== null) subjects.push(subject)
  }
  for (const [key, item] of before.items) if (!kept.has(key)) subjects.push(subjectOf(action, uuidOf, item, null, false) as Subject)
  const fields = before.head === after.head ? [] : headFields(before, after)
  if (fields.length > 0) subjects.push({ key: null, uuid: null, before: null, after: null, op: 'head', fields, actions: actionsOf(action, { op: 'head', kind: null, fields }) })
  return subjects
}

/** Where no item changes, the write itself is the subject; but not one of a push or a sync, which then only keeps what was answered. */
export function subjectsOf(action: string, { plan, itemKey, fields = [] }: Governed): readonly Subject[] {
  if (plan !== undefined && (plan.changes.length > 0 || action !== 'conflict.resolve')) return planSubjects(action, plan)
  return [{ key: itemKey ?? null, uuid: null, before: null, after: null, op: null, fields, actions: [action] }]
}
