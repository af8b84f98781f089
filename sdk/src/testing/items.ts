/** Edits of single items: what `planning.add...`, `update...`, `move...`, `delete...` and `setStatus` decide. */
import { PRIORITIES, STATUSES } from '../domain/plans/format.ts'
import { suggestId } from '../domain/plans/ids.ts'
import type { DocumentItem, ItemKind, PlanChange, PlanItem } from '../domain/plans/types.ts'
import { changePlan, changed, checkItems } from './change-plan.ts'
import type { WriteVariables } from './change-plan.ts'
import { badInput, invalid, notFound, taken } from './refusals.ts'
import { parseReference, uuidOf } from './state.ts'
import type { Call, ProjectState } from './state.ts'
import { VIEW } from './views.ts'
import type { ItemView } from './views.ts'

interface ItemVariables extends WriteVariables {
  readonly id?: string
  readonly key?: string
  readonly parent?: string | null
  readonly after?: string | null
}

const PARENT = { milestone: null, step: 'milestone', microstep: 'step' } as const

/** The item that a key or id means, of any kind. */
export function findItem(project: ProjectState, ref: string): PlanItem | undefined {
  const { id, name } = parseReference(ref, 'mil', 'stp', 'mic')
  return id === undefined ? project.plan.items.get(name) : itemById(project, id)
}

/** The item with an id (UUID without dashes); undefined when it is no longer in the plan. */
export function itemById({ plan, stamps }: ProjectState, id: string): PlanItem | undefined {
  const [key] = [...stamps].find(([, stamp]) => stamp.id === id) ?? []
  return key === undefined ? undefined : plan.items.get(key)
}

/** @throws NotFoundError, also for an item of another kind */
function keyOf(project: ProjectState, ref: string, kind: ItemKind, path: string): string {
  const item = findItem(project, ref)
  if (item?.kind !== kind) throw notFound(kind, ref, [path])
  return item.id
}

/** `updateX` without a change of dependencies, and `setStatus`, read the one item and say so when there is none. */
function keyOfAny(project: ProjectState, ref: string, kind: ItemKind): string {
  if (findItem(project, ref) === undefined) throw notFound('plan item', ref, ['id'])
  return keyOf(project, ref, kind, 'id')
}

/** The item under its kind's name, and the sequence of the write. */
type ItemWritten<Kind extends ItemKind> = Record<Kind, ItemView[Kind]> & { sequence: number }

interface ItemChange {
  readonly key: string
  readonly changes: PlanChange[]
}

function changeItem<Kind extends ItemKind>(call: Call, action: string, kind: Kind, variables: ItemVariables, decide: (project: ProjectState) => ItemChange): ItemWritten<Kind> {
  const { key, project, sequence } = changePlan(call, {
    action, variables,
    decide: (loaded) => {
      const { key, changes } = decide(loaded)
      const after = changed(loaded.plan, changes, [])
      checkItems(after, changes, [])
      return { changes, after, result: { key } }
    },
  })
  const item = project.plan.items.get(key)
  // Gone since, where a request is repeated.
  if (item === undefined) throw notFound('plan item', key, ['id'])
  return { [kind]: VIEW[kind](project, item), sequence } as ItemWritten<Kind>
}

/** Where an item goes: behind `after`; first where that is null; last where it is absent. */
function placeOf(project: ProjectState, kind: ItemKind, { parent, after }: { parent: string | null; after: string | null | undefined }, self: string | null) {
  const parentKind = PARENT[kind]
  const parentId = parentKind === null || parent === null ? null : keyOf(project, parent, parentKind, 'parent')
  if (after !== undefined) return { parentId, after: after === null ? null : keyOf(project, after, kind, 'after') }
  return { parentId, after: (project.plan.children.get(parentId) ?? []).filter((key) => key !== self).at(-1) ?? null }
}

export const addItem = <Kind extends ItemKind>(kind: Kind) => (call: Call, variables: ItemVariables): ItemWritten<Kind> =>
  changeItem(call, `plan.${kind}.add`, kind, variables, (project) => {
    const { key = '', parent = null, after } = variables
    const given = Object.entries(readFields(variables)).filter(([, value]) => value !== null)
    const item = { id: key, ...Object.fromEntries(given) } as DocumentItem
    return { key, changes: [{ op: 'add', kind, ...placeOf(project, kind, { parent, after }, null), item }] }
  })

interface GrowMicrostep {
  readonly action: string
  readonly variables: WriteVariables
  readonly step: string
  /** Null: the next one of its step. */
  readonly key: string | null
  /** UUID without dashes. */
  readonly id: string
  readonly fields: Record<string, unknown>
  /** Checks what else is written; answers what readers of the log are told of it. */
  along(project: ProjectState, key: string): object
}

/** Adds a microstep that something else becomes. */
export function growMicrostep(call: Call, { action, variables, step, key: given, id, fields, along }: GrowMicrostep): { microstep: ItemView['microstep'] | null; sequence: number } {
  const { project, sequence, microstep } = changePlan(call, {
    action, variables,
    decide: (loaded) => {
      const parentId = keyOf(loaded, step, 'step', 'stepId')
      if (given !== null && loaded.plan.items.has(given)) throw taken(`The plan has an item with the key ${given} already.`, ['key'])
      const key = given ?? suggestId(loaded.plan, fields['title'] as string, parentId)
      const data = along(loaded, key)
      const changes: PlanChange[] = [{ op: 'add', kind: 'microstep', parentId, after: loaded.plan.children.get(parentId)?.at(-1) ?? null, item: { id: key, ...fields } as DocumentItem }]
      const after = changed(loaded.plan, changes, [])
      checkItems(after, changes, [])
      if (itemById(loaded, id) !== undefined) throw taken(`An item with the id ${uuidOf(id)} exists already.`, ['id'])
      return { changes, after, data, ids: new Map([[key, id]]), result: { microstep: id } }
    },
  })
  const item = itemById(project, microstep)
  return { microstep: item === undefined ? null : VIEW.microstep(project, item), sequence }
}

export const updateItem = <Kind extends ItemKind>(kind: Kind) => (call: Call, variables: ItemVariables): ItemWritten<Kind> => {
  const set = readFields(variables)
  if (set['title'] === null) throw invalid('The title cannot be removed.', ['title'])
  return changeItem(call, `plan.${kind}.update`, kind, variables, (project) => {
    const { id = '' } = variables
    const key = 'dependsOn' in set ? keyOf(project, id, kind, 'id') : keyOfAny(project, id, kind)
    return { key, changes: Object.keys(set).length === 0 ? [] : [{ op: 'update', id: key, set }] }
  })
}

export const moveItem = <Kind extends ItemKind>(kind: Kind) => (call: Call, variables: ItemVariables): ItemWritten<Kind> =>
  changeItem(call, `plan.${kind}.move`, kind, variables, (project) => {
    const { id = '', after } = variables
    const key = keyOf(project, id, kind, 'id')
    const parent = variables.parent ?? project.plan.items.get(key)?.parentId ?? null
    return { key, changes: [{ op: 'move', id: key, ...placeOf(project, kind, { parent, after }, key) }] }
  })

export const deleteItem = (kind: ItemKind) => (call: Call, variables: ItemVariables) => {
  const { key, removed, sequence } = changePlan(call, {
    action: `plan.${kind}.delete`, variables,
    decide: (project) => {
      const key = keyOf(project, variables.id ?? '', kind, 'id')
      const changes: PlanChange[] = [{ op: 'remove', id: key }]
      const after = changed(project.plan, changes, [])
      return { changes, after, result: { key, removed: project.plan.items.size - after.items.size } }
    },
  })
  return { key, removed, sequence }
}

export const setStatus = (call: Call, variables: ItemVariables & { status: string }): ItemWritten<'microstep'> => {
  const status = readEnum('status', variables.status, STATUSES)
  return changeItem(call, 'plan.status.set', 'microstep', variables, (project) => {
    const key = keyOfAny(project, variables.id ?? '', 'microstep')
    const current = project.plan.items.get(key)?.fields.status ?? 'todo'
    return { key, changes: current === status ? [] : [{ op: 'update', id: key, set: { status } }] }
  })
}

const NOT_FIELDS: ReadonlySet<string> = new Set(['projectId', 'id', 'key', 'parent', 'after', 'idempotencyKey'])
const LISTS_OF_OBJECTS: ReadonlySet<string> = new Set(['links', 'acceptanceCriteria'])

/** The item's fields among the variables, as the plan has them: null removes a field; the format itself has no nulls. */
function readFields(variables: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(variables)) {
    if (NOT_FIELDS.has(name)) continue
    if (value === null) fields[name] = null
    else if (name === 'status') fields[name] = readEnum(name, value, STATUSES)
    else if (name === 'priority') fields[name] = readEnum(name, value, PRIORITIES)
    else if (name === 'estimate') fields[name] = readEstimate(value as Record<string, number | null>)
    else fields[name] = LISTS_OF_OBJECTS.has(name) ? (value as object[]).map(withoutNulls) : value
  }
  return fields
}

export function readEnum<Value extends string>(name: string, value: unknown, known: readonly Value[]): Value {
  const found = known.find((candidate) => candidate.toUpperCase() === value)
  if (found === undefined) throw badInput(`Variable "$${name}" got invalid value ${JSON.stringify(value)}; it is one of ${known.map((one) => one.toUpperCase()).join(', ')}.`)
  return found
}

const withoutNulls = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))

/** Either one number, or all three points. @throws ValidationError */
function readEstimate({ hours, optimistic, likely, pessimistic }: Readonly<Record<string, number | null | undefined>>): unknown {
  const points = [optimistic, likely, pessimistic].filter((point) => point != null)
  if (hours != null && points.length === 0) return hours
  if (hours == null && points.length === 3) return { optimistic, likely, pessimistic }
  throw invalid('An estimate is either hours, or optimistic, likely and pessimistic together.', ['estimate'])
}
