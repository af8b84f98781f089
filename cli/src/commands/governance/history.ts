/** `br governance history`: the versions of the policy, the newest first. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { when } from '../../governance/describe.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface HistoryOptions extends ServerOptions {
  limit: string
}

export function define(command: Command): void {
  command.option('--limit <count>', 'at most so many, the newest', '50')
  serverOptions(command, { project: true })
  examples(command, [['br governance history', 'who changed the rules, when and why']])
}

export async function run(context: Context, { limit, ...options }: HistoryOptions): Promise<void> {
  const count = readLimit(limit)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const versions = await connection.reading(() => connection.client.governance.listVersions({ projectId, first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ versions }, () => (versions.length === 0
    ? style.dim(t('The project has no rules of its own.'))
    : versions.map(({ version, current, author, reason, createdAt }) => `${String(version).padStart(3)}${current ? style.green('*') : ' '} ${when(createdAt)}  ${author.name}  ${reason}`)))
}
