/** Conflicts for tests: two replicas that wrote the same. */
import { randomUUID } from 'node:crypto'
import type { PlanChange } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { pushWrites } from '../sync/push.ts'

/** Sets the notes of an item from two replicas, upon the plan as of `baseSequence`. @returns the id of the conflict that comes of it */
export async function addConflict(ctx: Context, projectId: string, itemKey: string, baseSequence = 2): Promise<string> {
  const set = (notes: string | null): PlanChange[] => [{ op: 'update', id: itemKey, set: { notes } }]
  let found: string | undefined
  for (const notes of [`theirs ${randomUUID()}`, `mine ${randomUUID()}`]) {
    const { results } = await pushWrites(ctx, { projectId, replicaId: randomUUID(), baseSequence, writes: [{ number: 1, changes: set(notes), base: set(null) }] })
    found = results[0]?.conflicts[0]?.id
  }
  if (found === undefined) throw new Error('no conflict came of it: the item has notes already')
  return encodeNodeId('SyncConflict', found)
}
