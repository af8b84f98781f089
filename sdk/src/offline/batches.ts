/** Which writes go next, and how many at a time. Pure. */
import { isEqual } from '../domain/plans/equal.ts'
import { MAX_PUSH_BYTES, MAX_PUSH_WRITES } from '../domain/sync/limits.ts'
import { isStatusOnly } from './coalesce.ts'
import type { OutboxItem } from './store/types.ts'

export const MAX_WRITES = MAX_PUSH_WRITES

/** How far a batch may go. */
export interface BatchLimits {
  readonly maxWrites: number
  /** Only writes of one kind of permission: those that report status and nothing else, or the others. */
  readonly isUniform: boolean
}

/** What can be sent next: plan writes as one batch, else calls, one after the other. */
export type Next = { readonly batch: readonly OutboxItem[] } | { readonly calls: readonly OutboxItem[] }

const encoder = new TextEncoder()
const sizeOf = ({ number, changes, base }: OutboxItem): number => encoder.encode(JSON.stringify({ number, changes, base })).length + 1

/**
 * The longest beginning of the plan writes that waits for no call; where there is none, the calls that wait for no plan write.
 * Plan writes are never overtaken by each other: the server remembers how far a replica has come by one number.
 *
 * @param queued - Ascending by number.
 * @returns undefined when nothing is queued: the first write never waits
 */
export function nextOf(queued: readonly OutboxItem[], limits: BatchLimits): Next | undefined {
  if (queued.length === 0) return undefined
  const pending = new Map(queued.map((write) => [write.id, write]))
  // A dead letter that was queued anew is younger than what waited for it: that has had its turn.
  const waitsFor = ({ dependsOn, number }: OutboxItem, kind: OutboxItem['kind']): boolean =>
    dependsOn.some((id) => pending.get(id)?.kind === kind && number > (pending.get(id)?.number ?? number))
  const plan = queued.filter(({ kind }) => kind === 'plan')
  const blocked = plan.findIndex((write) => waitsFor(write, 'comment'))
  const batch = limited(blocked < 0 ? plan : plan.slice(0, blocked), limits)
  if (batch.length > 0) return { batch }
  return { calls: queued.filter((write) => write.kind === 'comment' && !waitsFor(write, 'plan')) }
}

/** Writes of one request are made in spite of the same rules, for the same reason. */
function limited(writes: readonly OutboxItem[], { maxWrites, isUniform }: BatchLimits): readonly OutboxItem[] {
  const { changes = [], override } = writes[0] ?? {}
  const isStatus = isStatusOnly(changes)
  let bytes = '[]'.length
  const end = writes.findIndex((write, index) => {
    if (!isEqual(write.override, override)) return true
    if (isUniform && isStatusOnly(write.changes ?? []) !== isStatus) return true
    bytes += sizeOf(write)
    return index > 0 && (index === maxWrites || bytes > MAX_PUSH_BYTES)
  })
  return end < 0 ? writes : writes.slice(0, end)
}
