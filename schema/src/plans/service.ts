/** Use cases that change plans. Each is one `changePlan`: what it reads, what it decides. */
import { applyChanges, diffPlans, flattenPlan, suggestId } from '@buildrunner/sdk/plans'
import type { DocumentItem, FlatPlan, ItemKind, PlanChange, PlanProblem, Status } from '@buildrunner/sdk/plans'
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { breaksUnique } from '../shared/database.ts'
import { AlreadyExistsError, ConflictError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { changePlan, withChangeErrors } from './change-plan.ts'
import type { Along, PlanWritten } from './change-plan.ts'
import type { LoadedPlan } from './load.ts'
import { nodeOf } from './nodes.ts'
import type { ItemNode } from './nodes.ts'
import { applyReadChanges, readChanges, readItem } from './reads.ts'
import { storedFrom } from './rows.ts'
import { checkChangedItems, checkDocument } from './rules.ts'

export interface WriteOptions {
  readonly projectId: string
  readonly idempotencyKey?: string | null
}

export interface ItemWritten {
  readonly item: ItemNode
  readonly sequence: number
}

const NEEDS_GRAPH: ReadonlySet<string> = new Set(['dependsOn'])

/** The item a write was about, as it stands now: from the write itself, or read again for a repeated request. */
async function itemAfter(ctx: Context, options: WriteOptions, written: PlanWritten<{ key: string }>): Promise<ItemNode> {
  const { key } = written.result
  if (written.written !== null) {
    const { loaded, after, delta, at } = written.written
    const record = [...delta.updates, ...delta.inserts].find((candidate) => candidate.key === key)
    if (record !== undefined) {
      const created = loaded.rows.get(key)?.createdAt ?? at.toISOString()
      return nodeOf(written.projectId, storedFrom(record, created, at.toISOString()), after.items.get(key)?.parentId ?? loaded.parentKey)
    }
  }
  const item = await readItem(ctx, options.projectId, key)
  if (item === null) throw new NotFoundError('plan item', key, ['id'])
  return item
}

interface ItemChange {
  readonly key: string
  readonly changes: PlanChange[]
  /** True where the schema's own types leave nothing to check. */
  readonly checked?: boolean
}

async function changeItem(ctx: Context, options: WriteOptions, action: AuditAction, select: { ref: string } | { all: true }, request: unknown, decide: (loaded: LoadedPlan) => ItemChange): Promise<ItemWritten> {
  const written = await changePlan(ctx, {
    projectRef: options.projectId, action, permission: action === STATUS ? 'builder.run' : 'planner.write', select, idempotencyKey: options.idempotencyKey, request,
    decide: (loaded) => {
      const { key, changes, checked } = decide(loaded)
      const after = withChangeErrors([], () => applyChanges(loaded.plan, changes))
      if (checked !== true) checkChangedItems(after, changes, [])
      return { changes, after, result: { key }, validated: 'ref' in select }
    },
  })
  return { item: await itemAfter(ctx, options, written), sequence: written.sequence }
}

function requireKind(loaded: LoadedPlan, key: string, kind: ItemKind, ref: string): void {
  if (loaded.plan.items.get(key)?.kind !== kind) throw new NotFoundError(kind, ref, ['id'])
}

/** The key that a reference to an item of this plan means. @throws NotFoundError */
function keyOf(loaded: LoadedPlan, ref: string, kind: ItemKind, path: string): string {
  const { uuid, name } = parseReference(ref, 'Milestone', 'Step', 'Microstep')
  const key = name ?? [...loaded.rows.values()].find((row) => row.uuid === uuid)?.key ?? ref
  if (loaded.plan.items.get(key)?.kind !== kind) throw new NotFoundError(kind, ref, [path])
  return key
}

const onlyKey = (loaded: LoadedPlan): string => [...loaded.plan.items.keys()][0] as string

const STATUS = 'plan.status.set'

/** Sets the status of one microstep. */
export const setStatus = (ctx: Context, options: WriteOptions, id: string, status: Status): Promise<ItemWritten> =>
  changeItem(ctx, options, STATUS, { ref: id }, { ...options, id, status }, (loaded) => {
    const key = onlyKey(loaded)
    requireKind(loaded, key, 'microstep', id)
    const current = loaded.plan.items.get(key)?.fields.status ?? 'todo'
    return { key, checked: true, changes: current === status ? [] : [{ op: 'update', id: key, set: { status } }] }
  })

export interface ItemPlace {
  readonly parent: string | null
  /** Key or id of the sibling to stand behind; null for the first place; undefined for the last. */
  readonly after: string | null | undefined
}

const PARENT: Record<ItemKind, ItemKind | null> = { milestone: null, step: 'milestone', microstep: 'step' }

function placeIn(loaded: LoadedPlan, kind: ItemKind, place: ItemPlace, self: string | null): { parentId: string | null; after: string | null } {
  const parentKind = PARENT[kind]
  const parentId = parentKind === null || place.parent === null ? null : keyOf(loaded, place.parent, parentKind, 'parent')
  if (place.after !== undefined) return { parentId, after: place.after === null ? null : keyOf(loaded, place.after, kind, 'after') }
  return { parentId, after: (loaded.plan.children.get(parentId) ?? []).filter((key) => key !== self).at(-1) ?? null }
}

export const addItem = (ctx: Context, options: WriteOptions, kind: ItemKind, key: string, place: ItemPlace, fields: Record<string, unknown>): Promise<ItemWritten> =>
  changeItem(ctx, options, `plan.${kind}.add`, { all: true }, { ...options, key, place, fields }, (loaded) => ({
    key,
    changes: [{ op: 'add', kind, ...placeIn(loaded, kind, place, null), item: { id: key, ...withoutEmpty(fields) } as DocumentItem }],
  }))

const withoutEmpty = (fields: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))

export interface GrowMicrostep {
  readonly action: AuditAction
  /** What the idempotency key stands for. */
  readonly request: object
  /** Of the microstep. */
  readonly uuid: string
  /** Key or id of the step that it is added to, at its end, and the argument that names it. */
  readonly step: string
  readonly stepPath: string
  /** Null: the next one of its step. */
  readonly key: string | null
  readonly fields: Record<string, unknown>
  /** What is written with it, to the project as of `sequence`. */
  along(sequence: number, key: string): Promise<Along>
}

/**
 * Adds a microstep that something of another domain becomes, in one statement with what that domain writes.
 *
 * @throws AlreadyExistsError when key or id are taken
 */
export async function growMicrostep(ctx: Context, options: WriteOptions, grow: GrowMicrostep): Promise<{ uuid: string; sequence: number }> {
  const written = await changePlan(ctx, {
    projectRef: options.projectId, action: grow.action, select: { all: true }, idempotencyKey: options.idempotencyKey, request: grow.request,
    async decide(loaded) {
      const parentId = keyOf(loaded, grow.step, 'step', grow.stepPath)
      if (grow.key !== null && loaded.plan.items.has(grow.key)) throw new AlreadyExistsError(`The plan has an item with the key ${grow.key} already.`, ['key'])
      const key = grow.key ?? suggestId(loaded.plan, grow.fields['title'] as string, parentId)
      const along = await grow.along(loaded.project.sequence, key)
      const changes: PlanChange[] = [{ op: 'add', kind: 'microstep', parentId, after: loaded.plan.children.get(parentId)?.at(-1) ?? null, item: { id: key, ...grow.fields } as DocumentItem }]
      const after = withChangeErrors([], () => applyChanges(loaded.plan, changes))
      checkChangedItems(after, changes, [])
      return { changes, after, along, uuids: new Map([[key, grow.uuid]]), result: { uuid: grow.uuid } }
    },
  }).catch((error: unknown) => {
    throw breaksUnique(error, 'plan_items_pkey') ? new AlreadyExistsError(`An item with the id ${grow.uuid} exists already.`, ['id']) : error
  })
  return { ...written.result, sequence: written.sequence }
}

/** Sets fields of one item; null removes a field, undefined leaves it. */
export function updateItem(ctx: Context, options: WriteOptions, kind: ItemKind, id: string, fields: Record<string, unknown>): Promise<ItemWritten> {
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  if (set['title'] === null) throw new ValidationError('The title cannot be removed.', ['title'])
  const wholePlan = Object.keys(set).some((field) => NEEDS_GRAPH.has(field))
  return changeItem(ctx, options, `plan.${kind}.update`, wholePlan ? { all: true } : { ref: id }, { ...options, id, fields: set }, (loaded) => {
    const key = wholePlan ? keyOf(loaded, id, kind, 'id') : onlyKey(loaded)
    requireKind(loaded, key, kind, id)
    return { key, changes: Object.keys(set).length === 0 ? [] : [{ op: 'update', id: key, set }] }
  })
}

export const moveItem = (ctx: Context, options: WriteOptions, kind: ItemKind, id: string, place: ItemPlace): Promise<ItemWritten> =>
  changeItem(ctx, options, `plan.${kind}.move`, { all: true }, { ...options, id, place }, (loaded) => {
    const key = keyOf(loaded, id, kind, 'id')
    const parent = place.parent ?? loaded.plan.items.get(key)?.parentId ?? null
    return { key, changes: [{ op: 'move', id: key, ...placeIn(loaded, kind, { ...place, parent }, key) }] }
  })

/** Deletes an item and all that lies in it. Refused while others depend on it. */
export async function deleteItem(ctx: Context, options: WriteOptions, kind: ItemKind, id: string): Promise<{ key: string; removed: number; sequence: number }> {
  const written = await changePlan(ctx, {
    projectRef: options.projectId, action: `plan.${kind}.delete`, select: { all: true }, idempotencyKey: options.idempotencyKey, request: { ...options, id },
    decide: (loaded) => {
      const key = keyOf(loaded, id, kind, 'id')
      const changes: PlanChange[] = [{ op: 'remove', id: key }]
      const after = applyChanges(loaded.plan, changes)
      return { changes, after, result: { key, removed: loaded.plan.items.size - after.items.size } }
    },
  })
  return { ...written.result, sequence: written.sequence }
}

export interface PlanImported {
  readonly counts: { milestones: number; steps: number; microsteps: number }
  readonly problems: readonly PlanProblem[]
}

function countKinds(plan: FlatPlan): PlanImported['counts'] {
  const counts = { milestone: 0, step: 0, microstep: 0 }
  for (const item of plan.items.values()) counts[item.kind]++
  return { milestones: counts.milestone, steps: counts.step, microsteps: counts.microstep }
}

/** Brings a whole plan document into a project: into an empty one, or, with `replace`, over what is there. */
export async function importPlan(ctx: Context, options: WriteOptions, document: unknown, replace: boolean): Promise<PlanImported & { sequence: number }> {
  const { plan, problems } = checkDocument(document, ['document'])
  const imported = flattenPlan(plan)
  const written = await changePlan(ctx, {
    projectRef: options.projectId, action: 'plan.import', select: { all: true }, idempotencyKey: options.idempotencyKey, request: { ...options, document, replace },
    decide: (loaded) => {
      if (!replace && loaded.plan.items.size > 0) {
        throw new ValidationError(`The project already holds a plan of ${loaded.plan.items.size} items. Pass replace: true to replace it, or use syncPlan to merge.`, ['replace'])
      }
      return { changes: diffPlans(loaded.plan, imported), after: undefined, result: countKinds(imported) }
    },
  })
  return { counts: written.result, problems, sequence: written.sequence }
}

/** Applies a batch of changes to the newest plan. @throws ConflictError when the project is not at `expectedSequence` */
export async function applyPlanChanges(ctx: Context, options: WriteOptions, input: unknown, expectedSequence: number | null | undefined): Promise<{ sequence: number; applied: number }> {
  const changes = readChanges(input, ['changes'])
  const written = await changePlan(ctx, {
    projectRef: options.projectId, action: 'plan.apply', select: { all: true }, idempotencyKey: options.idempotencyKey, request: { ...options, changes, expectedSequence },
    decide: (loaded) => {
      requireSequence(loaded, expectedSequence)
      const after = applyReadChanges(loaded.plan, changes, ['changes'])
      checkChangedItems(after, changes, ['changes'])
      return { changes, after, result: { applied: changes.length } }
    },
  })
  return { ...written.result, sequence: written.sequence }
}

function requireSequence(loaded: LoadedPlan, expected: number | null | undefined): void {
  if (expected === null || expected === undefined || expected === loaded.project.sequence) return
  throw new ConflictError(`The project is at sequence ${loaded.project.sequence}, not ${expected}. Read the plan again, or use syncPlan to merge.`)
}
