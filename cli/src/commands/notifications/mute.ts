/** `br notifications mute`: hear nothing of an item, of a thread, or of a whole project. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface MuteOptions extends ServerOptions {
  off?: boolean
}

export function define(command: Command): void {
  command.argument('[subject]', 'an item, or cmt_... for the thread of a comment (default: the whole project)').option('--off', 'no longer')
  serverOptions(command, { project: true })
  examples(command, [
    ['br notifications mute T3', 'nothing of T3, not even when you are mentioned'],
    ['br notifications mute cmt_01a2008b71a07f2ebe4265f046903171', 'nothing of its thread'],
  ])
}

export async function run(context: Context, { off, ...options }: MuteOptions, [subject]: string[]): Promise<void> {
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { notifications } = connection.client
  const where = subject === undefined ? { projectId } : subject.startsWith('cmt_') ? { projectId, commentId: subject } : { projectId, itemId: subject }
  const result = await connection.reading(() => (off === true ? notifications.reset(where) : notifications.mute(where)).orThrow())
  const { itemKey, threadId } = result.interest
  context.out.result(result, () => off === true ? t('{itemKey} is no longer muted', { itemKey: itemKey ?? (threadId === null ? t('The project') : t('The thread')) }) : t('{itemKey} is muted', { itemKey: itemKey ?? (threadId === null ? t('The project') : t('The thread')) }))
}
