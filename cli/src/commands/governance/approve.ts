/** `br governance approve`: agrees to a change that somebody else asked for. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { approvalLines } from '../../governance/describe.ts'
import { connect } from '../../server/connection.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ApproveOptions extends ServerOptions {
  comment?: string
}

export function define(command: Command): void {
  command.argument('<approval>', 'its id (br governance approvals)').option('--comment <text>', 'for the record')
  serverOptions(command, { project: false })
  examples(command, [['br governance approve apr_01a2008b71a07f2ebe4265f046903171 --comment "Looks right"', 'nobody agrees to what they asked for']])
}

export async function run(context: Context, { comment, ...options }: ApproveOptions, [approvalId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { approval } = await ask(client.governance.approve({ approvalId, comment }))
  context.out.result({ approval }, () => approvalLines(approval, context.out.style))
}
