/** `br notifications list`: what you were told in your organisation, the newest first. */
import { t } from '../../text/text.ts'
import type { Notification } from '@buildrunner/sdk'
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { oneLine } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { titleOf } from './title.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  unread?: boolean
  limit: string
}

export function define(command: Command): void {
  command.option('--unread', 'only what is unread').option('--limit <count>', 'at most so many, the newest', '20')
  serverOptions(command, { project: false })
  examples(command, [
    ['br notifications list', 'what you were told last'],
    ['br notifications list --unread --json | jq -r .notifications[].title', 'what is unread, for scripts'],
  ])
}

export async function run(context: Context, { limit, unread, ...options }: ListOptions): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const notifications = await reading(() => client.notifications.list({ ...(unread === true && { unread }), first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ notifications }, () => (notifications.length === 0 ? style.dim(t('Nothing. br notifications watch ID tells you of an item.')) : notifications.map((one) => lineOf(one, style))))
}

function lineOf(notification: Notification, style: Style): string {
  const { id, text, priority, createdAt, readAt } = notification
  const weight = priority === 'HIGH' || priority === 'URGENT' ? style.yellow(priority.toLowerCase()) : style.dim(priority.toLowerCase())
  return [readAt === null ? style.cyan('●') : ' ', style.dim(createdAt.slice(0, 16).replace('T', ' ')), weight, oneLine(titleOf(notification)), text === null ? '' : style.dim(oneLine(text).slice(0, 60)), style.dim(id)].filter(Boolean).join('  ')
}
