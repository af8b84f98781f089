/** Comments, with and without a server: what is cached, and what waits shown upon it. */
import { BuildRunnerError } from '../errors.ts'
import { commentIdOf, subjectOf } from './comment-fold.ts'
import { queueCall } from './outbox.ts'
import type { CallOptions } from './outbox.ts'
import type { Replica } from './replica.ts'
import type { ServerCall, ServerComment, SyncServer } from './server.ts'
import type { ConflictItem, OfflineCall, OfflineStore, OutboxItem, StateCacheItem, StoreEntry, StoreOperation } from './store/types.ts'
import type { OfflineComment, Read, ReadOptions } from './types.ts'

/** What the comments need of the client. */
export interface CommentParts {
  readonly server: SyncServer
  readonly store: OfflineStore
  readonly replica: Replica
  readonly now: () => number
  /** Asks the server unless the caller wants the cache, or it is away; undefined then. */
  readonly ask: <Answer>(options: ReadOptions | undefined, request: (call: ServerCall) => Promise<Answer>) => Promise<Answer | undefined>
  /** There is something to send. */
  readonly wake: () => void
}

/** `offline.comments`. Each write is shown at once and sent when the server is there; ids are made here, so that nothing arrives twice. */
export class OfflineComments {
  readonly #parts: CommentParts

  /** @internal */
  constructor(parts: CommentParts) {
    this.#parts = parts
  }

  /** Comments on an item, oldest first, those that wait among them. An item that was never asked for while the server was there has only those. */
  async list(itemKey: string, options?: ReadOptions): Promise<Read<OfflineComment[]>> {
    const { server, store, replica, now, ask } = this.#parts
    const fresh = await ask(options, (call) => server.comments(replica.projectId, itemKey, call))
    if (fresh !== undefined) await this.keep(itemKey, fresh)
    const cached = await store.get('states', this.#key(itemKey))
    const comments = [...((cached?.data ?? []) as ServerComment[]), ...(await this.#sent(itemKey)).map(({ value }) => value.data as ServerComment)]
    const fetchedAt = cached?.fetchedAt ?? 0
    const asOf = { sequence: null, fetchedAt, ageMs: Math.max(0, now() - fetchedAt), source: fresh === undefined ? 'cache' : 'server' } as const
    return { data: withPending(comments, replica.outbox, itemKey), asOf }
  }

  /**
   * Begins a thread on an item; `body` is Markdown.
   *
   * @returns the node id of the new comment, which is valid before the server has it
   */
  add(itemKey: string, body: string): Promise<string> {
    return this.#make({ method: 'comments.add', variables: { itemId: itemKey, body, id: crypto.randomUUID() } }, itemKey, `comment on ${itemKey}`)
  }

  /**
   * Answers a comment in its thread; `body` is Markdown.
   *
   * @returns the node id of the answer, which is valid before the server has it
   */
  async reply(commentId: string, body: string): Promise<string> {
    const itemKey = await this.#itemOf(commentId)
    return this.#make({ method: 'comments.reply', variables: { commentId, body, id: crypto.randomUUID() } }, itemKey, `answer on ${itemKey ?? commentId}`)
  }

  /**
   * Changes a text. A conflict, if somebody else has changed it since it was last read here.
   *
   * @throws NotFoundError when it was neither read nor written on this device: `list` its item first
   */
  async edit(commentId: string, body: string): Promise<void> {
    const [itemKey, known] = [await this.#itemOf(commentId), await this.#cached(commentId)]
    await this.#queue({ method: 'comments.edit', variables: { commentId, body } }, { itemKey, label: 'edit a comment', knownEditedAt: known?.editedAt })
  }

  /** Takes text and reactions of a comment away; one that was never sent goes altogether, with the answers that were made to it here. */
  async delete(commentId: string): Promise<void> {
    await this.#queue({ method: 'comments.delete', variables: { commentId } }, { itemKey: await this.#itemOf(commentId), label: 'delete a comment' })
  }

  /** Resolves a thread, or reopens it. */
  async resolve(commentId: string, resolved = true): Promise<void> {
    const label = resolved ? 'resolve a thread' : 'reopen a thread'
    await this.#queue({ method: 'comments.resolve', variables: { commentId, resolved } }, { itemKey: await this.#itemOf(commentId), label })
  }

  /** Reacts with an emoji, or takes it back. */
  async react(commentId: string, emoji: string, on = true): Promise<void> {
    const method = on ? 'comments.react' : 'comments.unreact'
    await this.#queue({ method, variables: { commentId, emoji } }, { itemKey: await this.#itemOf(commentId), label: on ? `react with ${emoji}` : `take ${emoji} back` })
  }

  /** Takes all comments on an item, as the server has just said them to somebody else here: `list` answers with them while it is away. */
  async keep(itemKey: string, comments: readonly ServerComment[]): Promise<void> {
    const keys = new Set([...(await this.#sent(itemKey)).map(({ key }) => key), ...comments.map(({ id }) => this.#sentKey(id))])
    const sent = [...keys].map((key): StoreOperation => ({ op: 'delete', table: 'states', key }))
    await this.#parts.replica.transact(() => ({ operations: [this.#put(itemKey, comments.map(kept), this.#parts.now()), ...sent], result: undefined, applied: () => {} }))
  }

  /** Reads those of the items again that are cached. @internal */
  async refresh(itemKeys: readonly string[], call: ServerCall): Promise<void> {
    const { server, store, replica } = this.#parts
    for (const itemKey of new Set(itemKeys)) {
      if ((await store.get('states', this.#key(itemKey))) !== undefined) await this.keep(itemKey, await server.comments(replica.projectId, itemKey, call))
    }
  }

  /** @internal */
  async arrived(write: OutboxItem, comment: ServerComment): Promise<StoreOperation[]> {
    const itemKey = comment.itemKey ?? write.itemKeys[0]
    const cached = itemKey === undefined ? undefined : await this.#parts.store.get('states', this.#key(itemKey))
    if (cached === undefined || itemKey === undefined) {
      // What is known of a comment has to outlast its write: the next edit is made upon it.
      const key = this.#sentKey(comment.id)
      return [{ op: 'put', table: 'states', key, value: { key, data: comment, fetchedAt: this.#parts.now() } }]
    }
    const others = (cached.data as ServerComment[]).filter(({ id }) => id !== comment.id)
    return [this.#put(itemKey, [...others, comment], cached.fetchedAt)]
  }

  /** @internal */
  async conflictOf({ id: writeId, call, itemKeys }: OutboxItem, error: unknown, options: ServerCall): Promise<ConflictItem | undefined> {
    if (!(error instanceof BuildRunnerError) || error.code !== 'CONFLICT' || call?.method !== 'comments.edit') return undefined
    const commentId = subjectOf(call)
    const [{ body: remote, editedAt: remoteEditedAt }, known] = [await this.#parts.server.readComment(commentId, options), await this.#cached(commentId)]
    const detectedAt = this.#parts.now()
    return { id: writeId, writeId, kind: 'comment', itemKey: itemKeys[0] ?? null, field: commentId, base: known?.body, local: call.variables['body'], remote, remoteEditedAt, detectedAt }
  }

  async #make(call: OfflineCall, itemKey: string | null, label: string): Promise<string> {
    await this.#queue(call, { itemKey, label })
    return subjectOf(call)
  }

  async #queue(call: OfflineCall, options: CallOptions): Promise<void> {
    await queueCall(this.#parts.replica, call, options, this.#parts.now)
    this.#parts.wake()
  }

  async #itemOf(commentId: string): Promise<string | null> {
    const known = await this.#cached(commentId)
    return known?.itemKey ?? this.#parts.replica.outbox.find(({ call }) => call !== undefined && subjectOf(call) === commentId)?.itemKeys[0] ?? null
  }

  /** A comment as it is known here: as it was read, or as it was sent. */
  async #cached(commentId: string): Promise<ServerComment | undefined> {
    const { store } = this.#parts
    const sent = await store.get('states', this.#sentKey(commentId))
    if (sent !== undefined) return sent.data as ServerComment
    const items = await store.list('states', this.#key(''))
    return items.flatMap(({ value }) => value.data as ServerComment[]).find(({ id }) => id === commentId)
  }

  /** Comments on an item that were sent from here, and not read since. */
  async #sent(itemKey: string): Promise<StoreEntry<'states'>[]> {
    return (await this.#parts.store.list('states', this.#sentKey(''))).filter(({ value }) => (value.data as ServerComment).itemKey === itemKey)
  }

  #sentKey(commentId: string): string {
    return `${this.#parts.replica.projectId}/comment/${commentId}`
  }

  #key(itemKey: string): string {
    return `${this.#parts.replica.projectId}/comments/${itemKey}`
  }

  #put(itemKey: string, comments: readonly ServerComment[], fetchedAt: number): StoreOperation {
    const value: StateCacheItem = { key: this.#key(itemKey), data: comments, fetchedAt }
    return { op: 'put', table: 'states', key: this.#key(itemKey), value }
  }
}

/** What is worth keeping of a comment. */
export const kept = ({ id, threadId, parentId, itemKey, author, body, createdAt, editedAt, deletedAt, resolvedAt, reactions, attachments, unread, promotedToKey }: ServerComment): ServerComment => ({
  id, threadId, parentId, itemKey, author: { id: author.id, name: author.name }, body, createdAt, editedAt, deletedAt, resolvedAt,
  reactions: reactions.map(({ emoji, count, mine }) => ({ emoji, count, mine })),
  ...(attachments && { attachments: attachments.map(({ id: attachmentId, kind, url, title }) => ({ id: attachmentId, kind, url, title })) }),
  ...(unread !== undefined && { unread }),
  ...(promotedToKey !== undefined && { promotedToKey }),
})

type Shown = { -readonly [Key in keyof OfflineComment]: OfflineComment[Key] }

/** What waits, shown upon what is cached. */
function withPending(cached: readonly ServerComment[], outbox: readonly OutboxItem[], itemKey: string): OfflineComment[] {
  const shown = new Map<string, Shown>(cached.map((comment) => [comment.id, { ...comment, pending: false }]))
  for (const { call, state, createdAt } of outbox) if (call !== undefined && state === 'queued') show(shown, call, new Date(createdAt).toISOString())
  return [...shown.values()].filter((comment) => comment.itemKey === itemKey).sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0))
}

function show(shown: Map<string, Shown>, { method, variables }: OfflineCall, at: string): void {
  const text = (name: string): string => String(variables[name])
  if (method === 'comments.add' || method === 'comments.reply') {
    const id = commentIdOf(text('id'))
    const parent = method === 'comments.reply' ? shown.get(text('commentId')) : undefined
    if (method === 'comments.reply' && parent === undefined) return
    const itemKey = parent === undefined ? text('itemId') : parent.itemKey
    shown.set(id, {
      id, threadId: parent?.threadId ?? id, parentId: parent?.id ?? null, itemKey, author: null, body: text('body'),
      createdAt: at, editedAt: null, deletedAt: null, resolvedAt: null, reactions: [], pending: true,
    })
    return
  }
  const comment = shown.get(text('commentId'))
  if (comment === undefined) return
  comment.pending = true
  switch (method) {
    case 'comments.edit': return void Object.assign(comment, { body: text('body'), editedAt: at })
    case 'comments.delete': return void Object.assign(comment, { body: null, deletedAt: at, reactions: [] })
    case 'comments.resolve': return void (comment.resolvedAt = variables['resolved'] === false ? null : at)
    default: comment.reactions = reacted(comment.reactions, text('emoji'), method === 'comments.react')
  }
}

function reacted(reactions: OfflineComment['reactions'], emoji: string, mine: boolean): OfflineComment['reactions'] {
  const known = reactions.find((reaction) => reaction.emoji === emoji)
  const count = (known?.count ?? 0) + (mine ? 1 : -1) * (known?.mine === mine ? 0 : 1)
  const changed = count > 0 ? { emoji, count, mine } : undefined
  if (known === undefined) return changed ? [...reactions, changed] : reactions
  return reactions.flatMap((reaction) => (reaction !== known ? reaction : (changed ?? [])))
}
