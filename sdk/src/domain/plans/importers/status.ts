/** Words for status, as other tools write them, and what they are here. */
import type { Status } from '../types.ts'

/** `exact` is false where our word says something else than the source's. */
export interface StatusMapping {
  status: Status
  exact: boolean
  /** True for a word that only says "not finished": begun or not. */
  vague?: boolean
}

const EXACT: Record<Status, string[]> = {
  todo: ['todo', 'to_do', 'pending', 'not_started', 'new', 'planned'],
  in_progress: ['in_progress', 'doing', 'started', 'active', 'wip', 'ongoing'],
  blocked: ['blocked'],
  in_review: ['in_review', 'review', 'reviewing', 'needs_review'],
  done: ['done', 'completed', 'complete', 'finished', 'closed', 'resolved'],
  cancelled: ['cancelled', 'canceled', 'wont_do', 'won_t_do'],
}

/** Deferred and waiting work must not show up as ready, so it is blocked, not todo. */
const LOSSY: Partial<Record<Status, string[]>> = {
  todo: ['backlog', 'ready', 'draft', 'idea', 'proposed', 'none'],
  in_progress: ['testing', 'in_testing', 'qa'],
  blocked: ['deferred', 'on_hold', 'paused', 'waiting', 'postponed'],
  in_review: ['in_qa', 'verify', 'verification'],
  done: ['merged', 'released', 'shipped', 'deployed'],
  cancelled: ['deprecated', 'obsolete', 'rejected', 'duplicate', 'abandoned', 'archived'],
}

const TABLE = new Map<string, StatusMapping>()
for (const status of Object.keys(EXACT) as Status[]) {
  for (const word of LOSSY[status] ?? []) TABLE.set(word, { status, exact: false })
  for (const word of EXACT[status]) TABLE.set(word, { status, exact: true })
}
TABLE.set('open', { status: 'todo', exact: true, vague: true })

/** The status a word stands for; a word that is not known is `todo`, and not exact. */
export function mapStatus(word: string): StatusMapping {
  const key = word
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  return TABLE.get(key) ?? { status: 'todo', exact: false }
}

/** The status of a task as its sub-tasks tell it; cancelled ones do not count. */
export function rollUp(statuses: readonly Status[]): Status {
  const counted = statuses.filter((status) => status !== 'cancelled')
  if (counted.length === 0) return statuses.length > 0 ? 'cancelled' : 'todo'
  if (counted.every((status) => status === 'done')) return 'done'
  return counted.every((status) => status === 'todo') ? 'todo' : 'in_progress'
}

/** Whether a task's own status can stand beside what its sub-tasks tell. A task in progress may have nothing finished yet. */
export function agrees({ status: own, vague = false }: StatusMapping, told: Status): boolean {
  const isOpen = (status: Status): boolean => status !== 'done' && status !== 'cancelled'
  return own === told || (isOpen(own) && isOpen(told) && (vague || own !== 'todo'))
}
