/** A working copy of a plan that changes are applied to: copy-on-write, so that its cost follows the changes. */
import { PlanChangeError, type PlanChangeErrorCode } from './change-error.ts'
import { CHILD_FIELD } from './change-shape.ts'
import { PARENT_KIND, documentItem, flattenInto, isDefault } from './flat.ts'
import { copyMap, type MutableMap } from './versioned-map.ts'
import type { DocumentItem, FlatPlan, ItemFields, ItemKind, PlanChange, PlanItem } from './types.ts'

type Fields = Record<string, unknown>

export class PlanDraft implements FlatPlan {
  head: Readonly<Fields>
  readonly items: MutableMap<string, PlanItem>
  readonly children: MutableMap<string | null, readonly string[]>
  /** Parents whose sibling list is already a copy of our own. */
  readonly #owned = new Set<string | null>()
  /**
   * Who may depend on an id. Made at the first rename and a superset from then on: entries are added with every new
   * dependency and never taken away, and whoever reads them looks at the item again.
   */
  #dependents: Map<string, Set<string>> | undefined
  /** Which change of the batch is being worked on; errors carry it. */
  index = 0

  constructor(plan: FlatPlan) {
    this.head = plan.head
    this.items = copyMap(plan.items)
    this.children = copyMap(plan.children)
  }

  /** The draft as a plan; the draft must not be used afterwards. */
  finish(): FlatPlan {
    return { head: this.head, items: this.items, children: this.children }
  }

  apply(change: PlanChange): void {
    switch (change.op) {
      case 'add': return this.#add(change.kind, change.parentId, change.after, change.item)
      case 'update': return this.#update(change.id, change.set)
      case 'move': return this.#move(change.id, change.parentId, change.after)
      case 'remove': return this.#remove(change.id)
      case 'rename': return this.rename(change.id, change.to)
      case 'head': return this.#setHead(change.set)
      default: throw this.#error('invalid-change', `unknown operation ${JSON.stringify((change as { op: unknown }).op)}`)
    }
  }

  /** The changes that undo `change`, which has not been applied yet. */
  inverseOf(change: PlanChange): PlanChange[] {
    switch (change.op) {
      case 'add': return [{ op: 'remove', id: change.item.id }]
      case 'update': return [{ op: 'update', id: change.id, set: previousValues(this.#need(change.id).fields, change.set) }]
      case 'head': return [{ op: 'head', set: previousValues(this.head, change.set) }]
      case 'move': return [{ op: 'move', id: change.id, ...this.#placeOf(this.#need(change.id)) }]
      case 'rename': return this.#inverseOfRename(change.id, change.to)
      case 'remove': {
        const item = this.#need(change.id)
        return [{ op: 'add', kind: item.kind, ...this.#placeOf(item), item: documentItem(this, item.id) }]
      }
      default: throw this.#error('invalid-change', `unknown operation ${JSON.stringify((change as { op: unknown }).op)}`)
    }
  }

  /** Changes an id and everything that names it: the sibling list, the children and every dependency. */
  rename(id: string, to: string): void {
    const item = this.#need(id)
    if (id === to) return
    if (this.items.has(to)) throw this.#error('duplicate-id', `cannot rename ${id}: ${to} exists already`)
    for (const dependent of this.#dependentsOf(id)) {
      const fields = dependent.fields
      this.#replaceFields(dependent, { ...fields, dependsOn: fields.dependsOn?.map((other) => (other === id ? to : other)) } as ItemFields)
    }
    const list = this.#ownList(item.parentId)
    list[list.indexOf(id)] = to
    this.items.delete(id)
    this.items.set(to, { ...item, id: to, fields: this.#renamedFields(item.fields, id, to) })
    this.#indexDependencies(to, this.#need(to).fields)
    this.#renameParent(id, to)
  }

  #renamedFields(fields: ItemFields, id: string, to: string): ItemFields {
    if (fields.dependsOn?.includes(id) !== true) return fields
    return { ...fields, dependsOn: fields.dependsOn.map((other) => (other === id ? to : other)) }
  }

  #renameParent(id: string, to: string): void {
    const list = this.children.get(id)
    if (list === undefined) return
    this.children.delete(id)
    this.children.set(to, list)
    if (this.#owned.delete(id)) this.#owned.add(to)
    for (const child of list) this.items.set(child, { ...this.#need(child), parentId: to })
  }

  #inverseOfRename(id: string, to: string): PlanChange[] {
    // A dependency on `to` that dangles before the rename would be taken along on the way back: set it again.
    const dangling = id === to || this.items.has(to) ? [] : this.#dependentsOf(to)
    const repairs = dangling.map((item): PlanChange => ({ op: 'update', id: item.id, set: { dependsOn: item.fields.dependsOn } }))
    return [{ op: 'rename', id: to, to: id }, ...repairs]
  }

  #add(kind: ItemKind, parentId: string | null, after: string | null, item: DocumentItem): void {
    this.#checkParent(kind, parentId)
    const items = new Map<string, PlanItem>()
    const lists = new Map<string | null, string[]>()
    flattenInto(items, lists, kind, parentId, item)
    this.#checkNew(items, lists, kind, item)
    this.#insert(parentId, after, item.id)
    for (const [id, added] of items) {
      this.items.set(id, added)
      this.#indexDependencies(id, added.fields)
    }
    for (const [parent, list] of lists) {
      this.children.set(parent, list)
      this.#owned.add(parent)
    }
  }

  #checkNew(items: Map<string, PlanItem>, lists: Map<string | null, string[]>, kind: ItemKind, item: DocumentItem): void {
    let listed = 1
    for (const list of lists.values()) listed += list.length
    if (listed !== items.size) throw this.#error('duplicate-id', `the added ${kind} ${item.id} holds an id twice`)
    for (const id of items.keys()) if (this.items.has(id)) throw this.#error('duplicate-id', `cannot add ${id}: it exists already`)
  }

  #update(id: string, set: Readonly<Fields>): void {
    const item = this.#need(id)
    const childKey = CHILD_FIELD[item.kind]
    for (const key in set) {
      if (key === 'id' || key === childKey) throw this.#error('reserved-field', `${key} of ${id} is no field: use add, remove, move or rename`)
      if (key === 'title' && typeof set[key] !== 'string') throw this.#error('required-field', `the title of ${id} cannot be removed`)
    }
    this.#replaceFields(item, withValues(item.fields, set) as ItemFields)
  }

  #replaceFields(item: PlanItem, fields: ItemFields): void {
    this.items.set(item.id, { id: item.id, kind: item.kind, parentId: item.parentId, fields })
    this.#indexDependencies(item.id, fields)
  }

  #move(id: string, parentId: string | null, after: string | null): void {
    const item = this.#need(id)
    this.#checkParent(item.kind, parentId)
    if (after === id) throw this.#error('unknown-sibling', `${id} cannot be moved behind itself`)
    if (after !== null) this.#checkSibling(parentId, after)
    this.#detach(item)
    this.#insert(parentId, after, id)
    if (item.parentId !== parentId) this.items.set(id, { id, kind: item.kind, parentId, fields: item.fields })
  }

  #remove(id: string): void {
    this.#detach(this.#need(id))
    this.#forget(id)
  }

  #forget(id: string): void {
    for (const child of this.children.get(id) ?? []) this.#forget(child)
    this.items.delete(id)
    this.children.delete(id)
    this.#owned.delete(id)
  }

  #setHead(set: Readonly<Fields>): void {
    for (const key in set) if (key === 'milestones' || key === 'x-sync') throw this.#error('reserved-field', `${key} is not part of the head`)
    this.head = withValues(this.head, set)
  }

  #need(id: string): PlanItem {
    const item = this.items.get(id)
    if (item === undefined) throw this.#error('unknown-item', `there is no item ${id}`)
    return item
  }

  #placeOf(item: PlanItem): { parentId: string | null; after: string | null } {
    const list = this.children.get(item.parentId) ?? []
    return { parentId: item.parentId, after: list[list.indexOf(item.id) - 1] ?? null }
  }

  #checkParent(kind: ItemKind, parentId: string | null): void {
    const parentKind = parentId === null ? undefined : this.#need(parentId).kind
    if (parentKind === PARENT_KIND[kind]) return
    const place = parentKind === undefined ? 'at the top of the plan' : `in the ${parentKind} ${parentId}`
    throw this.#error('wrong-parent-kind', `a ${kind} cannot stand ${place}`)
  }

  #checkSibling(parentId: string | null, after: string): void {
    if (this.items.get(after)?.parentId === parentId) return
    throw this.#error('unknown-sibling', `${after} is not in ${parentId ?? 'the list of milestones'}`)
  }

  #insert(parentId: string | null, after: string | null, id: string): void {
    if (after !== null) this.#checkSibling(parentId, after)
    const list = this.#ownList(parentId)
    list.splice(after === null ? 0 : list.indexOf(after) + 1, 0, id)
  }

  #detach(item: PlanItem): void {
    const list = this.#ownList(item.parentId)
    list.splice(list.indexOf(item.id), 1)
    if (list.length > 0 || item.parentId === null) return
    this.children.delete(item.parentId)
    this.#owned.delete(item.parentId)
  }

  #ownList(parentId: string | null): string[] {
    const list = this.children.get(parentId)
    if (list !== undefined && this.#owned.has(parentId)) return list as string[]
    const copy = list === undefined ? [] : [...list]
    this.children.set(parentId, copy)
    this.#owned.add(parentId)
    return copy
  }

  #dependentsOf(id: string): PlanItem[] {
    if (this.#dependents === undefined) {
      this.#dependents = new Map()
      for (const item of this.items.values()) this.#indexDependencies(item.id, item.fields)
    }
    const found: PlanItem[] = []
    for (const candidate of this.#dependents.get(id) ?? []) {
      const item = this.items.get(candidate)
      if (item?.fields.dependsOn?.includes(id) === true) found.push(item)
    }
    return found
  }

  #indexDependencies(id: string, fields: ItemFields): void {
    if (this.#dependents === undefined || fields.dependsOn === undefined) return
    for (const other of fields.dependsOn) {
      const dependents = this.#dependents.get(other)
      if (dependents === undefined) this.#dependents.set(other, new Set([id]))
      else dependents.add(id)
    }
  }

  #error(code: PlanChangeErrorCode, message: string): PlanChangeError {
    return new PlanChangeError(code, this.index, message)
  }
}

function withValues(fields: Readonly<Fields>, set: Readonly<Fields>): Fields {
  const next: Fields = { ...fields }
  for (const key in set) {
    if (isDefault(key, set[key])) delete next[key]
    else next[key] = set[key]
  }
  return next
}

function previousValues(fields: Readonly<Fields>, set: Readonly<Fields>): Fields {
  const previous: Fields = {}
  for (const key in set) previous[key] = fields[key] ?? null
  return previous
}
