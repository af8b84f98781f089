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
export async function watchQueue(ctx: Context, projectId: string): Promise<AsyncIterableIterator<QueueMessage, void, undefined>> {
  const events = await watchEvents(ctx, projectId, { kinds: KINDS })
  let first = true
  const messages: AsyncIterableIterator<QueueMessage, void, undefined> = {
    [Symbol.asyncIterator]: () => messages,
    async next() {
      for (;;) {
        const { value, done } = await events.next()
        if (done === true) return { value: undefined, done }
        const concerns = first || (value.event !== null && concernsQueue(value.event.data))
        first = false
        if (concerns) return { value: { projectId, sequence: value.sequence }, done: false }
      }
    },
    // not a generator: one that nobody has asked for a message yet would not end what it reads from
    async return() {
      await events.return()
      return { value: undefined, done: true }
    },
  }
  return messages
}
