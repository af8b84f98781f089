/** Comments as they are read: one row each, with the names that people are shown. */

export interface Person {
  readonly id: string
  readonly name: string
}

/** A comment. Ids are UUIDs, times what Postgres prints in JSON. */
export interface CommentRow {
  readonly id: string
  readonly projectId: string
  readonly itemId: string
  /** Null when the item is no longer in the plan. */
  readonly itemKey: string | null
  readonly threadId: string
  readonly parentId: string | null
  readonly author: Person
  /** Null once deleted. */
  readonly body: string | null
  readonly createdAt: string
  readonly editedAt: string | null
  readonly deletedAt: string | null
  readonly resolvedAt: string | null
  readonly resolvedBy: Person | null
  readonly replyCount: number
}

/** A comment `c` as one JSON object. */
export const COMMENT_JSON = `json_build_object('id', c.id, 'projectId', c.project_id, 'itemId', c.item_id, 'itemKey', (SELECT i.key FROM plan_items i WHERE i.id = c.item_id),
    'threadId', c.thread_id, 'parentId', c.parent_id, 'author', (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = c.author_id),
    'body', c.body, 'createdAt', c.created_at, 'editedAt', c.edited_at, 'deletedAt', c.deleted_at, 'resolvedAt', c.resolved_at,
    'resolvedBy', (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = c.resolved_by_id), 'replyCount', c.reply_count)`
