/** Comments as they are read: one row each, with the names that people are shown. */

export interface Person {
  readonly id: string
  readonly name: string
}

/** A comment. Ids are UUIDs, times what Postgres prints. */
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

const IF_ANY = (column: string, select: string): string => `CASE WHEN c.${column} IS NOT NULL THEN (${select} = c.${column}) END`
const nameOf = (column: string): string => IF_ANY(column, 'SELECT u.name FROM users u WHERE u.id')
const keyOf = (column: string): string => IF_ANY(column, 'SELECT i.key FROM plan_items i WHERE i.id')

/** Columns of a comment `c`, in the order that `readRow` expects. Look-ups rather than joins: a page has few rows, whatever the planner thinks. */
export const COMMENT_COLUMNS = [
  'c.id', 'c.project_id', 'c.item_id', keyOf('item_id'), 'c.thread_id', 'c.parent_id', 'c.author_id', nameOf('author_id'), 'c.body', 'c.created_at', 'c.edited_at', 'c.edited_by_id', nameOf('edited_by_id'),
  'c.deleted_at', 'c.resolved_at', 'c.resolved_by_id', nameOf('resolved_by_id'), 'c.reply_count', 'c.sequence', 'c.revision_count', 'c.reaction_count', 'c.attachment_count', 'c.promoted_to_id', keyOf('promoted_to_id'),
].join(', ')

/** A row in Postgres' own text form. */
export type CommentColumns = readonly (string | null)[]

const person = (id: string | null | undefined, name: string | null | undefined): Person | null => (id == null ? null : { id, name: name as string })

/** Reads the columns of `COMMENT_COLUMNS`, starting at `at`. */
export const readRow = (row: CommentColumns, at = 0): CommentRow => ({
  id: row[at] as string,
  projectId: row[at + 1] as string,
  itemId: row[at + 2] as string,
  itemKey: row[at + 3] as string | null,
  threadId: row[at + 4] as string,
  parentId: row[at + 5] as string | null,
  author: { id: row[at + 6] as string, name: row[at + 7] as string },
  body: row[at + 8] as string | null,
  createdAt: row[at + 9] as string,
  editedAt: row[at + 10] as string | null,
  editedBy: person(row[at + 11], row[at + 12]),
  deletedAt: row[at + 13] as string | null,
  resolvedAt: row[at + 14] as string | null,
  resolvedBy: person(row[at + 15], row[at + 16]),
  replyCount: Number(row[at + 17]),
  sequence: Number(row[at + 18]),
  revisionCount: Number(row[at + 19]),
  reactionCount: Number(row[at + 20]),
  attachmentCount: Number(row[at + 21]),
  promotedToId: row[at + 22] as string | null,
  promotedToKey: row[at + 23] as string | null,
})
