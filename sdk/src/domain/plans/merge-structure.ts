/**
 * Three-way merge of what items there are, where they lie and what they depend on.
 *
 * Each item has a level: 2, it is in all three results; 1, undecided, it is only where its own history has it; 0, it is
 * in none. Levels and places are questions (`isIn`, `parentIn`, `dependenciesIn`) over few recorded decisions; `close`
 * raises levels until everything that a result holds has its parent and, where it was restored, its dependencies there.
 */
import { isEqualRecord, isSameOrder } from './equal.ts'
import { PARENT_KIND } from './flat.ts'
import { changesGraph, findDifferences, IN_ALL, IN_BASE, IN_BOTH_SIDES, IN_LOCAL, IN_REMOTE, type Differences } from './merge-differences.ts'
import { otherSide, type Merged, type Side } from './merge-fields.ts'
import type { Identities, NameClash, Resolve } from './merge-identity.ts'
import { findDeletionConflicts, type DeletionConflict } from './merge-deletions.ts'
import { mergeOrder } from './order.ts'
import type { FlatPlan, ItemKind, PlanItem } from './types.ts'

export type Target = keyof Merged<unknown>
export const TARGETS = ['local', 'remote', 'base'] as const
export type Level = 0 | 1 | 2

const NONE: readonly string[] = []

export class Structure {
  readonly plans: Merged<FlatPlan>
  readonly identities: Identities
  readonly resolve: Resolve
  readonly differences: Differences
  /** Ids of items that are not in all three inputs, or whose parent differs. */
  readonly moving: readonly string[]
  readonly deletions: DeletionConflict[]
  /** Levels of items of the base that one side deleted; 0 where nothing is recorded. */
  #levels = new Map<string, Level>()
  /** Highest levels of added items; 2 where nothing is recorded. */
  #caps = new Map<string, Level>()
  /** Additions that clash with a name; nothing raises their level. */
  readonly #barred = new Set<string>()
  /** Items that both sides deleted and that a result, mostly the next base, needs all the same. */
  #revived: Merged<Set<string>> = { base: new Set(), local: new Set(), remote: new Set() }
  /** Names that the sides gave to different items, undecided. */
  readonly openClashes: NameClash[] = []
  /** The levels before anything was held. */
  readonly #before: { levels: ReadonlyMap<string, Level>; caps: ReadonlyMap<string, Level>; revived: Merged<Set<string>> }
  /** Moves that only their own side keeps, and with a side, moves of that side that are refused. */
  readonly heldPlaces = new Set<string>()
  readonly refusedPlaces = new Map<string, Side>()
  /** The same for new dependencies, by `dependencyKey`. */
  readonly heldDependencies = new Set<string>()
  readonly refusedDependencies = new Set<string>()

  constructor(identities: Identities, resolve: Resolve) {
    this.identities = identities
    this.plans = identities.plans
    this.resolve = resolve
    this.differences = findDifferences(this.plans)
    this.moving = [...this.differences.moving.keys()]
    this.deletions = findDeletionConflicts(this)
    this.#decideAdditions()
    this.#decideDeletions()
    this.close()
    this.#before = { levels: new Map(this.#levels), caps: new Map(this.#caps), revived: copySets(this.#revived) }
  }

  bits(id: string): number {
    return this.differences.moving.get(id) ?? (this.itemIn(id, 'base') === undefined ? 0 : IN_ALL)
  }

  /** An item as an input has it. */
  itemIn(id: string, version: Target): PlanItem | undefined {
    const versions = this.differences.versions.get(id)
    return versions === undefined ? this.plans[version].items.get(id) : versions[version]
  }

  /** Whether an item is in `moving`; what is not is in all three inputs, under the same parent. */
  isMoving(id: string): boolean {
    return this.differences.moving.has(id)
  }

  /** The side whose version of an item counts: the only one that has it. */
  ownerOf(bits: number): Side {
    return (bits & IN_LOCAL) !== 0 ? 'local' : 'remote'
  }

  levelOf(id: string): Level {
    const bits = this.bits(id)
    if (bits === IN_ALL) return 2
    if (bits === IN_BOTH_SIDES) return this.#chosen(id) === undefined ? 1 : 2
    if ((bits & IN_BASE) !== 0) return this.#levels.get(id) ?? 0
    const cap = this.#caps.get(id) ?? 2
    const item = this.plans[this.ownerOf(bits)].items.get(id)
    return cap === 0 || item === undefined || item.parentId === null ? cap : (Math.min(cap, this.#levelAsParent(item.parentId, item.kind)) as Level)
  }

  isIn(id: string, target: Target): boolean {
    const bits = this.bits(id)
    if (bits === IN_ALL) return true
    if (bits === IN_BASE) return this.#revived[target].has(id)
    const level = this.levelOf(id)
    if (level !== 1) return level === 2
    if (target === 'base') return (bits & IN_BASE) !== 0
    if (bits !== IN_BOTH_SIDES) return (bits & (target === 'local' ? IN_LOCAL : IN_REMOTE)) !== 0
    const { parentId } = this.plans[target].items.get(id)!
    return parentId === null || this.isIn(parentId, target)
  }

  /** The item whose fields and kind a result holds, for items that are not in all three inputs. */
  sourceIn(id: string, target: Target): PlanItem {
    const bits = this.bits(id)
    const { base, local, remote } = this.plans
    if (this.#isOld(id, target)) return base.items.get(id)!
    if (bits === IN_BOTH_SIDES) return this.plans[this.#chosen(id) ?? (target === 'remote' ? 'remote' : 'local')].items.get(id)!
    return (local.items.get(id) ?? remote.items.get(id))!
  }

  /** The name of an item in a result. */
  nameFor(id: string, target: Target): string {
    return this.identities.isRenamed(id) && this.#isOld(id, target) ? id : this.identities.finalName(id, target, this.resolve)
  }

  /** Whether a result holds a deleted item as it was: what both sides deleted, and in the next base what is undecided. */
  #isOld(id: string, target: Target): boolean {
    const bits = this.bits(id)
    return bits === IN_BASE || (target === 'base' && bits !== IN_ALL && (bits & IN_BASE) !== 0 && this.levelOf(id) === 1)
  }

  parentIn(id: string, target: Target): string | null {
    if (!this.isMoving(id)) return this.#parentBefore(id, 'base')
    const bits = this.bits(id)
    if (bits === IN_ALL) return this.#placeOf(id, target)
    const source = this.sourceIn(id, target)
    if ((bits & IN_BASE) === 0 || source.parentId === null) return source.parentId
    const isOut = target === 'base' ? this.#levelAsParent(source.parentId, source.kind) < 2 : !this.#canHold(source.parentId, source.kind, target)
    return isOut ? this.plans.base.items.get(id)!.parentId : source.parentId
  }

  /** What an item depends on in a result, in order; `raw` leaves in what the result does not hold. */
  dependenciesIn(id: string, target: Target, raw = false): readonly string[] {
    const list = this.bits(id) === IN_ALL ? this.#mergedDependencies(id, target) : this.#ownDependencies(id, target)
    return raw || list.every((other) => this.#isKnownIn(other, target)) ? list : list.filter((other) => this.#isKnownIn(other, target))
  }

  /** The side that alone brings a dependency in; undefined for one that both have or that is older than both. */
  dependencySource(id: string, other: string): Side | undefined {
    const bits = this.bits(id)
    const has = (version: Target): boolean => this.plans[version].items.get(id)?.fields.dependsOn?.includes(other) === true
    if (bits !== IN_ALL && bits !== IN_BOTH_SIDES) return this.ownerOf(bits)
    if (has('base') || has('local') === has('remote')) return undefined
    return has('local') ? 'local' : 'remote'
  }

  /** The side that alone moves an item to where it is in `target`; undefined when nobody or both do. */
  placeSource(id: string, target: Target): Side | undefined {
    if (this.bits(id) !== IN_ALL) return undefined
    const [base, local, remote] = [this.#parentBefore(id, 'base'), this.#parentBefore(id, 'local'), this.#parentBefore(id, 'remote')]
    const place = this.parentIn(id, target)
    if (place === base || local === remote) return undefined
    return place === local ? 'local' : 'remote'
  }

  /** An undecided move by both sides to different parents. */
  isMoveConflict(id: string): boolean {
    if (this.bits(id) !== IN_ALL || this.heldPlaces.has(id)) return false
    const [base, local, remote] = [this.#parentBefore(id, 'base'), this.#moved(id, 'local'), this.#moved(id, 'remote')]
    return local !== remote && local !== base && remote !== base && this.resolve(id) === undefined
  }

  /** An undecided addition of one id by both sides with different contents. */
  isAddConflict(id: string): boolean {
    return this.bits(id) === IN_BOTH_SIDES && this.#caps.get(id) === 1
  }

  /** Takes back the decision on a doubly added item; false when there was none. */
  reopenAddition(id: string): boolean {
    if (this.bits(id) !== IN_BOTH_SIDES || this.#caps.get(id) === 1) return false
    this.capAt(id, 1)
    return true
  }

  /** Forgets what is held and everything that followed from it. */
  releaseHeld(): void {
    this.heldPlaces.clear()
    this.heldDependencies.clear()
    this.#levels = new Map(this.#before.levels)
    this.#caps = new Map(this.#before.caps)
    this.#revived = copySets(this.#before.revived)
    this.close()
  }

  isRefused(id: string): boolean {
    return this.#caps.get(id) === 0 || this.refusedPlaces.has(id)
  }

  capAt(id: string, level: Level): void {
    this.#caps.set(id, Math.min(this.#caps.get(id) ?? 2, level) as Level)
  }

  /** Whether both sides changed the graph, or something is undecided, so that edits can form a cycle with the rest. */
  mayHaveCycles(): boolean {
    const isGone = (id: string): boolean => this.levelOf(id) === 0
    const hasChanged = (side: Side): boolean => changesGraph(this.differences, side, isGone)
    return (hasChanged('local') && hasChanged('remote')) || this.moving.some((id) => this.levelOf(id) === 1)
  }

  /** Raises levels until every result holds what its items need. Levels only rise, so it ends. */
  close(): void {
    let changed = true
    const need = (id: string, target: Target, whole: boolean): void => {
      if (this.#raise(id, target)) changed = true
      if (!whole) return
      for (const owner of ['local', 'remote'] as const) {
        for (const child of this.plans[owner].children.get(id) ?? NONE) if (this.bits(child) !== IN_ALL && !this.isIn(child, target)) need(child, target, true)
      }
    }
    while (changed) {
      changed = false
      for (const id of this.moving) {
        const isRestored = (this.bits(id) & IN_BASE) !== 0 && this.bits(id) !== IN_ALL
        for (const target of TARGETS) {
          if (!this.isIn(id, target)) continue
          const parentId = this.parentIn(id, target)
          if (parentId !== null && !this.isIn(parentId, target)) need(parentId, target, false)
          if (!isRestored) continue
          for (const other of this.dependenciesIn(id, target, true)) {
            // The next base needs what was deleted together with the item, to show the same edit again.
            const isNeeded = target === 'base' ? this.bits(other) === this.bits(id) : this.bits(other) !== 0
            if (isNeeded && !this.isIn(other, target)) need(other, target, true)
          }
        }
      }
      this.#settleRivals()
    }
  }

  #decideAdditions(): void {
    for (const id of this.moving) {
      if (this.bits(id) !== IN_BOTH_SIDES) continue
      const [local, remote] = [this.plans.local.items.get(id)!, this.plans.remote.items.get(id)!]
      const isAlike = local.kind === remote.kind && local.parentId === remote.parentId && isEqualRecord(local.fields, remote.fields)
      if (!isAlike && this.resolve(id) === undefined) this.capAt(id, 1)
    }
    for (const group of this.identities.clashGroups()) this.#decideNames(group)
  }

  /** One decision for all clashes of a group: that of all resolutions for them, if they agree. */
  #decideNames(group: readonly NameClash[]): void {
    const decisions = new Set(group.flatMap(({ name, local, remote }) => [this.resolve(name), this.resolve(local, 'id'), this.resolve(remote, 'id')]).filter((keep) => keep !== undefined))
    const keep = decisions.size === 1 ? [...decisions][0] : undefined
    if (keep === undefined) this.openClashes.push(...group)
    for (const { local, remote } of group) {
      for (const [side, id] of [['local', local], ['remote', remote]] as const) {
        if (keep === side) continue
        if (!this.plans.base.items.has(id)) {
          this.capAt(id, keep === undefined ? 1 : 0)
          this.#barred.add(id)
        } else if (this.identities.nameIn(id, side) !== id) this.identities.hold(id, keep === undefined ? undefined : side)
      }
    }
  }

  #decideDeletions(): void {
    for (const deletion of this.deletions) {
      for (const [id, level] of deletion.levels(this.resolve)) this.#levels.set(id, level)
      for (const id of deletion.refused(this.resolve)) {
        if (this.bits(id) === IN_ALL) this.refusedPlaces.set(id, deletion.editor)
        else if (this.bits(id) !== IN_BOTH_SIDES) this.capAt(id, 0)
      }
    }
    this.#settleRivals()
  }

  /** An item that replaces another of its name is there exactly where that one is not. */
  #settleRivals(): void {
    if (this.identities.trivial) return
    for (const id of this.moving) {
      const rival = this.identities.rivalOf(id)
      if (rival !== undefined) this.capAt(id, this.#revived.base.has(rival) ? 1 : ((2 - this.levelOf(rival)) as Level))
    }
  }

  #raise(id: string, target: Target): boolean {
    const bits = this.bits(id)
    if (bits === IN_BASE) {
      this.#revived[target].add(id)
      return true
    }
    if ((bits & IN_BASE) !== 0) {
      const level = target === otherSide(this.ownerOf(bits)) ? 2 : 1
      if ((this.#levels.get(id) ?? 0) >= level) return false
      this.#levels.set(id, level)
      return true
    }
    if (!this.#canRaise(id, target)) return false
    const owner = this.ownerOf(bits)
    const level = target === owner ? 1 : 2
    const parentId = this.plans[owner].items.get(id)!.parentId
    const isRaised = (this.#caps.get(id) ?? 2) < level
    if (isRaised) this.#caps.set(id, level)
    return (parentId !== null && !this.isIn(parentId, target) && this.#raise(parentId, target)) || isRaised
  }

  #canRaise(id: string, target: Target): boolean {
    const bits = this.bits(id)
    if ((bits & IN_BASE) !== 0) return true
    // Where another item has its name, raising it would bring the name in twice.
    if (bits === IN_BOTH_SIDES || bits === 0 || this.#barred.has(id) || this.identities.rivalOf(id) !== undefined) return false
    const { parentId } = this.plans[this.ownerOf(bits)].items.get(id)!
    return parentId === null || this.isIn(parentId, target) || this.#canRaise(parentId, target)
  }

  /** Whether an item of a kind can be in a parent in a result, at once or when that is raised. */
  #canHold(parentId: string, childKind: ItemKind, target: Target): boolean {
    if (!this.isIn(parentId, target)) return this.#canRaise(parentId, target)
    return this.bits(parentId) !== IN_BOTH_SIDES || this.sourceIn(parentId, target).kind === PARENT_KIND[childKind]
  }

  /** The side whose version of a doubly added item stands in all results; undefined while that is undecided. */
  #chosen(id: string): Side | undefined {
    if (this.#caps.get(id) === 1) return undefined
    const preferred = this.resolve(id) ?? 'local'
    return [preferred, otherSide(preferred)].find((side) => {
      const { parentId, kind } = this.plans[side].items.get(id)!
      return parentId === null || this.#levelAsParent(parentId, kind) === 2
    })
  }

  #levelAsParent(id: string, childKind: ItemKind): Level {
    const level = this.levelOf(id)
    if (this.bits(id) !== IN_BOTH_SIDES || level !== 2) return level
    return this.sourceIn(id, 'local').kind === PARENT_KIND[childKind] ? 2 : 0
  }

  #parentBefore(id: string, version: Target): string | null {
    return this.itemIn(id, version)!.parentId
  }

  /** Where a side puts an item; a refused move, and one to where its own result can hold nothing of the kind, left out. */
  #moved(id: string, side: Side): string | null {
    const { kind, parentId: before } = this.itemIn(id, 'base')!
    const place = this.#parentBefore(id, side)
    if (place === before || this.refusedPlaces.get(id) === side) return before
    return place === null || this.#canHold(place, kind, side) ? place : before
  }

  #placeOf(id: string, target: Target): string | null {
    const base = this.#parentBefore(id, 'base')
    const [local, remote] = [this.#moved(id, 'local'), this.#moved(id, 'remote')]
    if (local === base && remote === base) return base
    const own = target === 'base' ? base : target === 'local' ? local : remote
    if (this.heldPlaces.has(id)) return own
    const keep = local === remote || remote === base ? 'local' : local === base ? 'remote' : this.resolve(id)
    if (keep === undefined) return own
    const place = keep === 'local' ? local : remote
    const level = place === null ? 2 : this.#levelAsParent(place, this.plans.base.items.get(id)!.kind)
    if (level === 2) return place
    return level === 1 ? own : keep === 'local' ? remote : local
  }

  #isKnownIn(id: string, target: Target): boolean {
    const bits = this.bits(id)
    return bits === IN_ALL || bits === 0 || this.isIn(id, target)
  }

  #mergedDependencies(id: string, target: Target): readonly string[] {
    const listIn = (version: Target): readonly string[] => this.itemIn(id, version)!.fields.dependsOn ?? NONE
    const [base, local, remote] = [listIn('base'), listIn('local'), listIn('remote')]
    if (isSameOrder(base, local) && isSameOrder(base, remote)) return base
    const order = mergeOrder([...new Set(base)], [...new Set(local)], [...new Set(remote)], () => true)
    return order.filter((other) => {
      const inLocal = local.includes(other)
      if (inLocal === remote.includes(other)) return inLocal
      return !base.includes(other) && this.#admits(id, other, inLocal ? 'local' : 'remote', target)
    })
  }

  #ownDependencies(id: string, target: Target): readonly string[] {
    const list = this.sourceIn(id, target).fields.dependsOn ?? NONE
    if (this.#isOld(id, target) || (this.bits(id) === IN_BOTH_SIDES && this.#chosen(id) === undefined)) return list
    return list.filter((other) => {
      const side = this.dependencySource(id, other)
      return side === undefined || this.#admits(id, other, side, target)
    })
  }

  #admits(id: string, other: string, source: Side, target: Target): boolean {
    // The next base must not have what hangs on an undecided item, or the next merge would take it for old.
    if (target === 'base' && this.bits(other) !== IN_ALL && this.levelOf(other) === 1) return false
    const key = dependencyKey(id, other)
    return !this.refusedDependencies.has(key) && (target === source || !this.heldDependencies.has(key))
  }
}

const copySets = (sets: Merged<Set<string>>): Merged<Set<string>> => ({ base: new Set(sets.base), local: new Set(sets.local), remote: new Set(sets.remote) })

export const dependencyKey = (id: string, other: string): string => `${id}\u0001${other}`
