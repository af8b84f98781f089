/**
 * From a template and its values to the items of a plan, before they get their final ids: what `if` leaves out is gone, what
 * `forEach` repeats is there once for each element, and every text is filled in.
 *
 * A dependency names an item as the template does. On one that `forEach` repeats it is a dependency on all of its instances, or,
 * inside the same loop, on the instance of the same element. On one that `if` left out it becomes a dependency on what that item
 * waited for, so that leaving a part out never turns an order around.
 */
import { CHILD_FIELD } from '../plans/change-shape.ts'
import { CHILD_KIND } from '../plans/flat.ts'
import type { ItemKind } from '../plans/types.ts'
import { ExpressionError, type Expressions, type Scope } from './expressions.ts'
import { fillIn, isIncluded, scopesOf } from './fill-in.ts'
import type { TemplateItem } from './types.ts'

/** More than any plan that people work with; loops within loops get there fast. */
const MAX_ITEMS = 5_000

/** An item of the plan to be. */
export interface Instance {
  readonly kind: ItemKind
  readonly raw: TemplateItem
  readonly scope: Scope
  /** As the template gives it, filled in. */
  readonly id: string
  readonly parent: Instance | null
  readonly children: Instance[]
}

/** An item that is not in the plan, and the item of the template that it lies in. */
interface Absent {
  readonly raw: TemplateItem
  readonly parent: Absent | null
}

/** The items of one template. */
export class Expansion {
  readonly milestones: Instance[]
  readonly #expressions: Expressions
  readonly #instances = new Map<string, Instance[]>()
  readonly #byId = new Map<string, Instance[]>()
  readonly #absent = new Map<string, Absent>()
  #count = 0

  /** @throws ExpressionError */
  constructor(milestones: readonly TemplateItem[], scope: Scope, expressions: Expressions) {
    this.#expressions = expressions
    this.milestones = this.#expand('milestone', milestones, scope, null)
  }

  /** Every instance, parents first. */
  *all(list: readonly Instance[] = this.milestones): Iterable<Instance> {
    for (const instance of list) {
      yield instance
      yield* this.all(instance.children)
    }
  }

  /** The instances that a reference in a scope stands for; undefined where the template has no such item. */
  find(reference: string, scope: Scope): readonly Instance[] | undefined {
    return this.#find(reference, scope, new Set())
  }

  /** What an instance depends on inside its template. Unknown references are told to `onUnknown`. */
  dependenciesOf(instance: Instance, onUnknown: (reference: string) => void): Set<Instance> {
    const found = new Set<Instance>()
    for (const reference of instance.raw.dependsOn ?? []) {
      const targets = this.find(reference, instance.scope)
      if (targets === undefined) onUnknown(reference)
      for (const target of targets ?? []) if (target !== instance) found.add(target)
    }
    return found
  }

  #find(reference: string, scope: Scope, seen: Set<string>): readonly Instance[] | undefined {
    const absent = this.#absent.get(reference)
    const instances = this.#instances.get(reference) ?? (absent === undefined ? this.#byId.get(this.#expressions.text(reference, scope)) : undefined)
    const here = instances?.filter((instance) => agree(instance.scope, scope)) ?? []
    if (here.length > 0) return here
    if (absent === undefined) return instances && []
    if (seen.has(reference)) return []
    seen.add(reference)
    return [...new Set(waitsOf(absent).flatMap((other) => this.#find(other, scope, seen) ?? []))]
  }

  #expand(kind: ItemKind, items: readonly TemplateItem[], outer: Scope, parent: Instance | null): Instance[] {
    const instances: Instance[] = []
    for (const raw of items) {
      const own: Instance[] = []
      for (const scope of scopesOf(raw, outer, this.#expressions)) {
        if (!isIncluded(raw, scope, this.#expressions)) continue
        const instance: Instance = { kind, raw, scope, id: this.#expressions.text(raw.id, scope), parent, children: [] }
        this.#remember(instance)
        const childKind = CHILD_KIND[kind]
        if (childKind !== undefined) instance.children.push(...this.#expand(childKind, childrenOf(kind, raw), scope, instance))
        own.push(instance)
      }
      if (own.length === 0) this.#forget(kind, raw, null)
      instances.push(...own)
    }
    return instances
  }

  #remember(instance: Instance): void {
    if (++this.#count > MAX_ITEMS) throw new ExpressionError(instance.raw.id, `More than ${MAX_ITEMS} items are made`)
    for (const [index, key] of [[this.#instances, instance.raw.id], [this.#byId, instance.id]] as const) {
      const known = index.get(key)
      if (known === undefined) index.set(key, [instance])
      else known.push(instance)
    }
  }

  #forget(kind: ItemKind, raw: TemplateItem, parent: Absent | null): void {
    const absent = { raw, parent }
    this.#absent.set(raw.id, absent)
    const childKind = CHILD_KIND[kind]
    if (childKind !== undefined) for (const child of childrenOf(kind, raw)) this.#forget(childKind, child, absent)
  }
}

/** Loops that both are in are at the same element. */
const agree = (a: Scope, b: Scope): boolean => Object.keys(a).every((name) => !Object.hasOwn(b, name) || a[name] === b[name])

/** What an absent item and all it lay in waited for. */
function waitsOf(absent: Absent): string[] {
  const waits: string[] = []
  for (let at: Absent | null = absent; at !== null; at = at.parent) waits.push(...(at.raw.dependsOn ?? []))
  return waits
}

const childrenOf = (kind: ItemKind, item: TemplateItem): readonly TemplateItem[] => {
  const field = CHILD_FIELD[kind]
  return field === undefined ? [] : ((item[field] as TemplateItem[] | undefined) ?? [])
}

/** The fields of an instance as they stand in a plan, without identity, dependencies and children. */
export function fieldsOf({ kind, raw, scope }: Instance, expressions: Expressions): Record<string, unknown> {
  const { id: _id, dependsOn: _dependsOn, if: _if, forEach: _forEach, ...fields } = raw
  const childField = CHILD_FIELD[kind]
  if (childField !== undefined) delete fields[childField]
  return fillIn(fields, scope, expressions) as Record<string, unknown>
}
