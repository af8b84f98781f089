/** `br governance approve`: agrees to a change that somebody else asked for. */
import { examples, serverOptions } from '../../core/command.ts'
import { decide, type DecideOptions } from '../../governance/decide.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  serverOptions(command.argument('<approval>', 'its id (br governance approvals)').option('--comment <text>', 'for the record'), { project: false })
  examples(command, [['br governance approve apr_01a2008b71a07f2ebe4265f046903171 --comment "Looks right"', 'nobody agrees to what they asked for']])
}

export const run = (context: Context, options: DecideOptions, [approvalId = '']: string[]): Promise<void> => decide('approve', context, options, approvalId)
