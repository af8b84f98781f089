/** `br governance refuse`: disagrees with a change that somebody asked for. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { approvalLines } from '../../governance/describe.ts'
import { connect } from '../../server/connection.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RefuseOptions extends ServerOptions {
  comment?: string
}

export function define(command: Command): void {
  command.argument('<approval>', 'its id (br governance approvals)').option('--comment <text>', 'what is missing')
  serverOptions(command, { project: false })
  examples(command, [['br governance refuse apr_01a2008b71a07f2ebe4265f046903171 --comment "The guide is missing"', 'it can be asked for anew']])
}

export async function run(context: Context, { comment, ...options }: RefuseOptions, [approvalId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { approval } = await ask(client.governance.refuse({ approvalId, comment }))
  context.out.result({ approval }, () => approvalLines(approval, context.out.style))
}
