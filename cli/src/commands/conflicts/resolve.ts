/** `br conflicts resolve`: decides conflicts by flags, or one after the other on a terminal. */
import { Option, type Command } from 'commander'
import { examples, planFileOption, serverOptions } from '../../core/command.ts'
import { editText } from '../../core/editor.ts'
import { failure } from '../../core/errors.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { parseValue, requireMergeable, withMarks, withoutMarks } from '../../conflicts/by-hand.ts'
import { decide, type Decided } from '../../conflicts/decide.ts'
import { openConflicts, type ConflictsOptions } from '../../conflicts/open.ts'
import { decisionText, previewLines } from '../../conflicts/report.ts'
import { placeOf, type Decision, type OpenConflict } from '../../conflicts/conflict.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'

export interface ResolveOptions extends ConflictsOptions {
  keep?: 'local' | 'remote'
  merge?: string
  edit?: boolean
  all?: boolean
  dryRun?: boolean
}

export function define(command: Command): void {
  command
    .argument('[conflicts...]', 'ids, or the items or item.field that they are about (on a terminal default: all, one by one)')
    .addOption(new Option('--keep <side>', 'the side that stands').choices(['local', 'remote']))
    .option('--merge <value>', 'a value made of both: text, or JSON where the field is no text')
    .option('--edit', 'make the value in your editor (VISUAL or EDITOR)')
    .option('--all', 'with --keep: every conflict')
    .option('--dry-run', 'show what would change, and the acceptance criteria affected; decide nothing')
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br conflicts resolve', 'on a terminal: side by side, one after the other'],
    ['br conflicts resolve T3.title --keep remote', 'for scripts; exit code 4 when conflicts are left'],
    ['br conflicts resolve T3.title --merge "Form, with captcha"', 'neither side alone'],
    ['br conflicts resolve --all --keep local --dry-run', 'what would happen'],
  ])
}

export async function run(context: Context, options: ResolveOptions, ids: string[]): Promise<number> {
  checkOptions(context, options, ids)
  const conflicts = await openConflicts(context, options)
  const chosen = ids.length > 0 ? await conflicts.find(ids) : await conflicts.list()
  const decided: Decided[] = []
  const told: string[] = []
  const { style } = context.out
  for (const conflict of chosen) {
    const decision = await decisionFor(context, options, conflict, chosen.length)
    const next = decision === undefined ? await decide(context, conflicts, conflict) : { conflict, decision, preview: await conflicts.preview(conflict, decision) }
    if (next === undefined) continue
    const place = style.bold(placeOf(conflict))
    if (options.dryRun === true) told.push(place, ...previewLines(next.decision, next.preview, await conflicts.before(conflict), style).map((line) => `  ${line}`))
    else {
      await conflicts.resolve(conflict, next.decision)
      told.push(`${style.green('✓')} ${place}  ${decisionText(next.decision)}`)
    }
    decided.push(next)
  }
  const left = (await conflicts.list()).length
  context.out.result({ dryRun: options.dryRun === true, decided, left }, () => [...told, ...summary(options, left, style)])
  return left > 0 ? EXIT.conflicts : EXIT.ok
}

function checkOptions(context: Context, { keep, merge, edit, all }: ResolveOptions, ids: readonly string[]): void {
  const ways = [keep !== undefined, merge !== undefined, edit === true].filter(Boolean).length
  if (ways > 1) throw failure('USAGE', { text: t('--keep, --merge and --edit exclude each other.') })
  if (all === true && (ids.length > 0 || keep === undefined)) throw failure('USAGE', { text: t('--all goes with --keep, and without naming conflicts.') })
  if (ways === 0 && !context.interactive) throw failure('NEEDS_TERMINAL', { what: 'A decision', remedy: t('Pass --keep local, --keep remote or --merge VALUE.') })
  if (ways === 1 && all !== true && ids.length === 0) throw failure('USAGE', { text: t('No conflict is named.'), remedy: t('Name them (br conflicts list), or pass --all with --keep.') })
}

/** What the flags say; undefined when a person is to be asked. */
async function decisionFor(context: Context, { keep, merge, edit }: ResolveOptions, conflict: OpenConflict, count: number): Promise<Decision | undefined> {
  if (keep !== undefined) return { keep }
  if (merge === undefined && edit !== true) return undefined
  requireMergeable(conflict)
  if (count > 1) throw failure('USAGE', { text: t('One value cannot be for several conflicts.'), remedy: t('Name one: {conflict}, for example.', { conflict: placeOf(conflict) }) })
  return { merge: merge === undefined ? parseValue(conflict, withoutMarks(await editText(context, 'conflict.txt', withMarks(conflict))), '--edit') : parseValue(conflict, merge) }
}

function summary({ dryRun }: ResolveOptions, left: number, style: Style): string[] {
  const rest = left === 0 ? `${style.green('✓')} ${t('no conflicts are left')}` : `${style.yellow('!')} ${t('{left, plural, one {# conflict} other {# conflicts}} left', { left })}`
  return [rest, ...(dryRun === true ? [style.dim(t('Nothing was decided (--dry-run).'))] : [])]
}
