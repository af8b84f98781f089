/** `br comments list`: the threads of a project or of one item, with their answers. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect, type Connection } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { ofProjectOrCopy, refreshCopy } from '../../offline/from-copy.ts'
import { reactionsText, when } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Comment } from '@buildrunner/sdk'
import type { OfflineComment } from '@buildrunner/sdk/offline'
import type { Style } from '../../core/style.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  open?: boolean
  resolved?: boolean
  limit: string
}

export function define(command: Command): void {
  command
    .argument('[id]', 'only those on this item')
    .option('--open', 'only threads that are not resolved')
    .option('--resolved', 'only resolved threads')
    .option('--limit <count>', 'at most so many threads, the newest', '20')
  serverOptions(command, { project: true })
  examples(command, [
    ['br comments list', 'what was talked about last'],
    ['br comments list T3 --open', 'what is still to be answered on T3'],
  ])
}

/** What is shown of a comment; a copy has no more than the first part. */
type Shown = Omit<OfflineComment, 'threadId' | 'parentId' | 'deletedAt' | 'pending'> & Partial<Pick<Comment, 'resolvedBy'>>

interface Thread {
  first: Shown
  replies: Shown[]
}

export async function run(context: Context, options: ListOptions, [itemId]: string[]): Promise<void> {
  const limit = readLimit(options.limit)
  if (options.open === true && options.resolved === true) throw failure('USAGE', { text: t('--open and --resolved exclude each other.') })
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const resolved = options.resolved === true ? true : options.open === true ? false : undefined
  const ask = (): Promise<Thread[]> => read(connection, { projectId, itemId, resolved, first: pageSize(limit) }, limit)
  const place = { baseUrl: connection.settings.baseUrl, projectId }
  const { data: threads, asOf } =
    itemId === undefined
      ? { data: await ask() }
      : await ofProjectOrCopy(context, place, ask, async (offline) => {
          const { data, asOf: age } = await offline.comments.list(itemId, { from: 'cache' })
          return { data: threadsOf(data, resolved).slice(0, limit), asOf: age }
        })
  context.out.result({ threads: threads.map(({ first, replies }) => ({ ...first, replies })), ...(asOf !== undefined && { asOf }) }, () =>
    threads.length === 0
      ? context.out.style.dim(itemId === undefined ? t('No comments. br comments add ID TEXT writes one.') : t('No comments on {itemId}.', { itemId }))
      : threads.flatMap((thread, index) => [...(index > 0 ? [''] : []), ...threadLines(thread, context.out.style)]),
  )
  const isWhole = asOf === undefined && resolved === undefined && threads.length < limit
  if (itemId !== undefined && isWhole) await refreshCopy(context, place, (offline) => offline.comments.keep(itemId, threads.flatMap(({ first, replies }) => [first, ...replies] as Comment[])))
}

/** Threads of a copy, newest first. */
function threadsOf(comments: readonly OfflineComment[], resolved: boolean | undefined): Thread[] {
  const firsts = comments.filter(({ parentId, resolvedAt }) => parentId === null && (resolved === undefined || resolved === (resolvedAt !== null)))
  return firsts.toReversed().map((first) => ({ first, replies: comments.filter(({ parentId, threadId }) => parentId !== null && threadId === first.id) }))
}

const read = ({ client, reading }: Connection, query: { projectId: string; itemId: string | undefined; resolved: boolean | undefined; first: number }, limit: number): Promise<Thread[]> =>
  reading(async () => {
    const threads = await client.comments.list(query).toArray({ limit })
    return Promise.all(threads.map(async (first) => ({ first, replies: first.replyCount === 0 ? [] : await client.comments.replies({ commentId: first.id, first: 100 }).toArray() })))
  })

function commentLines(comment: Shown, indent: string, style: Style): string[] {
  const { author, body, createdAt, editedAt, id, unread = false, attachments = [], promotedToKey = null } = comment
  const text = body === null ? [style.dim(t('deleted'))] : body.trimEnd().split('\n')
  const parts = [...attachments.map(({ url, title }) => (title === null ? url : `${title}: ${url}`)), ...(promotedToKey === null ? [] : [t('promoted to {promotedToKey}', { promotedToKey })]), reactionsText(comment)]
  const head = `${unread ? style.cyan('● ') : ''}${style.bold(author?.name ?? t('you'))}  ${style.dim(`${when(createdAt)}${editedAt === null ? '' : ', edited'}  ${id}`)}`
  return [head, ...text.map((line) => `  ${line}`), ...parts.filter((part) => part !== '').map((part) => `  ${style.dim(part)}`)].map((line) => `${indent}${line}`)
}

function threadLines({ first, replies }: Thread, style: Style): string[] {
  const { itemKey, resolvedAt, resolvedBy } = first
  const state = resolvedAt === null ? '' : `  ${style.green('✓')} ${style.dim(t('resolved by {name}, {resolvedAt}', { name: resolvedBy?.name ?? t('somebody'), resolvedAt: when(resolvedAt) }))}`
  const head = `${style.cyan(itemKey ?? t('an item that was removed'))}  ${style.dim(t('{count, plural, one {# answer} other {# answers}}', { count: replies.length }))}${state}`
  return [head, ...commentLines(first, '  ', style), ...replies.flatMap((reply) => commentLines(reply, '    ', style))]
}
