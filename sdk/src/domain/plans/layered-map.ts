/**
 * Maps that share what they have in common: a root that never changes, and what differs from it. A copy costs what
 * differs, and two copies of one root are compared by what differs. Plans of a merge are made of them where the one that
 * all of them come from is (see `layered`); a plan of plain maps is copied as plain maps.
 */
import type { FlatPlan } from './types.ts'

/** A map that may be written. */
export interface MutableMap<K, V> extends ReadonlyMap<K, V> {
  set(key: K, value: V): unknown
  delete(key: K): boolean
}

/** A copy that differs from its root in more than one of so many keys is worth a root of its own. */
const SHARE = 16
const GONE = Symbol('gone')

/** Entries stand in the order of the root, then the new ones. Values are never undefined. */
export class LayeredMap<K, V> implements MutableMap<K, V> {
  readonly #root: ReadonlyMap<K, V>
  readonly #own: Map<K, V | typeof GONE>
  #size: number

  private constructor(root: ReadonlyMap<K, V>, own: Map<K, V | typeof GONE>, size: number) {
    this.#root = root
    this.#own = own
    this.#size = size
  }

  /** A copy; of a plain map, which becomes the root and must not be written from then on. */
  static over<K, V>(map: ReadonlyMap<K, V>): LayeredMap<K, V> {
    if (!(map instanceof LayeredMap)) return new LayeredMap(map, new Map(), map.size)
    const layered = map as LayeredMap<K, V>
    return new LayeredMap(layered.#root, new Map(layered.#own), layered.#size)
  }

  /** The same map, with a root of its own where too much differs from the one it has: for a map that many copies are made of. */
  static settled<K, V>(map: LayeredMap<K, V>): LayeredMap<K, V> {
    if (map.#own.size * SHARE <= map.#root.size) return map
    const root = new Map(map.#root)
    for (const [key, own] of map.#own) {
      if (own === GONE) root.delete(key)
      else root.set(key, own as V)
    }
    return LayeredMap.over(root)
  }

  /** The keys in which maps of one root can differ; undefined for maps that have none in common. */
  static differing<K, V>(maps: readonly ReadonlyMap<K, V>[]): Set<K> | undefined {
    const keys = new Set<K>()
    let root: ReadonlyMap<K, V> | undefined
    for (const map of maps) {
      if (!(map instanceof LayeredMap)) return undefined
      const layered = map as LayeredMap<K, V>
      root ??= layered.#root
      if (layered.#root !== root) return undefined
      for (const key of layered.#own.keys()) keys.add(key)
    }
    return keys
  }

  get size(): number {
    return this.#size
  }

  get(key: K): V | undefined {
    const own = this.#own.get(key)
    return own === undefined ? this.#root.get(key) : own === GONE ? undefined : own as V
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  set(key: K, value: V): this {
    if (!this.has(key)) this.#size++
    this.#own.set(key, value)
    return this
  }

  delete(key: K): boolean {
    if (!this.has(key)) return false
    this.#size--
    if (this.#root.has(key)) this.#own.set(key, GONE)
    else this.#own.delete(key)
    return true
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#root) {
      const own = this.#own.get(key)
      if (own !== GONE) yield [key, own === undefined ? value : own as V]
    }
    for (const [key, own] of this.#own) if (own !== GONE && !this.#root.has(key)) yield [key, own as V]
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this)
  }
}

/** A copy of the same make. */
export const copyMap = <K, V>(map: ReadonlyMap<K, V>): MutableMap<K, V> => (map instanceof LayeredMap ? LayeredMap.over(map as LayeredMap<K, V>) : new Map(map))

/** The keys in which the maps can differ: those that layers tell of, else all of them, each once. */
export function differingKeys<K, V>(...maps: readonly ReadonlyMap<K, V>[]): ReadonlySet<K> {
  const known = LayeredMap.differing(maps)
  if (known !== undefined) return known
  const keys = new Set<K>()
  for (const map of maps) for (const key of map.keys()) keys.add(key)
  return keys
}

/** The values of a map that can differ from those of the others. */
export function differingValues<K, V>(map: ReadonlyMap<K, V>, ...others: readonly ReadonlyMap<K, V>[]): Iterable<V> {
  const known = LayeredMap.differing([map, ...others])
  return known === undefined ? map.values() : valuesOf(map, known)
}

/** The values of those keys that the map has. */
export function* valuesOf<K, V>(map: ReadonlyMap<K, V>, keys: Iterable<K>): Generator<V> {
  for (const key of keys) {
    const value = map.get(key)
    if (value !== undefined) yield value
  }
}

/**
 * The same plan, whose copies share what they have in common: what is made of it by changes and merges costs what differs,
 * not what there is. Its maps must not be written.
 */
export const layered = (plan: FlatPlan): FlatPlan => ({ head: plan.head, items: LayeredMap.over(plan.items), children: LayeredMap.over(plan.children) })
