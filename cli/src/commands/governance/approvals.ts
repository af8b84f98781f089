/** `br governance approvals`: what waits for approval, and what was decided. */
import { Option, type Command } from 'commander'
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { approvalLines } from '../../governance/describe.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { GovernanceListApprovalsVariables } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'

export interface ApprovalsOptions extends ServerOptions {
  status: string
  item?: string
  limit: string
}

export function define(command: Command): void {
  command
    .addOption(new Option('--status <status>', 'what became of them').choices(['pending', 'granted', 'refused', 'expired', 'all']).default('pending'))
    .option('--item <id>', 'of one item')
    .option('--limit <count>', 'at most so many, the newest', '50')
  serverOptions(command, { project: true })
  examples(command, [
    ['br governance approvals', 'what waits'],
    ['br governance approvals --status all --item T-12', 'everything about one item'],
  ])
}

export async function run(context: Context, { status, item, limit, ...options }: ApprovalsOptions): Promise<void> {
  const count = readLimit(limit)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const filter = status === 'all' ? undefined : (status.toUpperCase() as GovernanceListApprovalsVariables['status'])
  const approvals = await connection.reading(() => connection.client.governance.listApprovals({ projectId, status: filter, itemKey: item, first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ approvals }, () => (approvals.length === 0 ? style.dim(t('None.')) : approvals.flatMap((approval) => approvalLines(approval, style))))
}
