/** Writes a changed plan from the pieces of the text it was read from. */
import { isEqual, isEqualRecord, isSameOrder } from './equal.ts'
import { microstepSchema, milestoneSchema, planSchema, stepSchema } from './format.ts'
import { assemble, editObject, editValue, innerIndent, type EditedText, type Part } from './json-edit.ts'
import { indentAt, inlinePadOf, printInline, printLines, printValue, reindent } from './json-print.ts'
import { memberOf, type Member } from './json-text.ts'
import type { FlatPlan, ItemKind, SyncMark } from './types.ts'

type Kind = ItemKind | 'plan'
const LIST_KEY = { plan: 'milestones', milestone: 'steps', step: 'microsteps', microstep: undefined } as const
const NO_ITEMS: readonly string[] = []
const MARK_KEY = 'x-sync'

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

const rankOf = (kind: Kind, key: string): number => RANKS[kind].get(key) ?? UNKNOWN_RANK

/** What a text is to say. */
export interface PlanEdit {
  /** The plan that the text holds. */
  before: FlatPlan
  after: FlatPlan
  /** Every item whose fields or children may differ. */
  touched: Iterable<string>
  /** For ids that were renamed: the id in the text, or undefined for an id whose name in the text went to another. */
  origins: ReadonlyMap<string, string | undefined>
  /** The new `x-sync`; null to remove it, undefined to leave it. */
  mark?: SyncMark | null | undefined
}

/** Writes a plan from the pieces of the text it was read from. The id null stands for the plan itself. */
export class PlanWriter {
  readonly #edited: EditedText
  readonly #before: FlatPlan
  readonly #after: FlatPlan
  readonly #origins: PlanEdit['origins']
  readonly #mark: PlanEdit['mark']
  /** What differs from the text, and everything around it. */
  readonly #changed = new Set<string | null>()
  /** For each list whose members changed: the place of its ids in the text. */
  readonly #places = new Map<string | null, ReadonlyMap<string, number>>()

  constructor(edited: EditedText, { before, after, touched, origins, mark }: PlanEdit) {
    this.#edited = edited
    this.#before = before
    this.#after = after
    this.#origins = origins
    this.#mark = mark
    this.#findChanges(touched)
  }

  get isChanged(): boolean {
    return this.#changed.size > 0
  }

  /** The plan, from its opening to its closing brace. */
  text(): string {
    return this.#node(null, this.#edited.json.root)
  }

  /** The id that an item has in the text; undefined where the text does not hold it. */
  #origin(id: string | null): string | null | undefined {
    if (id === null) return null
    const origin = this.#origins.has(id) ? this.#origins.get(id) : id
    const old = origin === undefined ? undefined : this.#before.items.get(origin)
    // An id can be removed and added again as another kind of item.
    return old !== undefined && old.kind === this.#after.items.get(id)?.kind ? origin : undefined
  }

  #findChanges(touched: Iterable<string>): void {
    const [before, after] = [this.#before, this.#after]
    if (this.#mark !== undefined || !isEqualRecord(before.head, after.head) || !this.#hasSameChildren(null, null)) this.#changed.add(null)
    for (const id of touched) {
      if (this.#isSame(id)) continue
      for (let at: string | null = id; at !== null && !this.#changed.has(at); at = after.items.get(at)!.parentId) this.#changed.add(at)
      this.#changed.add(null)
    }
  }

  #isSame(id: string): boolean {
    const [old, item] = [this.#before.items.get(id), this.#after.items.get(id)!]
    // What no change touched is shared by both plans.
    const hasSameFields = old === item || (old !== undefined && isEqualRecord(old.fields, item.fields))
    return hasSameFields && this.#origin(id) === id && this.#hasSameChildren(id, id)
  }

  #hasSameChildren(id: string | null, origin: string | null): boolean {
    const now = this.#after.children.get(id) ?? NO_ITEMS
    const then = this.#before.children.get(origin) ?? NO_ITEMS
    return isSameOrder(now, then) && (this.#origins.size === 0 || now.every((child) => this.#origin(child) === child))
  }

  /** The place of an item in a list of the text; undefined where it is in no or another list. */
  #placeIn(parent: string | null, origin: string | null | undefined): number | undefined {
    if (origin == null) return undefined
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
    return list.members[this.#placeIn(parentId, origin)!]!
  }

  /** The text of an item that comes into a list, at the indentation of that list. */
  #newcomer(id: string, indent: string, pad: string | undefined): string {
    const origin = this.#origin(id)
    if (origin == null) return this.#newItem(id, indent, pad)
    const { start, end } = this.#memberOf(origin)
    const { text } = this.#edited.json
    return reindent(this.#changed.has(id) ? this.#node(id, start) : text.slice(start, end), indentAt(text, start), indent)
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
    return printLines('[]', ids.map((id) => this.#newcomer(id, indent + style.unit, undefined)), indent, style)
  }

  #list(list: Member, id: string | null, origin: string | null): string {
    const { json } = this.#edited
    const children = this.#after.children.get(id) ?? NO_ITEMS
    if (this.#hasSameChildren(id, origin)) return this.#sameList(list, children)
    const container = json.container(list.start)
    const indent = innerIndent(this.#edited, container)
    const pad = inlinePadOf(json, container.members.at(-1))
    const parts = children.map((child): Part => {
      const from = this.#placeIn(origin, this.#origin(child))
      if (from === undefined) return { from, body: this.#newcomer(child, indent, pad) }
      return { from, body: this.#changed.has(child) ? this.#node(child, container.members[from]!.start) : undefined }
    })
    return assemble(this.#edited, container, parts)
  }

  /** A list that keeps its members in order: what lies between the changed ones is copied in one piece. */
  #sameList(list: Member, children: readonly string[]): string {
    const { json } = this.#edited
    const items = json.objectsIn(list.start)
    let out = ''
    let copied = list.start
    children.forEach((child, index) => {
      if (!this.#changed.has(child)) return
      const { start, end } = items[index]!
      out += json.text.slice(copied, start) + this.#node(child, start)
      copied = end
    })
    return out + json.text.slice(copied, list.end)
  }

  /** The text of an item that the text holds at `open`, or of the plan, at the indentation it has there. */
  #node(id: string | null, open: number): string {
    const edited = this.#edited
    const { json, style } = edited
    const origin = this.#origin(id)!
    const item = id === null ? undefined : this.#after.items.get(id)!
    const kind: Kind = item?.kind ?? 'plan'
    const listKey = LIST_KEY[kind]
    const fields: Readonly<Record<string, unknown>> = item?.fields ?? { ...this.#after.head, ...(this.#mark && { [MARK_KEY]: this.#mark }) }
    const old: Readonly<Record<string, unknown>> = origin === null ? this.#before.head : this.#before.items.get(origin)!.fields
    const children = this.#after.children.get(id) ?? NO_ITEMS
    const container = json.container(open)
    const list = fields === old && id === origin && listKey !== undefined ? memberOf(container, listKey) : undefined
    if (list !== undefined) return json.text.slice(open, list.start) + this.#list(list, id, origin) + json.text.slice(list.end, container.close + 1)
    return editObject(edited, container, {
      member: (key, member) => {
        if (key === listKey) return this.#list(member, id, origin)
        if (key === 'id' && id !== origin) return JSON.stringify(id)
        if (id === null && key === MARK_KEY) return this.#mark && editValue(edited, member, this.#mark)
        if (isEqual(old[key], fields[key])) return undefined
        // An author who writes statuses out goes on seeing them.
        if (fields[key] === undefined) return key === 'status' ? '"todo"' : null
        return editValue(edited, member, fields[key])
      },
      keys: [...Object.keys(fields), ...(listKey !== undefined && children.length > 0 ? [listKey] : [])],
      added: (key, indent) => (key === listKey ? this.#newList(children, indent) : printValue(fields[key], indent, style)),
      rank: (key) => rankOf(kind, key),
    })
  }
}
