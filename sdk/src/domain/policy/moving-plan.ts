/**
 * A plan that is walked through its history: changed in place, so that an event costs what it touches and a year of events the
 * memory of one plan. Counts of what lies in an item, and of the whole, are carried along.
 */
import { expectedHours } from '../plans/estimate.ts'
import { flattenInto } from '../plans/flat.ts'
import { hoursOf, isFinished, statusOf } from '../plans/plan-index.ts'
import type { FlatPlan, ItemFields, ItemKind, PlanChange, PlanItem } from '../plans/types.ts'
import type { ItemFacts, PlanFacts } from './facts.ts'

/** One item where it stands. */
export interface MovingItem {
  id: string
  readonly kind: ItemKind
  fields: ItemFields
  parent: MovingItem | null
  readonly children: Set<MovingItem>
  /** Microsteps in it (itself, if it is one): all, those neither done nor cancelled, those neither to do nor cancelled. */
  microsteps: number
  unfinished: number
  begun: number
}

interface Totals {
  microsteps: number
  done: number
  counted: number
  plannedHours: number
  remainingHours: number
}

const asPlanItem = ({ id, kind, fields }: Pick<MovingItem, 'id' | 'kind' | 'fields'>): PlanItem => ({ id, kind, fields, parentId: null })

/** Which facts about the place of an item rules speak of. */
export interface AskedPlaces {
  /** Phase, due date and path. */
  readonly place: boolean
  readonly dependencies: boolean
}

function placeFacts(item: MovingItem): Pick<ItemFacts, 'phase' | 'dueDate' | 'path'> {
  const path: string[] = []
  for (let parent = item.parent; parent !== null; parent = parent.parent) path.unshift(parent.fields.title)
  const { phase, dueDate } = milestoneOf(item).fields
  return { phase, dueDate, path }
}

export class MovingPlan {
  readonly items = new Map<string, MovingItem>()
  readonly totals: Totals = { microsteps: 0, done: 0, counted: 0, plannedHours: 0, remainingHours: 0 }

  constructor(plan: FlatPlan) {
    const enter = (ids: readonly string[], parent: MovingItem | null): void => {
      for (const id of ids) enter(plan.children.get(id) ?? [], this.#insert(plan.items.get(id) as PlanItem, parent))
    }
    enter(plan.children.get(null) ?? [], null)
  }

  /** @param touch is called for each item before it changes or goes, and once it is there */
  apply(change: PlanChange, touch: (item: MovingItem, isNew: boolean) => void): void {
    if (change.op === 'head') return
    if (change.op === 'add') return this.#add(change, touch)
    const item = this.items.get(change.id)
    // history that was written before a fault was mended may name what is not there
    if (item === undefined) return
    if (change.op === 'remove') return this.#remove(item, touch)
    touch(item, false)
    if (change.op === 'update') this.#counted(item, -1, () => { item.fields = withValues(item.fields, change.set) })
    if (change.op === 'move') this.#counted(item, -1, () => this.#place(item, change.parentId === null ? null : (this.items.get(change.parentId) ?? null)))
    if (change.op === 'rename') this.#rename(item, change.to, touch)
  }

  planFacts(): PlanFacts {
    const { microsteps, done, counted, remainingHours } = this.totals
    return { items: this.items.size, microsteps, done, progress: counted === 0 ? 0 : done / counted, remainingHours }
  }

  itemFacts(item: MovingItem, asked: AskedPlaces): ItemFacts {
    const { id, kind, fields } = item
    return {
      id, kind, title: fields.title, status: kind === 'microstep' ? (fields.status ?? 'todo') : undefined, assignee: fields.assignee, priority: fields.priority,
      labels: fields.labels, dependsOn: fields.dependsOn, estimateHours: fields.estimate === undefined ? undefined : expectedHours(fields.estimate),
      criteria: { total: fields.acceptanceCriteria?.length ?? 0 }, ...(asked.place && placeFacts(item)), ...(asked.dependencies && { openDependencies: this.#openDependencies(item) }),
    }
  }

  #openDependencies(item: MovingItem): number {
    const open = new Set<string>()
    for (let holder: MovingItem | null = item; holder !== null; holder = holder.parent) if (holder.fields.dependsOn !== undefined) for (const id of this.#openOf(holder.fields)) open.add(id)
    return open.size
  }

  /** Ids of what is depended on and open or missing, as the readiness of a plan counts them. */
  #openOf({ dependsOn = [] }: ItemFields, asked: ReadonlySet<MovingItem> = new Set()): string[] {
    return dependsOn.filter((id) => {
      const other = this.items.get(id)
      return other === undefined || !this.#isFinished(other, asked)
    })
  }

  /** What has no microsteps is finished as soon as nothing holds it, a parent or a step in it up; a circle of such never is. */
  #isFinished(item: MovingItem, asked: ReadonlySet<MovingItem>): boolean {
    if (item.microsteps > 0) return item.unfinished === 0
    if (asked.has(item)) return false
    const within = new Set([...asked, item])
    const holders: MovingItem[] = [...item.children]
    for (let holder: MovingItem | null = item; holder !== null; holder = holder.parent) holders.push(holder)
    return holders.every(({ fields }) => this.#openOf(fields, within).length === 0)
  }

  #insert({ id, kind, fields }: PlanItem, parent: MovingItem | null): MovingItem {
    const item: MovingItem = { id, kind, fields, parent: null, children: new Set(), microsteps: 0, unfinished: 0, begun: 0 }
    this.items.set(id, item)
    this.#place(item, parent)
    this.#count(item, 1)
    return item
  }

  #place(item: MovingItem, parent: MovingItem | null): void {
    item.parent?.children.delete(item)
    item.parent = parent
    parent?.children.add(item)
  }

  #add({ kind, parentId, item }: Extract<PlanChange, { op: 'add' }>, touch: (item: MovingItem, isNew: boolean) => void): void {
    const items = new Map<string, PlanItem>()
    flattenInto(items, new Map(), kind, parentId, item)
    for (const added of items.values()) touch(this.#insert(added, added.parentId === null ? null : (this.items.get(added.parentId) ?? null)), true)
  }

  #remove(item: MovingItem, touch: (item: MovingItem, isNew: boolean) => void): void {
    for (const child of [...item.children]) this.#remove(child, touch)
    touch(item, false)
    this.#count(item, -1)
    this.#place(item, null)
    this.items.delete(item.id)
  }

  /** Renames are rare: what depends on the item is found by looking. */
  #rename(item: MovingItem, to: string, touch: (item: MovingItem, isNew: boolean) => void): void {
    const from = item.id
    for (const other of this.items.values()) {
      if (other.fields.dependsOn?.includes(from) !== true) continue
      touch(other, false)
      other.fields = { ...other.fields, dependsOn: other.fields.dependsOn.map((id) => (id === from ? to : id)) }
    }
    this.items.delete(from)
    item.id = to
    this.items.set(to, item)
  }

  #counted(item: MovingItem, sign: -1, change: () => void): void {
    this.#shift(item, sign)
    change()
    this.#shift(item, 1)
  }

  /** A microstep counts by itself; a container that moves takes along what is counted of it. */
  #shift(item: MovingItem, sign: 1 | -1): void {
    if (item.kind === 'microstep') this.#count(item, sign)
    else this.#carry(item.parent, { microsteps: sign * item.microsteps, unfinished: sign * item.unfinished, begun: sign * item.begun })
  }

  #count(item: MovingItem, sign: 1 | -1): void {
    if (item.kind !== 'microstep') return
    const { totals } = this
    const plain = asPlanItem(item)
    const status = statusOf(plain)
    this.#carry(item, { microsteps: sign, unfinished: isFinished(status) ? 0 : sign, begun: status === 'todo' || status === 'cancelled' ? 0 : sign })
    totals.microsteps += sign
    if (status === 'cancelled') return
    const hours = sign * hoursOf(plain, {})
    totals.counted += sign
    totals.plannedHours += hours
    if (status === 'done') totals.done += sign
    else totals.remainingHours += hours
  }

  #carry(from: MovingItem | null, { microsteps, unfinished, begun }: Pick<MovingItem, 'microsteps' | 'unfinished' | 'begun'>): void {
    for (let item = from; item !== null; item = item.parent) {
      item.microsteps += microsteps
      item.unfinished += unfinished
      item.begun += begun
    }
  }
}

/** The milestone that an item is or lies in. */
export function milestoneOf(item: MovingItem): MovingItem {
  let milestone = item
  while (milestone.parent !== null) milestone = milestone.parent
  return milestone
}

function withValues(fields: ItemFields, set: Readonly<Record<string, unknown>>): ItemFields {
  const next: Record<string, unknown> = { ...fields }
  for (const [key, value] of Object.entries(set)) {
    if (value === null) delete next[key]
    else next[key] = value
  }
  return next as ItemFields
}
