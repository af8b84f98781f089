/** Three-way merge of records: the fields of one item, and the head of the document. */
import { isEqual } from './equal.ts'
import { mergeOrder } from './order.ts'

type Fields = Readonly<Record<string, unknown>>
export type Side = 'local' | 'remote'
export const otherSide = (side: Side): Side => (side === 'local' ? 'remote' : 'local')

/** A field, or one element of a list field, that both sides set to different values. */
export interface FieldConflict {
  field: string
  base: unknown
  local: unknown
  remote: unknown
}

/** What each of the three plans holds after a merge; the three differ only where something is undecided. */
export interface Merged<T> {
  base: T
  local: T
  remote: T
}

/** Says which side a conflict over a field was decided for, if it was. */
export type Decide = (field: string) => Side | undefined

/** The lists that are merged element by element, with the identity of an element. */
const ELEMENT_KEY: Readonly<Record<string, (element: unknown) => string | undefined>> = {
  labels: (element) => (typeof element === 'string' ? element : undefined),
  acceptanceCriteria: (element) => memberKey(element, 'id') ?? memberKey(element, 'text'),
  links: (element) => memberKey(element, 'url'),
}

function memberKey(element: unknown, member: string): string | undefined {
  const value = typeof element === 'object' && element !== null ? (element as Fields)[member] : undefined
  return typeof value === 'string' ? `${member}:${value}` : undefined
}

const same = <T>(value: T): Merged<T> => ({ base: value, local: value, remote: value })

/**
 * Merges two versions of a record with their common base, key by key.
 *
 * Lists in `ELEMENT_KEY` merge by element with their order kept; every other value is opaque. Where a key is in conflict
 * and not decided, each version keeps its own value.
 *
 * @param except keys that are not merged here, and left out of the result
 */
export function mergeRecords(versions: Merged<Fields>, decide: Decide, conflicts: FieldConflict[], except?: ReadonlySet<string>): Merged<Record<string, unknown>> {
  const merged: Merged<Record<string, unknown>> = { base: {}, local: {}, remote: {} }
  for (const key of keysOf(versions)) {
    if (except?.has(key) === true) continue
    const value = mergeValues({ base: versions.base[key], local: versions.local[key], remote: versions.remote[key] }, key, decide, conflicts)
    for (const target of ['base', 'local', 'remote'] as const) if (value[target] !== undefined) merged[target][key] = value[target]
  }
  return merged
}

/** All keys in an order that does not depend on which side is which: the base's, then the new ones by name. */
function keysOf(versions: Merged<Fields>): Iterable<string> {
  const keys = new Set(Object.keys(versions.base))
  const added = new Set<string>()
  for (const version of [versions.local, versions.remote]) for (const key in version) if (!keys.has(key)) added.add(key)
  for (const key of [...added].sort()) keys.add(key)
  return keys
}

function mergeValues(values: Merged<unknown>, field: string, decide: Decide, conflicts: FieldConflict[]): Merged<unknown> {
  const settled = settle(values)
  if (settled !== undefined) return same(settled.value)
  const keyOf = ELEMENT_KEY[field]
  const lists = keyOf === undefined ? undefined : keyedLists(values, keyOf)
  return lists === undefined ? decideConflict(values, field, decide, conflicts) : mergeLists(lists, field, decide, conflicts)
}

/** The value that stands when at most one side changed it, or both alike. */
function settle({ base, local, remote }: Merged<unknown>): { value: unknown } | undefined {
  if (isEqual(local, remote)) return { value: local }
  if (isEqual(local, base)) return { value: remote }
  if (isEqual(remote, base)) return { value: local }
  return undefined
}

function decideConflict(values: Merged<unknown>, field: string, decide: Decide, conflicts: FieldConflict[]): Merged<unknown> {
  const side = decide(field)
  if (side !== undefined) return same(values[side])
  conflicts.push({ field, ...values })
  return values
}

type Keyed = ReadonlyMap<string, unknown>

/** The three lists by the keys of their elements; undefined when one of them is no list of such elements. */
function keyedLists(values: Merged<unknown>, keyOf: (element: unknown) => string | undefined): Merged<Keyed> | undefined {
  const keyed = (value: unknown): Keyed | undefined => {
    const byKey = new Map<string, unknown>()
    if (value === undefined) return byKey
    if (!Array.isArray(value)) return undefined
    for (const element of value) {
      const key = keyOf(element)
      if (key === undefined) return undefined
      // Equal elements are told apart by their number, so that none is lost.
      let unique = key
      for (let n = 2; byKey.has(unique); n++) unique = `${key}\u0000${n}`
      byKey.set(unique, element)
    }
    return byKey
  }
  const [base, local, remote] = [keyed(values.base), keyed(values.local), keyed(values.remote)]
  return base === undefined || local === undefined || remote === undefined ? undefined : { base, local, remote }
}

function mergeLists(lists: Merged<Keyed>, field: string, decide: Decide, conflicts: FieldConflict[]): Merged<unknown> {
  const elements = new Map<string, Merged<unknown>>()
  for (const key of new Set([...lists.base.keys(), ...[...lists.local.keys(), ...lists.remote.keys()].sort()])) {
    const values = { base: lists.base.get(key), local: lists.local.get(key), remote: lists.remote.get(key) }
    const settled = settle(values)
    elements.set(key, settled === undefined ? decideConflict(values, field, decide, conflicts) : same(settled.value))
  }
  const isMember = (key: string): boolean => {
    const element = elements.get(key)!
    return element.base !== undefined || element.local !== undefined || element.remote !== undefined
  }
  const order = mergeOrder([...lists.base.keys()], [...lists.local.keys()], [...lists.remote.keys()], isMember)
  const listOf = (target: keyof Merged<unknown>): unknown[] | undefined => {
    const list = order.map((key) => elements.get(key)![target]).filter((element) => element !== undefined)
    return list.length === 0 ? undefined : list
  }
  return { base: listOf('base'), local: listOf('local'), remote: listOf('remote') }
}

/** Merges the head of the document; the members of `project` merge one by one, named `project.<member>` in conflicts. */
export function mergeHeads(heads: Merged<Fields>, decide: Decide, conflicts: FieldConflict[]): Merged<Fields> {
  const projects = { base: heads.base['project'], local: heads.local['project'], remote: heads.remote['project'] }
  if (![projects.base, projects.local, projects.remote].every((project) => typeof project === 'object' && project !== null)) return mergeRecords(heads, decide, conflicts)
  const inner: FieldConflict[] = []
  const project = mergeRecords(projects as Merged<Fields>, (field) => decide(`project.${field}`) ?? decide('project'), inner)
  conflicts.push(...inner.map((conflict) => ({ ...conflict, field: `project.${conflict.field}` })))
  const rest = mergeRecords(heads, decide, conflicts, new Set(['project']))
  const withProject = (target: keyof Merged<Fields>): Fields => {
    const head: Record<string, unknown> = {}
    for (const key in heads.base) if (key === 'project') head[key] = project[target]
      else if (key in rest[target]) head[key] = rest[target][key]
    return { ...head, ...rest[target] }
  }
  return { base: withProject('base'), local: withProject('local'), remote: withProject('remote') }
}
