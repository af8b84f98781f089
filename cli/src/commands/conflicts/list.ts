/** `br conflicts list`: what waits for a decision. */
import { examples, planFileOption, serverOptions } from '../../core/command.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { openConflicts, type ConflictsOptions } from '../../conflicts/open.ts'
import { listLines } from '../../conflicts/report.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br conflicts list', 'of the plan file, and of edits made elsewhere; exit code 4 when there are any'],
    ['br conflicts list --json | jq -r ".conflicts[].id"', 'their ids'],
  ])
}

export async function run(context: Context, options: ConflictsOptions): Promise<number> {
  const conflicts = await (await openConflicts(context, options)).list()
  context.out.result({ conflicts }, () => listLines(conflicts, context.out.style))
  return conflicts.length > 0 ? EXIT.conflicts : EXIT.ok
}
