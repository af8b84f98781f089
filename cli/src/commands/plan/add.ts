/** `br plan add`: a new milestone, step or microstep. */
import { CHILD_KIND, suggestId, type DocumentItem, type FlatPlan, type ItemKind, type PlanChange } from '@buildrunner/sdk/plans'
import { examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { fieldOptions, fieldsFromOptions, type FieldOptions } from '../../plan/fields.ts'
import { resolveAfter } from '../../plan/place.ts'
import { changePlan, requireItem } from '../../plan/session.ts'
import { t } from '../../text/text.ts'
import { kindWord } from '../../plan/describe.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface AddOptions extends FieldOptions, PlanFileOptions {
  parent?: string
  id?: string
  after?: string
  first?: boolean
}

export function define(command: Command): void {
  command
    .argument('<title>', 'one line that says what it is')
    .option('--parent <id>', 'the milestone or step it goes into; without it a milestone is added')
    .option('--id <new-id>', 'its id (default: one that fits those around it)')
    .option('--after <id>', 'put it after this one (default: last)')
    .option('--first', 'put it first')
  fieldOptions(command)
  planFileOption(command)
  examples(command, [
    ['br plan add "Beta"', 'a milestone, last'],
    ['br plan add "Sign-in" --parent M2', 'a step in milestone M2'],
    ['br plan add "Form" --parent S4 --estimate 2/4/8', 'a microstep with a three-point estimate'],
    ['br plan add "Guide" --parent S4 --depends-on T3 --label docs', 'with a dependency and a label'],
  ])
}

export async function run(context: Context, options: AddOptions, [title = '']: string[]): Promise<void> {
  const workspace = findWorkspace(context.cwd, options.file)
  if (title.trim() === '') throw failure('USAGE', { text: t('The title is empty.'), remedy: t('Say in one line what it is: br plan add "Sign-in works".') })
  let added: { id: string; kind: ItemKind; parentId: string | null } | undefined
  await changePlan(workspace, ({ flat }) => {
    const change = addition(flat, title, options)
    added = { id: change.item.id, kind: change.kind, parentId: change.parentId }
    return [change]
  })
  const { id, kind, parentId } = added as NonNullable<typeof added>
  context.out.result(
    { id, kind, parentId },
    () => `${context.out.style.green('+')} ${kindWord(kind)} ${context.out.style.bold(id)}${parentId === null ? '' : ` ${t('in {parentId}', { parentId })}`}`,
  )
}

function addition(flat: FlatPlan, title: string, options: AddOptions): Extract<PlanChange, { op: 'add' }> {
  const parentId = options.parent ?? null
  const kind = parentId === null ? 'milestone' : CHILD_KIND[requireItem(flat, parentId).kind]
  if (kind === undefined)
    throw failure('USAGE', { text: t('{parentId} is a microstep: nothing goes into it.', { parentId }), remedy: t('Name a milestone or a step as --parent.') })
  const id = options.id ?? suggestId(flat, title, parentId)
  if (flat.items.has(id)) throw failure('USAGE', { text: t('The plan already has an item "{id}".', { id }), remedy: t('Choose another --id, or leave it out.') })
  const item = { id, title, ...fieldsFromOptions(kind, options) } as DocumentItem
  return { op: 'add', kind, parentId, after: resolveAfter(flat, parentId, options), item }
}
