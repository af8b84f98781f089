/** Puts writes into the outbox: what is said offline, decided upon the view and stored before it is answered. */
import { assertPlanChanges } from '../domain/plans/change-shape.ts'
import { validateFlat } from '../domain/plans/graph-rules.ts'
import { hasErrors } from '../domain/plans/problems.ts'
import type { PlanChange } from '../domain/plans/types.ts'
import { errorOf } from '../errors.ts'
import { isStatusOnly, namesOf } from './coalesce.ts'
import type { Folded } from './coalesce.ts'
import { foldCall, neededBy, subjectOf, writesText } from './comment-fold.ts'
import type { Change, Replica } from './replica.ts'
import type { OfflineCall, OutboxItem, WriteOverride } from './store/types.ts'
import type { PlanView } from './view.ts'

/** Options of an edit. */
export interface EditOptions {
  /**
   * What the queue shows of it.
   *
   * @defaultValue what the first change does, e.g. `update T-12: title`
   */
  readonly label?: string | undefined
}

/** What is said of a write beside what it does. */
type Said = Pick<OutboxItem, 'kind' | 'label' | 'itemKeys' | 'dependsOn'> & Partial<Pick<OutboxItem, 'changes' | 'base' | 'baseSequence' | 'call' | 'expectedEditedAt'>>

/**
 * Applies changes to the view and queues them.
 *
 * @returns the id of the write they became, or became part of; null when they took back what was never sent
 * @throws PlanChangeError for the first change that the plan does not allow
 * @throws ValidationError for dependencies that do not exist or form a circle
 */
export async function queueEdit(replica: Replica, given: readonly PlanChange[], { label }: EditOptions, now: () => number): Promise<string | null> {
  assertPlanChanges(given)
  // What is queued is not the caller's to change.
  const changes = structuredClone(given) as PlanChange[]
  return replica.transact(() => {
    const { view, unsent } = replica
    const base = applyChecked(view, changes)
    const folded = unsent.fold(changes, base)
    if (folded !== undefined) return fold(replica, folded, label)
    const { subjects } = namesOf({ kind: 'plan', itemKeys: [], changes, base })
    const itemKeys = [...new Set(subjects)].filter((id) => id !== '')
    const dependsOn = endsNames(changes) ? commentsOn(replica, itemKeys) : []
    return append(replica, { kind: 'plan', label: label ?? describe(changes), itemKeys, dependsOn, changes, base, baseSequence: replica.base.sequence }, now)
  })
}

/** What is said of a call. */
export interface CallOptions {
  readonly itemKey: string | null
  readonly label: string
  /** Of an edit: `editedAt` of the text that is known here. */
  readonly knownEditedAt?: string | null | undefined
}

/**
 * Queues a call of the comments domain.
 *
 * @returns as {@link queueEdit}
 * @throws NotFoundError for an edit of a comment that this device does not know: it would go over whatever stands there
 */
export const queueCall = (replica: Replica, call: OfflineCall, { itemKey, label, knownEditedAt }: CallOptions, now: () => number): Promise<string | null> =>
  replica.transact(() => {
    const folded = foldCall(call, replica.unsent.writes)
    if (folded !== undefined) return fold(replica, folded, label)
    const pending = replica.outbox.filter(({ state }) => state === 'queued')
    const upon = call.method === 'comments.edit' ? { expectedEditedAt: textUpon(subjectOf(call), pending, knownEditedAt) } : {}
    return append(replica, { kind: 'comment', label, itemKeys: itemKey === null ? [] : [itemKey], dependsOn: neededBy(call, itemKey, pending), call, ...upon }, now)
  })

/** `editedAt` of the text that an edit is made upon: what one's own last text was made upon while that waits, else what is known. */
function textUpon(commentId: string, pending: readonly OutboxItem[], known: string | null | undefined): string | null {
  const own = pending.findLast(({ call }) => call !== undefined && writesText(call) && subjectOf(call) === commentId)
  const upon = own === undefined ? known : (own.expectedEditedAt ?? null)
  if (upon === undefined) throw errorOf({ code: 'NOT_FOUND', message: `What the comment ${commentId} says is not known on this device. Read it first: comments.list() of its item.`, path: ['commentId'] })
  return upon
}

/** Options of a retry. */
export interface RetryOptions {
  /**
   * Rules of the project's own policy that the writes are sent in spite of, and why.
   *
   * @defaultValue every rule binds them
   */
  readonly override?: WriteOverride | undefined
}

/**
 * Queues dead letters anew, as writes with numbers of their own: the server remembers what became of the old ones.
 *
 * @returns how many
 */
export const requeue = (replica: Replica, ids?: readonly string[], { override }: RetryOptions = {}): Promise<number> =>
  replica.transact(() => {
    const failed = failedOf(replica, ids)
    let { nextNumber } = replica.record
    const again = failed.map(({ override: before, ...write }): OutboxItem => ({ ...write, number: nextNumber++, state: 'queued', attempts: 0, error: null, ...(override && { override: widened(before, override) }) }))
    if (again.length === 0) return { operations: [], result: 0 }
    return { operations: [...failed.map((write) => replica.deleteWrite(write)), ...again.map((write) => replica.putWrite(write)), replica.putRecord({ nextNumber })], result: again.length }
  })

/**
 * Forgets dead letters, and writes that were never sent. One that may have been sent stays: the server may have it.
 *
 * @returns how many
 */
export const drop = (replica: Replica, ids: readonly string[]): Promise<number> =>
  replica.transact(() => {
    const { sentThrough } = replica.record
    const wanted = new Set(ids)
    const dropped = replica.outbox.filter(({ id, state, number }) => wanted.has(id) && (state === 'failed' || number > sentThrough))
    return { operations: dropped.map((write) => replica.deleteWrite(write)), result: dropped.length }
  })

const widened = (before: WriteOverride | undefined, { rules, reason }: WriteOverride): WriteOverride => ({ rules: [...new Set([...(before?.rules ?? []), ...rules])], reason })

const failedOf = ({ outbox }: Replica, ids: readonly string[] | undefined): OutboxItem[] => outbox.filter(({ id, state }) => state === 'failed' && (ids === undefined || ids.includes(id)))

function append(replica: Replica, said: Said, now: () => number): Change<string> {
  const { projectId, record: { nextNumber }, unsent } = replica
  const write: OutboxItem = { id: crypto.randomUUID(), projectId, number: nextNumber, state: 'queued', attempts: 0, error: null, createdAt: now(), ...said }
  return { operations: [replica.putWrite(write), replica.putRecord({ nextNumber: nextNumber + 1 })], applied: () => unsent.add(write), result: write.id }
}

function fold(replica: Replica, { put, remove }: Folded, label: string | undefined): Change<string | null> {
  const { unsent } = replica
  const changed = put.map((write) => (label === undefined ? write : { ...write, label }))
  const operations = [...changed.map((write) => replica.putWrite(write)), ...remove.map((write) => replica.deleteWrite(write))]
  return { operations, applied: () => unsent.replace({ put: changed, remove }), result: changed[0]?.id ?? null }
}

/** Whether items lose their names: what is said about them has to arrive before. */
const endsNames = (changes: readonly PlanChange[]): boolean => changes.some(({ op }) => op === 'remove' || op === 'rename')

const commentsOn = ({ outbox }: Replica, itemKeys: readonly string[]): string[] =>
  outbox.filter((write) => write.kind === 'comment' && write.state === 'queued' && write.itemKeys.some((key) => itemKeys.includes(key))).map(({ id }) => id)

/** Refuses what the server would refuse, where that can be known without it. */
function applyChecked(view: PlanView, changes: readonly PlanChange[]): PlanChange[] {
  const touchesGraph = changes.some((change) => (change.op === 'update' ? 'dependsOn' in change.set : change.op !== 'head'))
  const before = touchesGraph ? view.plan : undefined
  const base = view.apply(changes)
  if (before === undefined || isLeaf(changes)) return base
  const problems = validateFlat(view.plan).filter(({ severity }) => severity === 'error')
  // Faults that were there are not this edit's: the server's plan has none, pending writes may.
  if (problems.length === 0 || hasErrors(validateFlat(before) as never)) return base
  view.undo(base)
  const [{ message, remedy } = { message: '', remedy: '' }] = problems
  throw errorOf({ code: 'VALIDATION_FAILED', message: `${message} ${remedy}`, path: ['changes'], details: { problems } })
}

/** A new item that nothing waits for and that waits for nothing makes no circle. */
const isLeaf = (changes: readonly PlanChange[]): boolean => changes.every((change) => change.op === 'add' && namesOf({ kind: 'plan', itemKeys: [], changes: [change] }).mentions.every((id) => id === change.parentId || id === change.after))

function describe(changes: readonly PlanChange[]): string {
  const [first, ...more] = changes
  const text = first === undefined ? 'nothing' : describeOne(first)
  return more.length === 0 ? text : `${text}, and ${more.length} more`
}

function describeOne(change: PlanChange): string {
  switch (change.op) {
    case 'add': return `add ${change.item.id}: ${change.item.title}`
    case 'update': return isStatusOnly([change]) ? `${change.id} is ${String(change.set['status'] ?? 'todo')}` : `update ${change.id}: ${Object.keys(change.set).join(', ')}`
    case 'head': return `update the plan: ${Object.keys(change.set).join(', ')}`
    case 'move': return `move ${change.id}`
    case 'remove': return `remove ${change.id}`
    case 'rename': return `rename ${change.id} to ${change.to}`
  }
}
