/** Random valid plans and random valid edits of them, for property tests. Everything shrinks to shorter scripts. */
import fc from 'fast-check'
import { applyChanges } from '../changes.ts'
import { CHILD_KIND, PARENT_KIND } from '../flat.ts'
import { validateFlat } from '../graph-rules.ts'
import type { DocumentItem, FlatPlan, ItemKind, PlanChange, PlanItem } from '../types.ts'

/** One step of an editing script; the numbers choose among whatever the plan holds when it is read. */
export interface Intent {
  action: (typeof ACTIONS)[number]
  a: number
  b: number
  c: number
}

const ACTIONS = [
  'add', 'add', 'add', 'addShared', 'remove', 'move', 'move', 'reorder', 'rename', 'renameShared', 'title', 'scalar', 'scalar', 'unset', 'label', 'unlabel',
  'depend', 'depend', 'undepend', 'criterion', 'editCriterion', 'dropCriterion', 'link', 'estimate', 'head', 'custom', 'swapKind',
] as const

export const EMPTY_PLAN: FlatPlan = { head: { version: 1, project: { name: 'Random' } }, items: new Map(), children: new Map([[null, []]]) }

const intent = (actions: readonly Intent['action'][]): fc.Arbitrary<Intent> =>
  fc.record({ action: fc.constantFrom(...actions), a: fc.nat(9_999), b: fc.nat(9_999), c: fc.nat(9_999) })

/** Scripts of edits, as long ones as short ones; `only` limits the actions. */
export const scripts = (maxLength = 12, only: readonly Intent['action'][] = ACTIONS): fc.Arbitrary<Intent[]> =>
  fc.noBias(fc.array(intent(only), { maxLength, size: 'max' }))

/** Valid plans of up to some thirty items. */
export const plans = (): fc.Arbitrary<FlatPlan> =>
  fc
    .noBias(fc.array(intent(['add', 'add', 'add', 'add', 'depend', 'label', 'criterion', 'scalar', 'estimate', 'link']), { minLength: 8, maxLength: 50, size: 'max' }))
    .map((script) => perform(EMPTY_PLAN, script, 'i'))

/** Whether dependencies dangle nowhere and form no circle. */
export const isValid = (plan: FlatPlan): boolean => validateFlat(plan).every((problem) => problem.severity !== 'error')

/** The plan after a script; a step that would make a valid plan invalid is left out. `prefix` begins the new ids. */
export function perform(plan: FlatPlan, script: readonly Intent[], prefix: string): FlatPlan {
  let current = plan
  for (const [index, step] of script.entries()) {
    const changes = interpret(current, step, `${prefix}${index}`)
    if (changes.length === 0) continue
    const next = applyChanges(current, changes)
    if (isValid(next)) current = next
  }
  return current
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length]

function interpret(plan: FlatPlan, step: Intent, id: string): PlanChange[] {
  const items = [...plan.items.values()]
  if (step.action === 'add') return addition(plan, items, step, id)
  if (step.action === 'addShared') return plan.items.has(`k${step.c % 3}`) ? [] : addition(plan, items, step, `k${step.c % 3}`)
  if (step.action === 'head') return [{ op: 'head', set: pick([{ custom: step.b % 4 }, { project: { ...(plan.head['project'] as object), name: `Name ${step.b % 4}` } }, { custom: null }], step.a)! }]
  // Half of the edits meet on a few items, so that those of two scripts conflict often enough.
  const item = step.a % 2 === 0 ? pick(items.slice(0, 5), step.a >> 1) : pick(items, step.a >> 1)
  if (item === undefined) return []
  const set = (fields: Record<string, unknown>): PlanChange[] => [{ op: 'update', id: item.id, set: fields }]
  const fields = item.fields
  switch (step.action) {
    case 'remove': return removal(plan, item)
    case 'move': return movement(plan, item, pick(items.filter((other) => other.kind === PARENT_KIND[item.kind]), step.b)?.id ?? null, step.c)
    case 'reorder': return movement(plan, item, item.parentId, step.c)
    case 'rename': return renaming(plan, item, `${id}r`)
    case 'renameShared': return renaming(plan, item, `k${step.c % 3}`)
    case 'title': return set({ title: `Title ${step.b % 5}` })
    case 'scalar': return set(pick([{ assignee: `p${step.c % 3}` }, { notes: `n${step.c % 3}` }, { priority: pick(['low', 'high'], step.c) }, item.kind === 'microstep' ? { status: pick(['todo', 'in_progress', 'done', 'cancelled', 'blocked'], step.c) } : { description: `d${step.c % 3}` }], step.b)!)
    case 'unset': return set({ [pick(['assignee', 'notes', 'priority', 'estimate', 'labels', 'custom'], step.b)!]: null })
    case 'label': return set({ labels: inserted(fields.labels ?? [], `l${step.b % 6}`, step.c) })
    case 'unlabel': return set({ labels: (fields.labels ?? []).toSpliced(step.b % Math.max(1, fields.labels?.length ?? 0), 1) })
    case 'depend': return set({ dependsOn: inserted(fields.dependsOn ?? [], pick(items, step.b)!.id, step.c) })
    case 'undepend': return set({ dependsOn: (fields.dependsOn ?? []).toSpliced(step.b % Math.max(1, fields.dependsOn?.length ?? 0), 1) })
    case 'criterion': return set({ acceptanceCriteria: [...(fields.acceptanceCriteria ?? []).filter((other) => other.id !== `c${step.b % 4}`), { id: `c${step.b % 4}`, text: `Text ${step.c % 3}` }] })
    case 'editCriterion': return set({ acceptanceCriteria: (fields.acceptanceCriteria ?? []).map((other, at) => (at === step.b % 3 ? { ...other, text: `Edited ${step.c % 3}` } : other)) })
    case 'dropCriterion': return set({ acceptanceCriteria: (fields.acceptanceCriteria ?? []).slice(1) })
    case 'link': return set({ links: [...(fields.links ?? []).filter((other) => other.url !== `u${step.b % 3}`), { url: `u${step.b % 3}`, title: `t${step.c % 2}` }] })
    case 'estimate': return item.kind === 'microstep' ? set({ estimate: step.b % 2 === 0 ? step.c % 9 : { optimistic: 1, likely: 2, pessimistic: 3 + (step.c % 5) } }) : []
    case 'custom': return set({ custom: { deep: [step.b % 3, { more: step.c % 2 }] } })
    case 'swapKind': return kindChange(plan, items, item, step)
  }
}

const inserted = (list: readonly string[], entry: string, at: number): string[] => {
  const rest = list.filter((other) => other !== entry)
  return rest.toSpliced(at % (rest.length + 1), 0, entry)
}

function addition(plan: FlatPlan, items: readonly PlanItem[], step: Intent, id: string): PlanChange[] {
  const hasParents = (kind: ItemKind): boolean => kind === 'milestone' || items.some((item) => item.kind === PARENT_KIND[kind])
  const kind = pick((['milestone', 'step', 'step', 'microstep', 'microstep', 'microstep', 'microstep'] as const).filter(hasParents), step.a)!
  const parentId = kind === 'milestone' ? null : pick(items.filter((item) => item.kind === PARENT_KIND[kind]), step.b)?.id
  if (parentId === undefined) return []
  const siblings = plan.children.get(parentId) ?? []
  const item: DocumentItem = { id, title: `Item ${step.c % 4}` }
  const childKind = CHILD_KIND[kind]
  if (childKind !== undefined && step.c % 3 === 0) Object.assign(item, { [childKind === 'step' ? 'steps' : 'microsteps']: [{ id: `${id}x`, title: 'Inner' }] })
  if (plan.items.has(`${id}x`)) return []
  return [{ op: 'add', kind, parentId, after: step.c % 4 === 0 ? null : (pick(siblings, step.c) ?? null), item }]
}

/** Takes away the dependencies on what it removes. */
function removal(plan: FlatPlan, item: PlanItem): PlanChange[] {
  const gone = new Set<string>()
  const visit = (id: string): void => {
    gone.add(id)
    for (const child of plan.children.get(id) ?? []) visit(child)
  }
  visit(item.id)
  const updates: PlanChange[] = []
  for (const other of plan.items.values()) {
    const kept = other.fields.dependsOn?.filter((id) => !gone.has(id))
    if (kept !== undefined && kept.length !== other.fields.dependsOn?.length && !gone.has(other.id)) updates.push({ op: 'update', id: other.id, set: { dependsOn: kept } })
  }
  return [...updates, { op: 'remove', id: item.id }]
}

function movement(plan: FlatPlan, item: PlanItem, parentId: string | null, at: number): PlanChange[] {
  const siblings = (plan.children.get(parentId) ?? []).filter((id) => id !== item.id)
  return [{ op: 'move', id: item.id, parentId, after: pick([null, ...siblings], at) ?? null }]
}

function renaming(plan: FlatPlan, item: PlanItem, to: string): PlanChange[] {
  if (plan.items.has(to) || to === item.id) return []
  return [{ op: 'rename', id: item.id, to }, { op: 'update', id: to, set: { renamedFrom: item.id } }]
}

/** The same id again as another kind, with what it held added anew below it where the kinds allow. */
function kindChange(plan: FlatPlan, items: readonly PlanItem[], item: PlanItem, step: Intent): PlanChange[] {
  const kind = pick<ItemKind>((['milestone', 'step', 'microstep'] as const).filter((other) => other !== item.kind), step.b)!
  const inside = (other: PlanItem | undefined): boolean => other !== undefined && (other.id === item.id || inside(plan.items.get(other.parentId ?? '')))
  const parentId = kind === 'milestone' ? null : pick(items.filter((other) => other.kind === PARENT_KIND[kind] && !inside(other)), step.c)?.id
  if (parentId === undefined || step.c % 4 !== 0) return []
  return [...removal(plan, item), { op: 'add', kind, parentId, after: null, item: { id: item.id, title: item.fields.title } }]
}
