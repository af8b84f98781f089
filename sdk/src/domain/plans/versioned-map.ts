/**
 * Maps that are versions of one another: they share their keys, and each has its values in a list. A copy is a copy of that
 * list, a hundredth of the cost of a copy of a map, and two versions are compared place by place. Plans of a merge are made of
 * them where the one that all of them come from is (see `versioned`); a plan of plain maps is copied as plain maps.
 */
import type { FlatPlan } from './types.ts'

/** A map that may be written. */
export interface MutableMap<K, V> extends ReadonlyMap<K, V> {
  set(key: K, value: V): unknown
  delete(key: K): boolean
}

/** The keys of all versions, in the order in which they came, and the place of each. It only ever grows: a version has no value where a key is not its own. */
interface Keys<K> {
  readonly places: Map<K, number>
  readonly list: K[]
}

/** Keys that no version needs any more, for each that the newest one has, before that gets keys of its own. */
const MAX_WASTE = 1
const SMALL = 256

/** Entries stand in the order in which their keys first came into any of the versions. Values are never undefined. */
export class VersionedMap<K, V> implements MutableMap<K, V> {
  readonly #keys: Keys<K>
  readonly #values: (V | undefined)[]
  #size: number

  private constructor(keys: Keys<K>, values: (V | undefined)[], size: number) {
    this.#keys = keys
    this.#values = values
    this.#size = size
  }

  /** A copy: another version of a versioned map, and the first version of what a plain one has. */
  static over<K, V>(map: ReadonlyMap<K, V>): VersionedMap<K, V> {
    if (map instanceof VersionedMap) return (map as VersionedMap<K, V>).#copy()
    const places = new Map<K, number>()
    for (const key of map.keys()) places.set(key, places.size)
    return new VersionedMap({ places, list: [...map.keys()] }, [...map.values()], map.size)
  }

  /** The map itself where it is versioned. */
  static of<K, V>(map: ReadonlyMap<K, V>): VersionedMap<K, V> {
    return map instanceof VersionedMap ? map : VersionedMap.over(map)
  }

  #copy(): VersionedMap<K, V> {
    return new VersionedMap(this.#keys, this.#values.slice(), this.#size)
  }

  /** The same map, with keys of its own where most of those that it shares are not its: for a map that is kept, and that many versions are made of. */
  static compact<K, V>(map: ReadonlyMap<K, V>): VersionedMap<K, V> {
    const versioned = VersionedMap.of(map)
    return versioned.#keys.list.length <= (1 + MAX_WASTE) * versioned.#size + SMALL ? versioned : VersionedMap.over(new Map(versioned))
  }

  /** The keys in which versions of one map differ; undefined for maps that have no keys in common. */
  static differing<K, V>(maps: readonly ReadonlyMap<K, V>[]): Set<K> | undefined {
    const [first] = maps
    if (!(first instanceof VersionedMap)) return undefined
    const { list } = first.#keys as Keys<K>
    const values: (V | undefined)[][] = []
    for (const map of maps) {
      if (!(map instanceof VersionedMap) || map.#keys.list !== list) return undefined
      values.push(map.#values as (V | undefined)[])
    }
    const one = first.#values as (V | undefined)[]
    const keys = new Set<K>()
    for (const other of values) {
      const length = Math.max(one.length, other.length)
      if (other !== one) for (let place = 0; place < length; place++) if (other[place] !== one[place]) keys.add(list[place] as K)
    }
    return keys
  }

  get size(): number {
    return this.#size
  }

  get(key: K): V | undefined {
    const place = this.#keys.places.get(key)
    return place === undefined ? undefined : this.#values[place]
  }

  /** How many places there are, of this version's keys and others. */
  get places(): number {
    return this.#keys.list.length
  }

  /** From 0 on; -1 for a key that no version has. */
  placeOf(key: K): number {
    return this.#keys.places.get(key) ?? -1
  }

  at(place: number): V | undefined {
    return this.#values[place]
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  set(key: K, value: V): this {
    const { places, list } = this.#keys
    let place = places.get(key)
    if (place === undefined) {
      places.set(key, (place = list.length))
      list.push(key)
    }
    // keys of other versions have come in between
    while (this.#values.length < place) this.#values.push(undefined)
    if (this.#values[place] === undefined) this.#size++
    this.#values[place] = value
    return this
  }

  delete(key: K): boolean {
    const place = this.#keys.places.get(key)
    if (place === undefined || this.#values[place] === undefined) return false
    this.#values[place] = undefined
    this.#size--
    return true
  }

  *entries(): MapIterator<[K, V]> {
    const { list } = this.#keys
    for (let place = 0; place < this.#values.length; place++) {
      const value = this.#values[place]
      if (value !== undefined) yield [list[place] as K, value]
    }
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<V> {
    for (const value of this.#values) if (value !== undefined) yield value
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this)
  }
}

/** A copy of the same make. */
export const copyMap = <K, V>(map: ReadonlyMap<K, V>): MutableMap<K, V> => (map instanceof VersionedMap ? VersionedMap.over(map as VersionedMap<K, V>) : new Map(map))

/** The keys in which the maps can differ: those in which versions differ, else all of them, each once. */
export function differingKeys<K, V>(...maps: readonly ReadonlyMap<K, V>[]): ReadonlySet<K> {
  const known = VersionedMap.differing(maps)
  if (known !== undefined) return known
  const keys = new Set<K>()
  for (const map of maps) for (const key of map.keys()) keys.add(key)
  return keys
}

/** The values of a map that can differ from those of the others. */
export function differingValues<K, V>(map: ReadonlyMap<K, V>, ...others: readonly ReadonlyMap<K, V>[]): Iterable<V> {
  const known = VersionedMap.differing([map, ...others])
  return known === undefined ? map.values() : valuesOf(map, known)
}

/** The values of those keys that the map has. */
export function* valuesOf<K, V>(map: ReadonlyMap<K, V>, keys: Iterable<K>): Generator<V> {
  for (const key of keys) {
    const value = map.get(key)
    if (value !== undefined) yield value
  }
}

/** The same plan, of which versions are cheap to make and to compare. */
export const versioned = (plan: FlatPlan): FlatPlan => ({ head: plan.head, items: VersionedMap.compact(plan.items), children: VersionedMap.compact(plan.children) })
