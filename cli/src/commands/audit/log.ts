/** `br audit log`: who did what, newest first. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table } from '../../core/style.ts'
import { connect } from '../../server/connection.ts'
import { chainOf, chainOption, readTime, type ChainOptions } from './options.ts'
import { t } from '../../text/text.ts'
import type { AuditRecord } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export interface LogOptions extends ServerOptions, ChainOptions {
  actor?: string
  action?: string
  target?: string
  from?: string
  to?: string
  limit: string
}

export function define(command: Command): void {
  command
    .option('--actor <user>', 'only what this person did (id)')
    .option('--action <name>', 'only this action, or those that begin with it: member, member.invite')
    .option('--target <target>', 'only what was done to this (id)')
    .option('--from <time>', 'only from this time on')
    .option('--to <time>', 'only before this time')
    .option('--limit <count>', 'at most so many, the newest', '50')
  chainOption(command)
  serverOptions(command, { project: false })
  examples(command, [
    ['br audit log', 'what was done last'],
    ['br audit log --action member --from 2026-11-01', 'who came and went this month'],
    ['br audit log --limit 1000 --json', 'as data'],
  ])
}

export async function run(context: Context, options: LogOptions): Promise<void> {
  const limit = readLimit(options.limit)
  const { actor, action, target } = options
  const query = { chain: chainOf(options), actor, action, target, from: readTime('--from', options.from), to: readTime('--to', options.to), first: pageSize(limit) }
  const { client, reading } = await connect(context, options)
  const records = await reading(() => client.audit.list(query).toArray({ limit }))
  const { style } = context.out
  context.out.result({ records }, () => (records.length === 0 ? style.dim(t('No record matches.')) : table(records.map((record) => row(record, style)))))
}

const when = (time: string): string => time.slice(0, 19).replace('T', ' ')

function row({ createdAt, actor, impersonator, action, targetType, targetId, origin, sequence }: AuditRecord, style: Style): string[] {
  const who = actor === null ? style.dim(t('nobody known')) : `${actor.name}${impersonator === null ? '' : style.yellow(` ${t('(by {name})', { name: impersonator.name })}`)}`
  // What was written in the last second has no place in the chain yet.
  return [style.dim(sequence === null ? '–' : String(sequence)), when(createdAt), who, style.bold(action), `${targetType}${targetId === null ? '' : ` ${targetId}`}`, style.dim(origin)]
}
