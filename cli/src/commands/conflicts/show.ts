/** `br conflicts show`: one conflict side by side, and what each decision would do. */
import { examples, planFileOption, serverOptions } from '../../core/command.ts'
import { openConflicts, type ConflictsOptions } from '../../conflicts/open.ts'
import { previewLines } from '../../conflicts/report.ts'
import { sideBySide } from '../../conflicts/side-by-side.ts'
import type { Decision, OpenConflict, Preview } from '../../conflicts/conflict.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<conflict>', 'its id, or the item or item.field that it is about')
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br conflicts show T3.title', 'base, local and remote side by side, and what each decision would change'],
    ['br conflicts show T3 --json', 'with the acceptance criteria that are affected'],
  ])
}

const SIDES = [{ keep: 'local' }, { keep: 'remote' }] as const satisfies readonly Decision[]

export async function run(context: Context, options: ConflictsOptions, [id = '']: string[]): Promise<void> {
  const conflicts = await openConflicts(context, options)
  const shown: { conflict: OpenConflict; previews: Record<'local' | 'remote', Preview> }[] = []
  const lines: string[] = []
  const { style, width } = context.out
  for (const conflict of await conflicts.find([id])) {
    const [local, remote] = [await conflicts.preview(conflict, SIDES[0]), await conflicts.preview(conflict, SIDES[1])]
    const previews = { local, remote }
    const before = await conflicts.before(conflict)
    shown.push({ conflict, previews })
    lines.push(...sideBySide(conflict, width, style), '', ...SIDES.flatMap((side) => previewLines(side, previews[side.keep], before, style)), '')
  }
  context.out.result({ conflicts: shown }, () => lines)
}
