/** Deciding a conflict: what the choice would do, doing it, and taking it back. */
import { useCallback, useEffect, useState } from 'react'
import type { ConflictItem, ConflictPreview, Decision, OfflineClient } from '@buildrunner/sdk/offline'
import { invertChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange, PlanItem } from '@buildrunner/sdk/plans'
import { useProject } from '../../offline/use-project.tsx'
import { handChange } from './values.ts'

export type Choice = 'local' | 'remote' | 'hand'

export interface Preview {
  readonly state: 'none' | 'asking' | 'known' | 'failed'
  readonly preview?: ConflictPreview
  readonly error?: Error
}

/** Undefined: what was written is no value of the field. */
export function decisionOf(conflict: ConflictItem, choice: Choice, text: string, flat: FlatPlan): Decision | undefined {
  if (choice !== 'hand') return { keep: choice }
  const change = handChange(conflict, text, flat)
  return change && { changes: [change] }
}

/** A text is looked at once its writer pauses. */
const PAUSE_MS = 250

/** What a choice would do, asked of the server, or of this device while that is away. */
export function usePreview(conflict: ConflictItem, choice: Choice | null, text: string): Preview {
  const { offline, flat } = useProject()
  const [found, find] = useState<Preview>({ state: 'none' })
  useEffect(() => {
    // the text of a comment is no part of the plan: nothing else is affected
    const decision = choice === null || conflict.kind === 'comment' ? undefined : decisionOf(conflict, choice, text, flat)
    if (decision === undefined) return find({ state: 'none' })
    const asking = new AbortController()
    find(({ preview }) => ({ state: 'asking', ...(preview && { preview }) }))
    const timer = setTimeout(() => {
      offline.conflicts.preview(conflict.id, decision, { signal: asking.signal }).then(
        (preview) => asking.signal.aborted || find({ state: 'known', preview }),
        (error: Error) => asking.signal.aborted || find({ state: 'failed', error }),
      )
    }, choice === 'hand' ? PAUSE_MS : 0)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [offline, flat, conflict, choice, text])
  return found
}

export interface Decided {
  readonly conflict: ConflictItem
  readonly choice: Choice
  /** What takes it back; null: the plan was not changed, or what changes it is not known. */
  readonly inverse: readonly PlanChange[] | null
}

/** @throws BuildRunnerError when it cannot be decided so, or not now */
export function useDecide(): (conflict: ConflictItem, choice: Choice, text?: string) => Promise<Decided> {
  const { offline, flat } = useProject()
  return useCallback(async (conflict, choice, text = '') => {
    if (conflict.kind === 'comment') {
      await decideComment(offline, conflict, choice, text)
      return { conflict, choice, inverse: null }
    }
    const decision = decisionOf(conflict, choice, text, flat)
    if (decision === undefined) throw new Error('There is no such value.')
    const { changes } = await offline.conflicts.resolve(conflict.id, decision)
    return { conflict, choice, inverse: inverseOf(flat, changes) }
  }, [offline, flat])
}

async function decideComment(offline: OfflineClient, conflict: ConflictItem, choice: Choice, text: string): Promise<void> {
  await offline.conflicts.resolve(conflict.id, { keep: choice === 'local' ? 'local' : 'remote' })
  if (choice !== 'hand') return
  // upon the text that the other one has left
  if (conflict.itemKey !== null) await offline.comments.list(conflict.itemKey)
  await offline.comments.edit(conflict.field ?? '', text)
}

function inverseOf(flat: FlatPlan, changes: readonly PlanChange[] | null): readonly PlanChange[] | null {
  if (changes === null || changes.length === 0) return null
  try {
    return invertChanges(flat, [...changes])
  } catch {
    return null // the plan that is shown here is another one
  }
}

/** Items that wait for one of those that the changes name, or for something in them. */
export function waitingFor({ items }: FlatPlan, changes: readonly PlanChange[], itemKey: string | null): PlanItem[] {
  const named = new Set(changes.flatMap((change) => (change.op === 'head' ? [] : change.op === 'add' ? [change.item.id] : [change.id])))
  if (itemKey !== null) named.add(itemKey)
  const lies = (id: string | null): boolean => id !== null && (named.has(id) || lies(items.get(id)?.parentId ?? null))
  return [...items.values()].filter(({ id, fields }) => !lies(id) && fields.dependsOn?.some((other) => lies(other)))
}
