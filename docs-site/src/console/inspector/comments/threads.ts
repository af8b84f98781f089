/** Comments of an item as the threads that they are. */
import type { OfflineComment } from '@buildrunner/sdk/offline'

export interface Thread {
  /** Node id of its first comment. */
  readonly id: string
  readonly first: OfflineComment
  /** Answers, oldest first. */
  readonly replies: readonly OfflineComment[]
  readonly isResolved: boolean
}

/**
 * Threads in the order in which they began. One whose beginning is not known here, because only an answer to it was written on this
 * device, begins with that answer.
 *
 * @param comments in the order in which they were written
 */
export function threadsOf(comments: readonly OfflineComment[]): Thread[] {
  const byThread = new Map<string, OfflineComment[]>()
  for (const comment of comments) {
    const thread = byThread.get(comment.threadId)
    if (thread === undefined) byThread.set(comment.threadId, [comment])
    else if (comment.id === comment.threadId) thread.unshift(comment)
    else thread.push(comment)
  }
  return [...byThread].map(([id, [first, ...replies]]) => ({ id, first: first as OfflineComment, replies, isResolved: (first as OfflineComment).resolvedAt !== null }))
}

/** The comment up to which a thread is to be marked read; undefined: all of it was read. */
export function unreadEnd({ first, replies }: Thread): string | undefined {
  const all = [first, ...replies]
  return all.some(({ unread }) => unread === true) ? all.findLast(({ pending }) => !pending)?.id : undefined
}

/** A title for what a comment asks for: its first line without the signs of markdown, at most 120 characters. */
export function titleFrom(body: string): string {
  const line = body.split('\n').map((text) => text.replace(/^[\s>#*+-]+|\*\*|__|`/g, '').trim()).find((text) => text !== '') ?? ''
  return line.length <= 120 ? line : `${line.slice(0, 119).trimEnd()}…`
}
