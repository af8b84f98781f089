/** Writes a changed plan from the pieces of the text it was read from. */
import { isEqual, isEqualRecord, isSameOrder } from './equal.ts'
import { microstepSchema, milestoneSchema, planSchema, stepSchema } from './format.ts'
import { assemble, editObject, editValue, innerIndent, type EditedText, type Part } from './json-edit.ts'
import { indentAt, inlinePadOf, printInline, printLines, printValue, reindent } from './json-print.ts'
import { memberOf, type Member } from './json-text.ts'
import type { FlatPlan, ItemKind } from './types.ts'

type Kind = ItemKind | 'plan'
const LIST_KEY = { plan: 'milestones', milestone: 'steps', step: 'microsteps', microstep: undefined } as const
const NO_ITEMS: readonly string[] = []

const UNKNOWN_RANK = 1_000
/** Keys are added in the order of the format; unknown ones behind the known, children last. */
const RANKS: Record<Kind, ReadonlyMap<string, number>> = {
  plan: ranks(planSchema.shape, 'plan'),
  milestone: ranks(milestoneSchema.shape, 'milestone'),
  step: ranks(stepSchema.shape, 'step'),
  microstep: ranks(microstepSchema.shape, 'microstep'),
}

function ranks(shape: object, kind: Kind): ReadonlyMap<string, number> {
  return new Map(Object.keys(shape).map((key, index) => [key, key === LIST_KEY[kind] ? 2 * UNKNOWN_RANK : index]))
}

/** The rank of a key in an object of the format: its place when it is added. */
export const rankOf = (kind: Kind, key: string): number => RANKS[kind].get(key) ?? UNKNOWN_RANK

/** Writes the plan `after` from the pieces of the text that `before` was read from. The id null stands for the plan itself. */
export class PlanWriter {
  /** The offset behind the plan. */
  readonly end: number
  readonly #edited: EditedText
  readonly #before: FlatPlan
  readonly #after: FlatPlan
  readonly #origins: ReadonlyMap<string, string | undefined>
  /** What differs from the text, and everything around it. */
  readonly #changed = new Set<string | null>()
  /** For each list that was looked at: the place of its ids. */
  readonly #places = new Map<string | null, ReadonlyMap<string, number>>()

  constructor(edited: EditedText, before: FlatPlan, after: FlatPlan, origins: ReadonlyMap<string, string | undefined>) {
    this.#edited = edited
    this.#before = before
    this.#after = after
    this.#origins = origins
    this.end = edited.json.container(edited.json.root).close + 1
    this.#findChanges()
  }

  get isChanged(): boolean {
    return this.#changed.size > 0
  }

  /** The id that an item has in the text; undefined where the text does not hold it. */
  #origin(id: string | null): string | null | undefined {
    if (id === null) return null
    const origin = this.#origins.has(id) ? this.#origins.get(id) : id
    const old = origin === undefined ? undefined : this.#before.items.get(origin)
    // An id can be removed and added again as another kind of item.
    return old !== undefined && old.kind === this.#after.items.get(id)?.kind ? origin : undefined
  }

  #findChanges(): void {
    const before = this.#before
    if (!isEqualRecord(before.head, this.#after.head) || !this.#hasSameChildren(null, null)) this.#changed.add(null)
    for (const [id, item] of this.#after.items) {
      const origin = this.#origin(id)
      const old = origin == null ? undefined : before.items.get(origin)
      const isSame = old !== undefined && origin === id && isEqualRecord(old.fields, item.fields) && this.#hasSameChildren(id, id)
      if (isSame) continue
      for (let at: string | null = id; at !== null && !this.#changed.has(at); at = this.#after.items.get(at)!.parentId) this.#changed.add(at)
      this.#changed.add(null)
    }
  }

  #hasSameChildren(id: string | null, origin: string | null): boolean {
    const now = this.#after.children.get(id) ?? NO_ITEMS
    const then = this.#before.children.get(origin) ?? NO_ITEMS
    return isSameOrder(now, then) && (this.#origins.size === 0 || now.every((child) => this.#origin(child) === child))
  }

  #placeOf(origin: string, parent: string | null): number | undefined {
    let places = this.#places.get(parent)
    if (places === undefined) {
      places = new Map((this.#before.children.get(parent) ?? NO_ITEMS).map((id, index) => [id, index]))
      this.#places.set(parent, places)
    }
    return places.get(origin)
  }

  /** Where the text holds an item. */
  #memberOf(origin: string): Member {
    const { json } = this.#edited
    const { parentId } = this.#before.items.get(origin)!
    const parentKind = parentId === null ? 'plan' : this.#before.items.get(parentId)!.kind
    const parent = json.container(parentId === null ? json.root : this.#memberOf(parentId).start)
    const list = json.container(memberOf(parent, LIST_KEY[parentKind]!)!.start)
    return list.members[this.#placeOf(origin, parentId)!]!
  }

  /** The text of an item as a child of a list, at the indentation of that list. */
  #child(id: string, indent: string, pad: string | undefined): string {
    const origin = this.#origin(id)
    if (origin == null) return this.#newItem(id, indent, pad)
    const { start, end } = this.#memberOf(origin)
    const { text } = this.#edited.json
    return reindent(this.#changed.has(id) ? this.node(id) : text.slice(start, end), indentAt(text, start), indent)
  }

  #newItem(id: string, indent: string, pad: string | undefined): string {
    const { style } = this.#edited
    const { kind, fields } = this.#after.items.get(id)!
    const children = this.#after.children.get(id) ?? NO_ITEMS
    if (pad !== undefined && children.length === 0) return printInline({ id, ...fields }, style, pad)
    const inner = indent + style.unit
    const parts = Object.entries({ id, ...fields }).map(([key, value]) => JSON.stringify(key) + style.colon + printValue(value, inner, style))
    if (children.length > 0) parts.push(JSON.stringify(LIST_KEY[kind]) + style.colon + this.#newList(children, inner))
    return printLines('{}', parts, indent, style)
  }

  #newList(ids: readonly string[], indent: string): string {
    const { style } = this.#edited
    return printLines('[]', ids.map((id) => this.#child(id, indent + style.unit, undefined)), indent, style)
  }

  #list(list: Member, id: string | null, origin: string | null): string {
    const { json } = this.#edited
    const container = json.container(list.start)
    const indent = innerIndent(this.#edited, container)
    const pad = inlinePadOf(json, container.members.at(-1))
    const parts = (this.#after.children.get(id) ?? NO_ITEMS).map((child): Part => {
      const old = this.#origin(child)
      return { from: old == null ? undefined : this.#placeOf(old, origin), body: this.#child(child, indent, pad) }
    })
    return assemble(this.#edited, container, parts)
  }

  /** The text of an item that the text holds, or of the plan, at the indentation it has in the text. */
  node(id: string | null): string {
    const edited = this.#edited
    const { json, style } = edited
    const origin = this.#origin(id)!
    const item = id === null ? undefined : this.#after.items.get(id)!
    const kind: Kind = item?.kind ?? 'plan'
    const listKey = LIST_KEY[kind]
    const fields: Readonly<Record<string, unknown>> = item?.fields ?? this.#after.head
    const old: Readonly<Record<string, unknown>> = origin === null ? this.#before.head : this.#before.items.get(origin)!.fields
    const children = this.#after.children.get(id) ?? NO_ITEMS
    return editObject(edited, json.container(origin === null ? json.root : this.#memberOf(origin).start), {
      member: (key, member) => {
        if (key === listKey) return this.#list(member, id, origin)
        if (key === 'id' && id !== origin) return JSON.stringify(id)
        if (isEqual(old[key], fields[key])) return json.text.slice(member.start, member.end)
        // An author who writes statuses out goes on seeing them.
        if (fields[key] === undefined) return key === 'status' ? '"todo"' : undefined
        return editValue(edited, member, fields[key])
      },
      keys: [...Object.keys(fields), ...(listKey !== undefined && children.length > 0 ? [listKey] : [])],
      added: (key, indent) => (key === listKey ? this.#newList(children, indent) : printValue(fields[key], indent, style)),
      rank: (key) => rankOf(kind, key),
    })
  }
}
