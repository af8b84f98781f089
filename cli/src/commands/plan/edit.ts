/** `br plan edit`: fields, place and id of one item; without one the whole plan, in an editor. */
import { append, collect, examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { openWorkingCopy } from '../../offline/working-copy.ts'
import { changeLines } from '../../plan/describe.ts'
import { editsOf, type ItemEdits } from '../../plan/edits.ts'
import { fieldOptions } from '../../plan/fields.ts'
import { editInEditor } from '../../plan/in-editor.ts'
import { requireItem } from '../../plan/session.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface EditOptions extends ItemEdits, PlanFileOptions, ServerOptions {
  offline?: boolean
}

export function define(command: Command): void {
  command.argument('[id]', 'the item (default: the whole plan, in your editor)').option('--title <text>', 'title')
  fieldOptions(command)
    .option('--add-depends-on <ids>', 'add dependencies', collect)
    .option('--remove-depends-on <ids>', 'remove dependencies', collect)
    .option('--add-label <labels>', 'add labels', collect)
    .option('--remove-label <labels>', 'remove labels', collect)
    .option('--add-link <url>', 'add a link', append)
    .option('--remove-link <url>', 'remove a link', append)
    .option('--add-criterion <text>', 'add an acceptance criterion', append)
    .option('--remove-criterion <text>', 'remove an acceptance criterion, by its id or text', append)
    .option('--unset <fields>', 'remove fields', collect)
    .option('--id <new-id>', 'rename it; dependencies on it follow')
    .option('--parent <id>', 'move it there')
    .option('--after <id>', 'move it after this one')
    .option('--first', 'move it to the first place')
    .option('--offline', 'ask no server; without a plan file: edit the project as this device has it, br sync sends it')
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br plan edit T3 --status done', 'set the status'],
    ['br plan edit T3 --title "Form" --estimate 2/4/8', 'several fields at once'],
    ['br plan edit T3 --add-label ui --remove-depends-on T1', 'change lists by element'],
    ['br plan edit T3 --unset assignee,notes', 'remove fields'],
    ['br plan edit T3 --parent S5 --first', 'move it'],
    ['br plan edit T3 --id form', 'rename it'],
    ['br plan edit --offline', 'the whole plan in your editor (VISUAL or EDITOR)'],
    ['br plan edit T3 --status done --offline --project shop', 'without a plan file: queued until br sync'],
  ])
}

export async function run(context: Context, options: EditOptions, [id]: string[]): Promise<void> {
  if (id === undefined) refuseEdits(options)
  const copy = await openWorkingCopy(context, options)
  const { before, changes, queued } =
    id === undefined ? await editInEditor(context, copy) : await copy.change((flat) => editsOf(flat, requireItem(flat, id), options))
  const { style } = context.out
  context.out.result({ id: options.id ?? id ?? null, changes, ...(queued !== undefined && { queued }) }, () =>
    changes.length === 0
      ? t('{id} is like that already.', { id: id ?? t('The plan') })
      : [...changeLines(changes, before, style), ...(queued === undefined ? [] : [style.dim(t('{queued} queued; br sync sends them', { queued }))])],
  )
}

/** Without an item the editor says what changes; options that name a change were meant for an item. */
function refuseEdits({ file: _file, project: _project, baseUrl: _baseUrl, offline: _offline, ...edits }: EditOptions): void {
  const [named] = Object.keys(edits).filter((name) => name !== 'json')
  if (named !== undefined) throw failure('USAGE', { text: t('No item is named.'), remedy: t('Say which: br plan edit ID ... (br plan show lists every id).') })
}
