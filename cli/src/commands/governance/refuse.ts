/** `br governance refuse`: disagrees with a change that somebody asked for. */
import { examples, serverOptions } from '../../core/command.ts'
import { decide, type DecideOptions } from '../../governance/decide.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  serverOptions(command.argument('<approval>', 'its id (br governance approvals)').option('--comment <text>', 'what is missing'), { project: false })
  examples(command, [['br governance refuse apr_01a2008b71a07f2ebe4265f046903171 --comment "The guide is missing"', 'it can be asked for anew']])
}

export const run = (context: Context, options: DecideOptions, [approvalId = '']: string[]): Promise<void> => decide('refuse', context, options, approvalId)
