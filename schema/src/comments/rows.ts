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
  readonly editedBy: Person | null
  readonly deletedAt: string | null
  readonly resolvedAt: string | null
  readonly resolvedBy: Person | null
  readonly replyCount: number
  /** Of the event that it was added with. */
  readonly sequence: number
  readonly revisionCount: number
  readonly reactionCount: number
  readonly attachmentCount: number
  readonly promotedToId: string | null
  /** Null when that microstep is no longer in the plan. */
  readonly promotedToKey: string | null
}

const person = (column: string): string => `(SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = c.${column})`
const itemKey = (column: string): string => `(SELECT i.key FROM plan_items i WHERE i.id = c.${column})`

/** A comment `c` as one JSON object. */
export const COMMENT_JSON = `json_build_object('id', c.id, 'projectId', c.project_id, 'itemId', c.item_id, 'itemKey', ${itemKey('item_id')},
    'threadId', c.thread_id, 'parentId', c.parent_id, 'author', ${person('author_id')}, 'body', c.body, 'createdAt', c.created_at,
    'editedAt', c.edited_at, 'editedBy', ${person('edited_by_id')}, 'deletedAt', c.deleted_at, 'resolvedAt', c.resolved_at, 'resolvedBy', ${person('resolved_by_id')},
    'replyCount', c.reply_count, 'sequence', c.sequence, 'revisionCount', c.revision_count, 'reactionCount', c.reaction_count, 'attachmentCount', c.attachment_count,
    'promotedToId', c.promoted_to_id, 'promotedToKey', ${itemKey('promoted_to_id')})`
