/** Reactions: one emoji of one person on one comment, each once. */
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import type { CommentRow, Person } from './rows.ts'
import { changeNamed, commentWith, readAbout, requirePresent } from './write.ts'
import type { CommentRequest, CommentWritten } from './write.ts'

/** Different emoji on one comment. */
export const MAX_EMOJI = 50
/** How many of those who reacted are named. */
export const NAMED_PEOPLE = 10

/** One emoji as Unicode recommends it for interchange (UTS #51), joined ones and flags included. The flag `v` is newer than the compiler's target. */
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v')
const EMOJI_PRESENTATION = '\uFE0F'

/**
 * The emoji as it is stored. Some keyboards leave out the character that asks for the coloured form: ❤ is ❤️.
 *
 * @throws ValidationError for anything but one emoji
 */
export function readEmoji(text: string): string {
  const emoji = [text, text + EMOJI_PRESENTATION].find((candidate) => EMOJI.test(candidate))
  if (emoji === undefined) throw new ValidationError('A reaction is one emoji.', ['emoji'])
  return emoji
}

interface About {
  /** Whether the person has reacted with this emoji. */
  readonly mine: boolean
  /** How many other emoji there are on the comment. */
  readonly others: number
}

const REACTIONS = commentWith<About>(
  'reactions',
  `(SELECT json_build_object('mine', coalesce(bool_or(r.emoji = $5::text AND r.user_id = $3::uuid), false), 'others', count(DISTINCT r.emoji) FILTER (WHERE r.emoji <> $5::text))
    FROM comment_reactions r WHERE r.comment_id = c.id)`,
)
const REACT: Omit<RowChange, 'values'> = {
  name: 'comment-react',
  text: (p) => `INSERT INTO comment_reactions (comment_id, emoji, user_id, organisation_id, project_id, created_at)
    SELECT ${p(1)}::uuid, ${p(2)}::text, $6::uuid, $3::uuid, $1::uuid, $10::timestamptz FROM head`,
}
const UNREACT: Omit<RowChange, 'values'> = {
  name: 'comment-unreact',
  text: (p) => `DELETE FROM comment_reactions r USING head WHERE r.comment_id = ${p(1)}::uuid AND r.emoji = ${p(2)}::text AND r.user_id = $6::uuid`,
}
const COUNT: Omit<RowChange, 'values'> = {
  name: 'comment-reactions',
  text: (p) => `UPDATE comments SET reaction_count = reaction_count + ${p(2)}::int FROM head WHERE id = ${p(1)}::uuid`,
}

export interface ReactToComment extends CommentRequest {
  readonly emoji: string
}

/** Adds a reaction; nothing happens where the person has reacted so already. */
export async function reactToComment(ctx: Context, input: ReactToComment): Promise<CommentWritten> {
  const emoji = readEmoji(input.emoji)
  return changeNamed(ctx, input, {
    action: 'comment.react',
    read: () => readAbout(ctx, input, REACTIONS, [emoji]),
    decide(target) {
      requirePresent(target)
      const commentId = target.id as string
      if (target.about.mine) return commentId
      if (target.about.others >= MAX_EMOJI) throw new ValidationError(`A comment has at most ${MAX_EMOJI} different reactions. Use one that is there.`, ['emoji'])
      const rows = [{ ...REACT, values: [commentId, emoji] }, { ...COUNT, values: [commentId, 1] }]
      return { kind: 'reacted', commentId, before: null, after: { emoji }, data: { emoji }, rows }
    },
  })
}

/** Takes a reaction back; nothing happens where there is none. */
export async function unreactToComment(ctx: Context, input: ReactToComment): Promise<CommentWritten> {
  const emoji = readEmoji(input.emoji)
  return changeNamed(ctx, input, {
    action: 'comment.unreact',
    read: () => readAbout(ctx, input, REACTIONS, [emoji]),
    decide(target) {
      const commentId = target.id as string
      if (!target.about.mine) return commentId
      const rows = [{ ...UNREACT, values: [commentId, emoji] }, { ...COUNT, values: [commentId, -1] }]
      return { kind: 'unreacted', commentId, before: { emoji }, after: null, data: { emoji }, rows }
    },
  })
}

/** Everybody who reacted with one emoji. */
export interface ReactionGroup {
  readonly emoji: string
  readonly count: number
  readonly mine: boolean
  /** The first ones. */
  readonly people: readonly Person[]
}

interface GroupRow extends ReactionGroup {
  comment_id: string
}

const OF_COMMENTS = statement<GroupRow>(
  'comments:reactions',
  `SELECT r.comment_id, r.emoji, count(*)::int AS count, bool_or(r.user_id = $2::uuid) AS mine,
     json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY r.place) FILTER (WHERE r.place <= ${NAMED_PEOPLE}) AS people
   FROM (SELECT *, row_number() OVER (PARTITION BY comment_id, emoji ORDER BY created_at, user_id) AS place FROM comment_reactions
     WHERE comment_id = ANY($1::uuid[]) AND organisation_id = $3::uuid) r JOIN users u ON u.id = r.user_id
   GROUP BY r.comment_id, r.emoji ORDER BY r.comment_id, min(r.created_at), r.emoji`,
)

/** The reactions to a comment by emoji, the first one first; for all comments of a request in one statement. */
export async function reactionsOf(ctx: Context, comment: CommentRow): Promise<readonly ReactionGroup[]> {
  const actor = requirePermission(ctx, 'comments.read')
  if (comment.reactionCount === 0) return []
  const found = await batched(ctx, 'comments:reactions', comment.id, async (ids) =>
    Map.groupBy(await ctx.db.query(OF_COMMENTS, [ids, actor.userId, actor.organisationId]), (row) => row.comment_id),
  )
  return found ?? []
}
