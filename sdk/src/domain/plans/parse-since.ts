/**
 * Reading a plan that is known in an earlier form, as a sync does: what did not change since was valid then and is not
 * validated again. One walk compares, collects the changed items and makes the flat form.
 *
 * Whatever looks wrong, or cannot be judged here, makes this reading end; `parsePlan` then tells what there is to tell.
 */
import { diffPlans, diffWithin } from './diff.ts'
import { isSameOrder } from './equal.ts'
import { CHILD_KIND, fieldsOf, flattenPlan } from './flat.ts'
import { PLAN_FORMAT_VERSION } from './format.ts'
import { validateFlat } from './graph-rules.ts'
import { MAX_DEPTH } from './inspect.ts'
import { hasErrors } from './problems.ts'
import { BYTE_ORDER_MARK, countKeys } from './source.ts'
import { structureFindings } from './structure.ts'
import type { DocumentItem, FlatPlan, ItemKind, Plan, PlanChange, PlanItem, PlanProblem } from './types.ts'
import { validateItems, type KindedItem } from './validate-items.ts'
import { parsePlan } from './validate.ts'

/** A plan and the changes from its earlier form to it; or why there is none. */
export type PlanSince = { plan: Plan; flat: FlatPlan; changes: PlanChange[]; problems: never[] } | { plan?: undefined; problems: PlanProblem[] }

/**
 * Reads a plan as `parsePlan` does and compares it with an earlier form of it, `base`. Several times faster where most
 * of both is equal.
 *
 * @param base must itself be a valid plan, as one that the server gave, or that `parsePlan` accepted
 * @returns the plan when `parsePlan` accepts the text, otherwise the problems that it reports. Warnings are looked for
 * only then: of a plan that is accepted, `problems` is empty. Never throws.
 * @example
 * const { flat, changes, problems } = parsePlanSince(readFileSync(file, 'utf8'), flattenPlan(cached))
 */
export function parsePlanSince(text: string, base: FlatPlan): PlanSince {
  const read = readSince(text, base)
  if (read !== undefined) return { ...read, problems: [] }
  const { plan, problems } = parsePlan(text)
  if (plan === undefined) return { problems }
  const flat = flattenPlan(plan)
  return { plan, flat, changes: diffPlans(base, flat), problems: [] }
}

function readSince(text: string, base: FlatPlan): { plan: Plan; flat: FlatPlan; changes: PlanChange[] } | undefined {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  let document: unknown
  try {
    document = JSON.parse(body)
  } catch {
    return undefined
  }
  const comparison = new Comparison(base)
  if (!comparison.isPlan(document) || comparison.keys !== countKeys(body)) return undefined
  const flat: FlatPlan = { head: flattenPlan({ ...document, milestones: [] }).head, items: comparison.items, children: comparison.children }
  const { changed } = comparison
  if (structureFindings({ ...document, milestones: [] }).length > 0 || hasErrors(validateItems(changed))) return undefined
  const isRearranged = comparison.isRearranged || flat.items.size !== base.items.size
  if (isRearranged && hasErrors(validateFlat(flat))) return undefined
  const changes = isRearranged ? diffPlans(base, flat) : diffWithin(base, flat, changed.map(({ item }) => item.id))
  return { plan: document, flat, changes }
}

type Json = Record<string, unknown>
const NO_FIELDS: Json = {}
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const LIST_KEY = { milestone: 'steps', step: 'microsteps', microstep: undefined } as const
/** Lists that say no more when they are empty than when they are absent. */
const LIST_FIELDS: ReadonlySet<string> = new Set(['dependsOn', 'labels', 'links', 'acceptanceCriteria'])
/** Values of a field that are nested deeper are left to `parsePlan`; it counts from the top of the document. */
const DEEP = MAX_DEPTH / 2

class Comparison {
  readonly items = new Map<string, PlanItem>()
  readonly children = new Map<string | null, readonly string[]>()
  /** The items that the earlier plan does not hold with just these fields; without their children. */
  readonly changed: KindedItem[] = []
  /** Whether the graph of parents and dependencies may differ. */
  isRearranged = false
  /** How many keys all objects have together. */
  keys = 0
  #isSuspect = false
  readonly #base: FlatPlan

  constructor(base: FlatPlan) {
    this.#base = base
  }

  /** False when this cannot be a plan without errors, or cannot be judged here. */
  isPlan(document: unknown): document is Plan {
    if (!isObject(document) || document['version'] !== PLAN_FORMAT_VERSION) return false
    const { milestones, ...head } = document
    this.keys++
    this.#isEqual(head, undefined, 0)
    return this.#enterList(milestones, 'milestone', null) && !this.#isSuspect
  }

  #enterList(list: unknown, kind: ItemKind, parentId: string | null): boolean {
    if (!Array.isArray(list)) return false
    const ids: string[] = []
    for (const item of list as unknown[]) {
      if (!isObject(item) || !this.#enter(item, kind, parentId)) return false
      ids.push(item['id'] as string)
    }
    const known = this.#base.children.get(parentId)
    if (ids.length > 0 || parentId === null) this.children.set(parentId, known !== undefined && isSameOrder(known, ids) ? known : ids)
    return true
  }

  #enter(item: Json, kind: ItemKind, parentId: string | null): boolean {
    const { id } = item
    if (typeof id !== 'string' || this.items.has(id)) return false
    const known = this.#base.items.get(id)
    const old = known?.kind === kind ? known : undefined
    const childKey = LIST_KEY[kind]
    const isSame = this.#hasFields(item, childKey, old?.fields)
    if (old === undefined || old.parentId !== parentId) this.isRearranged = true
    if (isSame && old !== undefined) this.items.set(id, old.parentId === parentId ? old : { ...old, parentId })
    else {
      const fields = fieldsOf(kind, item as DocumentItem)
      this.items.set(id, { id, kind, parentId, fields })
      this.changed.push({ kind, item: (childKey === undefined ? item : { ...item, [childKey]: undefined }) as DocumentItem })
      if (!isSameOrder(old?.fields.dependsOn ?? [], fields.dependsOn ?? [])) this.isRearranged = true
    }
    return childKey === undefined || !(childKey in item) || this.#enterList(item[childKey], CHILD_KIND[kind]!, id)
  }

  /** Whether an item has just these fields, harmless defaults left out. Counts its keys, whatever the answer is. */
  #hasFields(item: Json, childKey: string | undefined, fields: Json = NO_FIELDS): boolean {
    let missing = 0
    for (const key in fields) if (fields[key] !== undefined) missing++
    for (const key in item) {
      this.#countKey(key)
      if (key === 'id' || key === childKey) continue
      const value = item[key]
      if (this.#isEqual(value, fields[key], 0)) missing--
      else if (fields[key] !== undefined || !isHarmless(key, value)) missing = Infinity
    }
    return missing === 0
  }

  /** Counts the keys of a value, whatever the answer is. */
  #isEqual(value: unknown, other: unknown, depth: number): boolean {
    if (typeof value !== 'object' || value === null) return value === other
    if (depth > DEEP) {
      this.#isSuspect = true
      return false
    }
    if (Array.isArray(value)) {
      const others = Array.isArray(other) ? (other as unknown[]) : undefined
      let isEqual = others?.length === value.length
      for (let index = 0; index < value.length; index++) if (!this.#isEqual(value[index], others?.[index], depth + 1)) isEqual = false
      return isEqual
    }
    const others = isObject(other) ? other : undefined
    let missing = others === undefined ? Infinity : 0
    for (const key in others) if (others[key] !== undefined) missing++
    for (const key in value) {
      this.#countKey(key)
      if (this.#isEqual((value as Json)[key], others?.[key], depth + 1)) missing--
      else missing = Infinity
    }
    return missing === 0
  }

  #countKey(key: string): void {
    this.keys++
    if (key === '__proto__') this.#isSuspect = true
  }
}

/** A default that is written out where the schemas allow it: it says no more than its absence. */
const isHarmless = (key: string, value: unknown): boolean =>
  key === 'status' ? value === 'todo' : LIST_FIELDS.has(key) && Array.isArray(value) && value.length === 0
