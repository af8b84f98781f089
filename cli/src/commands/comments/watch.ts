/** `br comments watch`: what is said in a project, a line each, until Ctrl-C. */
import { NotFoundError, type Comment, type EventMessage, type ProjectEvent } from '@buildrunner/sdk'
import { examples, serverOptions } from '../../core/command.ts'
import { oneLine } from '../../plan/describe.ts'
import { followProject, type FollowOptions } from '../../server/follow.ts'
import { t } from '../../text/text.ts'
import type { Connection } from '../../server/connection.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.option('--since <sequence>', 'begin after this event; 0 for all (default: from now on)')
  serverOptions(command, { project: true })
  examples(command, [
    ['br comments watch', 'what is said from now on, until Ctrl-C'],
    ['br comments watch --json | jq -r .comment.body', 'one JSON object a line'],
  ])
}

/** A promotion is a change of the plan, and is told as one. */
const KINDS = ['comment.*', 'plan.changed']

export const run = (context: Context, options: FollowOptions): Promise<void> =>
  followProject(context, options, {
    kinds: KINDS,
    async write({ event, gap }: EventMessage, connection) {
      const { out } = context
      if (event === null) return out.json ? out.raw(`${JSON.stringify({ gap })}\n`) : out.lines(out.style.yellow(t('Events up to {gap} are gone. br comments list shows what was said.', { gap })))
      const commentId = commentOf(event)
      if (commentId === undefined) return
      const comment = await read(connection, commentId)
      if (out.json) out.raw(`${JSON.stringify({ ...event, comment })}\n`)
      else out.lines(lineOf(event, comment, out.style))
    },
  })

interface CommentData {
  commentId?: string
  itemKey?: string | null
  emoji?: string
  promoted?: { commentId: string; microstepKey: string }
}

const dataOf = ({ data }: ProjectEvent): CommentData => (data ?? {}) as CommentData
const commentOf = (event: ProjectEvent): string | undefined => dataOf(event).promoted?.commentId ?? (event.kind.startsWith('comment.') ? dataOf(event).commentId : undefined)

/** As it is now; null for one that is gone with its project. */
async function read({ client }: Connection, commentId: string): Promise<Comment | null> {
  const { data, error } = await client.comments.get({ commentId })
  if (error !== undefined && !(error instanceof NotFoundError)) throw error
  return data ?? null
}

/** What happened, in a word or two. */
function verbOf(event: ProjectEvent, comment: Comment | null): string {
  const { emoji, promoted } = dataOf(event)
  if (promoted !== undefined) return t('promoted to {microstepKey}', { microstepKey: promoted.microstepKey })
  if (emoji !== undefined) return event.kind === 'comment.reacted' ? emoji : t('no {emoji} any more', { emoji })
  const verb = event.kind.slice('comment.'.length)
  return verb === 'added' && comment?.parentId != null ? 'answered' : verb
}

function lineOf(event: ProjectEvent, comment: Comment | null, style: Style): string {
  const text = comment?.body == null ? style.dim(t('deleted')) : oneLine(comment.body)
  const where = comment?.itemKey ?? dataOf(event).itemKey ?? t('an item that was removed')
  return [style.dim(event.createdAt.slice(0, 16).replace('T', ' ')), style.cyan(where), verbOf(event, comment), style.bold(`${comment?.author.name ?? 'somebody'}:`), text].join('  ')
}
