/** What of an event makes notifications, and why: pure. Who the people are, `notify.ts` asks the database. */
import type { Mention } from '@buildrunner/sdk/mentions'
import type { DocumentItem, PlanChange } from '@buildrunner/sdk/plans'
import type { StoredEvent } from '../events/reader.ts'
import { decodeNodeId } from '../shared/ids.ts'
import type { Priority } from './priorities.ts'

/** Why somebody is told, the weightiest first: with several reasons the first counts. */
export const REASONS = ['MENTION', 'KEY', 'ROLE', 'REPLY', 'PARTICIPATION', 'WATCHING', 'AUTHOR'] as const
export type Reason = (typeof REASONS)[number]

/** Of what is watched, the event tells how much it weighs. */
export const PRIORITY_OF: Readonly<Record<Exclude<Reason, 'WATCHING'>, Priority>> = { MENTION: 'HIGH', KEY: 'HIGH', ROLE: 'NORMAL', REPLY: 'NORMAL', PARTICIPATION: 'NORMAL', AUTHOR: 'LOW' }

/** An event that somebody may be told of. Ids are UUIDs. */
export interface Cause {
  readonly event: StoredEvent
  /** Null: it concerns the organisation. */
  readonly projectId: string | null
  /** Keys of the items that it is about. */
  readonly items: readonly string[]
  readonly threadId: string | null
  readonly commentId: string | null
  readonly mentions: readonly Mention[]
  /** Set when watchers are told; how much it weighs. */
  readonly watchers: Priority | null
  /** Whose key or role it is about. */
  readonly subject: { readonly reason: Reason; readonly userId?: string; readonly keyId?: string } | null
}

interface CommentData {
  readonly commentId: string
  readonly threadId: string
  readonly itemKey: string | null
  readonly mentions?: readonly Mention[]
}

const uuidOf = (id: unknown): string | null => (typeof id === 'string' ? (decodeNodeId(id)?.uuid ?? null) : null)
const NOTHING = { items: [], threadId: null, commentId: null, mentions: [], watchers: null, subject: null } as const

function ofComment(event: StoredEvent, projectId: string): Cause | null {
  if (!['comment.added', 'comment.edited', 'comment.resolved'].includes(event.kind)) return null
  const { commentId, threadId, itemKey, mentions = [] } = event.data as CommentData
  return {
    ...NOTHING, event, projectId, items: itemKey === null ? [] : [itemKey], threadId: uuidOf(threadId), commentId: uuidOf(commentId), mentions,
    watchers: event.kind === 'comment.added' ? 'NORMAL' : null,
  }
}

interface PlanData {
  readonly changes: readonly PlanChange[]
  readonly inverse: readonly PlanChange[]
}

function keysOf(item: DocumentItem): string[] {
  const { steps = [], microsteps = [] } = item as { steps?: readonly DocumentItem[]; microsteps?: readonly DocumentItem[] }
  return [item.id, ...[...steps, ...microsteps].flatMap(keysOf)]
}

/** What a removal takes with it, as its inverse brings it back. */
function removedBy({ data }: StoredEvent): string[] {
  const { changes, inverse } = data as PlanData
  if (!changes.some(({ op }) => op === 'remove')) return []
  return inverse.flatMap((change) => (change.op === 'add' ? keysOf(change.item) : []))
}

/** A status that changed or an item that went weighs more than an edit. Of one event a watcher is told once. */
function ofPlan(event: StoredEvent, projectId: string): Cause | null {
  const { changes } = event.data as PlanData
  const items = new Set(removedBy(event))
  let watchers: Priority = 'LOW'
  for (const change of changes) {
    if (change.op === 'head') continue
    if (change.op === 'remove' || (change.op === 'update' && 'status' in change.set)) watchers = 'NORMAL'
    if (change.op === 'add') items.add(change.item.id)
    else items.add(change.id)
  }
  return { ...NOTHING, event, projectId, items: [...items], watchers }
}

interface RunData {
  readonly dirty: boolean
  readonly regressions: readonly { readonly itemKey: string }[]
}

/** A check that failed and had passed before: of code that was committed, as somebody else has it too. */
function ofRun(event: StoredEvent, projectId: string): Cause | null {
  const { dirty, regressions } = event.data as RunData
  return dirty || regressions.length === 0 ? null : { ...NOTHING, event, projectId, items: [...new Set(regressions.map(({ itemKey }) => itemKey))], watchers: 'HIGH' }
}

/** Rules name roles and addresses: they are told as those whom a comment mentions. */
const named = (roles: readonly string[], people: readonly string[] = []): Mention[] => [...roles.map((name) => ({ kind: 'role' as const, name })), ...people.map((name) => ({ kind: 'user' as const, name }))]

interface PolicyData {
  readonly itemKey?: string | null
  readonly itemKeys?: readonly string[]
  readonly roles?: readonly string[]
  readonly people?: readonly string[]
  readonly requestedBy?: string
  readonly approvals?: readonly { readonly itemKey: string | null; readonly roles: readonly string[] }[]
}

/** Those who may agree are told of what is asked for, whoever asked of the answer, and those whom a rule names of what it met. */
function ofPolicy(event: StoredEvent, projectId: string): Cause | null {
  const { itemKey, itemKeys = [], roles = [], people = [], requestedBy, approvals = [] } = event.data as PolicyData
  switch (event.kind) {
    case 'approval.requested':
      return { ...NOTHING, event, projectId, items: approvals.flatMap((one) => one.itemKey ?? []), mentions: named([...new Set(approvals.flatMap((one) => one.roles))]) }
    case 'policy.notified':
      return { ...NOTHING, event, projectId, items: itemKeys, mentions: named(roles, people) }
    default: {
      const userId = uuidOf(requestedBy)
      return userId === null ? null : { ...NOTHING, event, projectId, items: itemKey == null ? [] : [itemKey], subject: { reason: 'REPLY', userId } }
    }
  }
}

/** What an event of a project's or an organisation's stream is to people; null: nothing. */
export function causeOf(event: StoredEvent, projectId: string | null): Cause | null {
  if (projectId !== null && event.kind === 'qa.run.recorded') return ofRun(event, projectId)
  if (projectId !== null && (event.kind.startsWith('approval.') || event.kind === 'policy.notified')) return ofPolicy(event, projectId)
  if (projectId !== null) return event.kind === 'plan.changed' ? ofPlan(event, projectId) : ofComment(event, projectId)
  const data = event.data as Readonly<Record<string, unknown>>
  const about = (reason: Reason, who: { userId?: string | null; keyId?: string | null }, inProject: string | null = null): Cause | null => {
    const id = who.userId ?? who.keyId
    return id == null ? null : { ...NOTHING, event, projectId: inProject, subject: { reason, ...(who.userId != null ? { userId: id } : { keyId: id }) } }
  }
  switch (event.kind) {
    case 'member.roleChanged':
      return about('ROLE', { userId: uuidOf(data['userId']) })
    case 'member.projectRoleChanged':
      return data['role'] === null ? null : about('ROLE', { userId: uuidOf(data['userId']) }, uuidOf(data['projectId']))
    case 'apiKey.revoked':
    case 'apiKey.expiring':
      return about('KEY', { keyId: uuidOf(data['keyId']) })
    case 'apiKey.rotated':
      return about('KEY', { keyId: uuidOf(data['replacedId']) })
    default:
      return null
  }
}

export interface Move {
  readonly from: string
  /** Null: it is gone. */
  readonly to: string | null
}

/** Items that have another key, or none any more, after an event: what is watched follows them. */
export function movesOf(event: StoredEvent): readonly Move[] {
  if (event.kind !== 'plan.changed') return []
  const { changes } = event.data as PlanData
  const renamed = changes.flatMap((change): Move[] => (change.op === 'rename' ? [{ from: change.id, to: change.to }] : []))
  return [...renamed, ...removedBy(event).map((from) => ({ from, to: null }))]
}
