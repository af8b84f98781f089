/**
 * Changes to the text of `plan.json` that keep the formatting of everything they do not touch: indentation, line ends,
 * order of keys, what stands on one line, the byte order mark, the end of the file.
 *
 * The changes are applied to the plan, not to the text; then the text is written anew from its own pieces. An item that
 * is the same before and after is copied, moved or not, as it stands. So one batch costs one pass, however its changes
 * build on each other, and the text cannot say anything but what `applyChanges` says.
 */
import { applyChanges } from './changes.ts'
import { isEqual, isEqualRecord, isSameOrder } from './equal.ts'
import { flattenPlan } from './flat.ts'
import { microstepSchema, milestoneSchema, PLAN_FORMAT_VERSION, planSchema, stepSchema } from './format.ts'
import { assemble, editObject, editValue, innerIndent, type EditedText, type Part } from './json-edit.ts'
import { detectStyle, indentAt, inlinePadOf, printInline, printLines, printValue, reindent } from './json-print.ts'
import { JsonText, memberOf, type Member } from './json-text.ts'
import { BYTE_ORDER_MARK } from './source.ts'
import type { FlatPlan, ItemKind, Plan, PlanChange, PlanProblem, SyncMark } from './types.ts'
import { parsePlan } from './validate.ts'

/** A text that holds no plan this version can edit: it has errors, or its format is newer. */
export class PlanTextError extends Error {
  override readonly name = 'PlanTextError'
  readonly code = 'unreadable-plan'
  readonly problems: readonly PlanProblem[]

  constructor(problems: readonly PlanProblem[]) {
    const first = problems.find((problem) => problem.severity === 'error')
    super(first === undefined ? 'the plan cannot be edited' : `line ${first.line}: ${first.message} ${first.remedy}`)
    this.problems = problems
  }
}

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

interface Opened {
  text: string
  bom: string
  plan: Plan
  edited: EditedText
}

function open(text: string): Opened {
  const bom = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : ''
  const body = text.slice(bom.length)
  let plan: Plan
  try {
    plan = JSON.parse(body) as Plan
  } catch {
    throw new PlanTextError(parsePlan(text).problems)
  }
  if (plan?.version !== PLAN_FORMAT_VERSION || !Array.isArray(plan.milestones)) throw new PlanTextError(parsePlan(text).problems)
  const json = new JsonText(body)
  return { text: body, bom, plan, edited: { json, style: detectStyle(json) } }
}

function flatten(text: string, plan: Plan): FlatPlan {
  try {
    const flat = flattenPlan(plan)
    let listed = 0
    for (const list of flat.children.values()) listed += list.length
    if (listed === flat.items.size) return flat
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  throw new PlanTextError(parsePlan(text).problems)
}

/**
 * Applies changes to the text of a plan and keeps the formatting of all else.
 *
 * @remarks The result, parsed and flattened, equals `applyChanges(flattenPlan(JSON.parse(text)), changes)`.
 * @throws {PlanChangeError} for the first change that is impossible
 * @throws {PlanTextError} when the text holds no plan that this version can edit
 * @example
 * writeFileSync(file, applyChangesToText(readFileSync(file, 'utf8'), [{ op: 'update', id: 'T1', set: { status: 'done' } }]))
 */
export function applyChangesToText(text: string, changes: readonly PlanChange[]): string {
  const { text: body, bom, plan, edited } = open(text)
  const before = flatten(text, plan)
  const after = applyChanges(before, changes)
  const writer = new PlanWriter(edited, before, after, renames(changes))
  return writer.isChanged ? bom + body.slice(0, edited.json.root) + writer.node(null) + body.slice(writer.end) : text
}

/**
 * Sets or removes the mark of the last synchronisation (`x-sync`) and keeps the formatting of all else.
 *
 * @throws {PlanTextError} when the text holds no plan that this version can edit
 */
export function setSyncMark(text: string, mark: SyncMark | null): string {
  const { text: body, bom, edited } = open(text)
  const { json, style } = edited
  const root = json.container(json.root)
  const changed = editObject(edited, root, {
    member: (key, member) => (key !== 'x-sync' ? body.slice(member.start, member.end) : mark === null ? undefined : editValue(edited, member, mark)),
    keys: mark === null ? [] : ['x-sync'],
    added: (_, indent) => printValue(mark, indent, style),
    rank: (key) => RANKS.plan.get(key) ?? UNKNOWN_RANK,
  })
  return bom + body.slice(0, json.root) + changed + body.slice(root.close + 1)
}

/** For ids that were renamed: the id in the text, or undefined for an id whose name in the text went to another. */
function renames(changes: readonly PlanChange[]): ReadonlyMap<string, string | undefined> {
  const origins = new Map<string, string | undefined>()
  for (const change of changes) {
    if (change.op !== 'rename' || change.id === change.to) continue
    const origin = origins.has(change.id) ? origins.get(change.id) : change.id
    origins.set(change.id, undefined)
    origins.set(change.to, origin)
  }
  return origins
}

/** Writes the plan `after` from the pieces of the text that `before` was read from. The id null stands for the plan itself. */
class PlanWriter {
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
      rank: (key) => RANKS[kind].get(key) ?? UNKNOWN_RANK,
    })
  }
}
