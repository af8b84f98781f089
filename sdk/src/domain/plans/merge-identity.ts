/**
 * Who is who in three plans. A merge compares items by one id each; renames, and items that came back as another kind,
 * make that id differ from the name an item has in one of the plans. Here each plan gets those common ids, and the names
 * are merged on their own.
 */
import { PlanDraft } from './draft.ts'
import { findRenames } from './diff.ts'
import { differingValues } from './versioned-map.ts'
import type { Merged, Side } from './merge-fields.ts'
import type { FlatPlan, PlanItem } from './types.ts'

/** A plan whose items have common ids, and the names of those where the two differ. */
interface Identified {
  plan: FlatPlan
  names: ReadonlyMap<string, string>
}

/** One name that the sides gave to different items. */
export interface NameClash {
  name: string
  local: string
  remote: string
}

/**
 * Ends the common id of what stands in for an item of another kind. It does not say which kind: what both sides put there
 * is one new item, of kinds that may differ, as it is in the next merge, whose base has nothing of the name any more.
 */
const REPLACEMENT = '\u0000'

export type Resolve = (id: string, field?: string) => Side | undefined

export class Identities {
  /** The plans with common ids. */
  readonly plans: Merged<FlatPlan>
  readonly clashes: NameClash[] = []
  /** Whether every item has the same name in all three plans. */
  readonly trivial: boolean
  readonly #names: Record<Side, ReadonlyMap<string, string>>
  /** Names that one side gave and that a clash keeps from the other side, or (with a side) that are refused. */
  readonly #held = new Map<string, Side | undefined>()

  constructor(input: Merged<FlatPlan>) {
    const local = identify(input.base, input.local)
    const remote = identify(input.base, input.remote)
    this.plans = { base: input.base, local: local.plan, remote: remote.plan }
    this.#names = { local: local.names, remote: remote.names }
    this.trivial = local.names.size === 0 && remote.names.size === 0
    if (!this.trivial) this.#findClashes()
  }

  /** The name of an item in a version as it was given. */
  nameIn(id: string, version: keyof Merged<unknown>): string {
    return (version === 'base' ? undefined : this.#names[version].get(id)) ?? id
  }

  /** The common ids that a name may stand for. */
  idsOf(name: string): Set<string> {
    const ids = new Set([name])
    for (const names of [this.#names.local, this.#names.remote]) for (const [id, given] of names) if (given === name) ids.add(id)
    return ids
  }

  isRenamed(id: string): boolean {
    return this.#names.local.has(id) || this.#names.remote.has(id)
  }

  /** Keeps a name that one side gave from the other one; with `refused`, takes it from its own side too. */
  hold(id: string, refused?: Side): void {
    this.#held.set(id, refused)
  }

  /** The name of an item in a version of the result; `resolve` decides between two new names. */
  finalName(id: string, target: keyof Merged<unknown>, resolve: Resolve): string {
    if (!this.isRenamed(id)) return id
    const names = { base: this.nameIn(id, 'base'), local: this.nameIn(id, 'local'), remote: this.nameIn(id, 'remote') }
    if (!this.plans.base.items.has(id)) return this.#names.local.get(id) ?? this.#names.remote.get(id) ?? id
    const refused = this.#held.get(id)
    if (refused !== undefined) return refused === 'local' ? names.remote : names.local
    if (this.#held.has(id)) return names[target]
    if (names.local === names.remote || names.remote === names.base) return names.local
    if (names.local === names.base) return names.remote
    return names[resolve(id, 'id') ?? target]
  }

  /** Whether both sides renamed an item, differently, and nothing else decides which name it gets. */
  hasTwoNames(id: string): boolean {
    if (this.#held.get(id) !== undefined) return false
    const [local, remote] = [this.nameIn(id, 'local'), this.nameIn(id, 'remote')]
    return local !== remote && local !== id && remote !== id && this.plans.local.items.has(id) && this.plans.remote.items.has(id)
  }

  /** Clashes that have to be decided together, because they share an item. */
  clashGroups(): NameClash[][] {
    const groups: NameClash[][] = []
    for (const clash of this.clashes) {
      const ids = new Set([clash.local, clash.remote])
      const related = groups.filter((group) => group.some(({ local, remote }) => ids.has(local) || ids.has(remote)))
      for (const group of related) groups.splice(groups.indexOf(group), 1)
      groups.push([...related.flat(), clash])
    }
    return groups
  }

  /** Whether an id is that of an item that stands in for another of the same name and another kind. */
  rivalOf(id: string): string | undefined {
    return id.endsWith(REPLACEMENT) ? id.slice(0, -REPLACEMENT.length) : undefined
  }

  #findClashes(): void {
    const byName = (side: Side, name: string): string | undefined => {
      for (const [id, given] of this.#names[side]) if (given === name) return id
      return this.plans[side].items.has(name) && !this.#names[side].has(name) ? name : undefined
    }
    for (const name of new Set([...this.#names.local.values(), ...this.#names.remote.values()])) {
      const [local, remote] = [byName('local', name), byName('remote', name)]
      // Against the item it replaces a kind change is no clash: the deletion decides (see `rivalOf`).
      if (local === undefined || remote === undefined || local === remote || this.rivalOf(local) === remote || this.rivalOf(remote) === local) continue
      this.clashes.push({ name, local, remote })
    }
  }
}

function identify(base: FlatPlan, plan: FlatPlan): Identified {
  const added: string[] = []
  const replaced: string[] = []
  for (const item of differingValues(plan.items, base.items)) {
    const before = base.items.get(item.id)
    if (before === undefined) added.push(item.id)
    else if (before.kind !== item.kind) replaced.push(item.id)
  }
  const names = new Map(findRenames(base, plan, added).map(({ id, to }) => [id, to]))
  for (const id of replaced) names.set(id + REPLACEMENT, id)
  return { plan: renameAll(plan, [...names].map(([id, name]) => [name, id])), names }
}

/** The plan with other ids; pairs of the old and the new one. */
export function renameAll(plan: FlatPlan, pairs: readonly (readonly [string, string])[]): FlatPlan {
  if (pairs.length === 0) return plan
  const draft = new PlanDraft(plan)
  for (const [from, to] of pairs) draft.rename(from, to)
  return draft.finish()
}

/** What a conflict says about an item as a whole. */
export const describeItem = (item: PlanItem | undefined): unknown => item && { kind: item.kind, parentId: item.parentId, ...item.fields }
