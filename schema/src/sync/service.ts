/** Use cases of sync that reach into other domains. */
import type { Context } from '../context.ts'
import { watchEvents } from '../events/service.ts'

export interface QueueMessage {
  readonly projectId: string
  readonly sequence: number
}

/** Events after which the queue's numbers may differ. */
const KINDS = ['plan.changed', 'sync.*', 'conflict.*']

const concernsQueue = (data: unknown): boolean => typeof data === 'object' && data !== null && ('sync' in data || 'resolved' in data || 'conflictId' in data)

/** One message at once, then one for every push and decision. It ends as `watchEvents` does. */
export async function* watchQueue(ctx: Context, projectId: string): AsyncGenerator<QueueMessage> {
  const events = await watchEvents(ctx, projectId, { kinds: KINDS })
  yield* messages(events, projectId)
}

async function* messages(events: Awaited<ReturnType<typeof watchEvents>>, projectId: string): AsyncGenerator<QueueMessage> {
  let first = true
  for await (const { sequence, event } of events) {
    if (first || (event !== null && concernsQueue(event.data))) yield { projectId, sequence }
    first = false
  }
}
