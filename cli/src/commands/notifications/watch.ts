/** `br notifications watch`: be told of an item, or of a whole project. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface WatchOptions extends ServerOptions {
  off?: boolean
}

export function define(command: Command): void {
  command.argument('[item]', 'of which item (default: the whole project)').option('--off', 'no longer')
  serverOptions(command, { project: true })
  examples(command, [
    ['br notifications watch T3', 'what is said of T3, and what becomes of it'],
    ['br notifications watch T3 --off', 'no longer'],
  ])
}

export async function run(context: Context, { off, ...options }: WatchOptions, [itemId]: string[]): Promise<void> {
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { notifications } = connection.client
  const result = await connection.reading(() => (off === true ? notifications.reset({ projectId, itemId }) : notifications.watch({ projectId, itemId })).orThrow())
  context.out.result(result, () => off === true ? t('{itemKey} is no longer watched', { itemKey: result.interest.itemKey ?? t('The project') }) : t('{itemKey} is watched', { itemKey: result.interest.itemKey ?? t('The project') }))
}
