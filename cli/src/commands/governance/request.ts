/** `br governance request`: asks for approval of a change; once granted, the very same change can be made. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { askedOf, changeOptions, type ChangeOptions } from '../../governance/change.ts'
import { approvalLines } from '../../governance/describe.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RequestOptions extends ServerOptions, ChangeOptions {
  reason: string
}

export function define(command: Command): void {
  command.argument('[id]', 'the item').requiredOption('--reason <text>', 'why, for those who decide')
  changeOptions(command)
  serverOptions(command, { project: true })
  examples(command, [['br governance request T-12 --status done --reason "Reviewed with Ben"', 'of every rule that wants approval of it']])
}

export async function run(context: Context, { reason, ...options }: RequestOptions, [item]: string[]): Promise<void> {
  const asked = askedOf(options, item)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { approvals } = await connection.ask(connection.client.governance.requestApproval({ projectId, reason, ...asked }))
  context.out.result({ approvals }, () => approvals.flatMap((approval) => approvalLines(approval, context.out.style)))
}
