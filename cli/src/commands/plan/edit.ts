/** `br plan edit`: fields, place and id of one item. */
import { PARENT_KIND, type FlatPlan, type Link, type PlanChange, type PlanItem } from '@buildrunner/sdk/plans'
import { append, collect, examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { changeLines } from '../../plan/describe.ts'
import { fieldOptions, fieldsFromOptions, parseLink, requireField, unique, type FieldOptions } from '../../plan/fields.ts'
import { resolveAfter } from '../../plan/place.ts'
import { changePlan, requireItem } from '../../plan/session.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface EditOptions extends FieldOptions, PlanFileOptions {
  title?: string
  addDependsOn?: string[]
  removeDependsOn?: string[]
  addLabel?: string[]
  removeLabel?: string[]
  addLink?: string[]
  removeLink?: string[]
  addCriterion?: string[]
  removeCriterion?: string[]
  unset?: string[]
  id?: string
  parent?: string
  after?: string
  first?: boolean
}

export function define(command: Command): void {
  command.argument('<id>', 'the item').option('--title <text>', 'title')
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
  planFileOption(command)
  examples(command, [
    ['br plan edit T3 --status done', 'set the status'],
    ['br plan edit T3 --title "Form" --estimate 2/4/8', 'several fields at once'],
    ['br plan edit T3 --add-label ui --remove-depends-on T1', 'change lists by element'],
    ['br plan edit T3 --unset assignee,notes', 'remove fields'],
    ['br plan edit T3 --parent S5 --first', 'move it'],
    ['br plan edit T3 --id form', 'rename it'],
  ])
}

export async function run(context: Context, options: EditOptions, [id = '']: string[]): Promise<void> {
  const { before, changes } = await changePlan(findWorkspace(context.cwd, options.file), ({ flat }) => editsOf(flat, requireItem(flat, id), options))
  context.out.result({ id: options.id ?? id, changes }, () =>
    changes.length === 0 ? `${id} is like that already.` : changeLines(changes, before.flat, context.out.style),
  )
}

/** The smallest batch that does what the options say: fields first, then place, then the new id. */
function editsOf(flat: FlatPlan, item: PlanItem, options: EditOptions): PlanChange[] {
  const asked = {
    ...fieldsFromOptions(item.kind, options),
    ...listEdits(item, options),
    ...(options.title === undefined ? {} : { title: options.title }),
    ...unsets(item, options.unset),
  }
  const moves = options.parent !== undefined || options.after !== undefined || options.first === true
  if (Object.keys(asked).length === 0 && !moves && options.id === undefined) {
    throw failure('USAGE', { text: 'Nothing to change was named.', remedy: 'For example: --status done, --title, --estimate 3 (br plan edit --help).' })
  }
  const changes: PlanChange[] = []
  const set = Object.fromEntries(Object.entries(asked).filter(([field, value]) => !sameValue(field, item.fields[field], value)))
  if (Object.keys(set).length > 0) changes.push({ op: 'update', id: item.id, set })
  if (moves) changes.push(...moveOf(flat, item, options))
  if (options.id !== undefined && options.id !== item.id) changes.push({ op: 'rename', id: item.id, to: options.id })
  return changes
}

/** Absent, null, an empty list and the default status say the same. */
function sameValue(field: string, before: unknown, after: unknown): boolean {
  const plain = (value: unknown): unknown =>
    value == null || (Array.isArray(value) && value.length === 0) || (field === 'status' && value === 'todo') ? null : value
  return JSON.stringify(plain(before)) === JSON.stringify(plain(after))
}

function moveOf(flat: FlatPlan, item: PlanItem, options: EditOptions): PlanChange[] {
  const parentId = options.parent ?? item.parentId
  const wanted = PARENT_KIND[item.kind]
  if (parentId !== null && requireItem(flat, parentId).kind !== wanted) {
    throw failure('USAGE', {
      text: `A ${item.kind} cannot lie in ${parentId}.`,
      remedy: wanted === undefined ? 'Milestones lie at the top of the plan.' : `Name a ${wanted} as --parent.`,
    })
  }
  const after = resolveAfter(flat, parentId, options, item.id)
  const siblings = flat.children.get(parentId) ?? []
  const place = siblings.indexOf(item.id)
  if (parentId === item.parentId && (place > 0 ? siblings[place - 1] : null) === after) return []
  return [{ op: 'move', id: item.id, parentId, after }]
}

const REQUIRED = new Set(['id', 'title', 'steps', 'microsteps'])

function unsets(item: PlanItem, fields: readonly string[] | undefined): Record<string, null> {
  const out: Record<string, null> = {}
  for (const name of fields ?? []) {
    const field = ALIASES[name] ?? name
    if (REQUIRED.has(field))
      throw failure('USAGE', { text: `"${field}" cannot be unset.`, remedy: field === 'title' ? 'Give it another one with --title.' : undefined })
    if (item.fields[field] === undefined && !KNOWN.has(field))
      throw failure('USAGE', { text: `${item.id} has no field "${name}".`, remedy: `It has ${Object.keys(item.fields).join(', ')}.` })
    requireField(item.kind, field)
    out[field] = null
  }
  return out
}

/** The names of options are accepted for the fields they set. */
const ALIASES: Readonly<Record<string, string>> = {
  'depends-on': 'dependsOn',
  label: 'labels',
  link: 'links',
  criterion: 'acceptanceCriteria',
  criteria: 'acceptanceCriteria',
  due: 'dueDate',
}
const KNOWN = new Set([
  'description',
  'status',
  'dependsOn',
  'assignee',
  'labels',
  'priority',
  'estimate',
  'links',
  'notes',
  'acceptanceCriteria',
  'phase',
  'dueDate',
  'renamedFrom',
])

function listEdits(item: PlanItem, options: EditOptions): Record<string, unknown> {
  const { fields } = item
  const out: Record<string, unknown> = {}
  const edit = <T>(
    field: string,
    replaced: unknown,
    before: readonly T[] | undefined,
    added: readonly T[] | undefined,
    keep: (entry: T) => boolean,
    touched: boolean,
  ): void => {
    if (!touched) return
    if (replaced !== undefined)
      throw failure('USAGE', {
        text: `The list of ${field} is both replaced and added to.`,
        remedy: 'Use either the option that replaces it, or --add and --remove.',
      })
    out[field] = [...(before ?? []).filter(keep), ...(added ?? [])]
  }
  const gone = (list: readonly string[] | undefined) => (entry: string) => list?.includes(entry) !== true
  edit(
    'dependsOn',
    options.dependsOn,
    fields.dependsOn,
    missing(options.addDependsOn, fields.dependsOn),
    gone(options.removeDependsOn),
    Boolean(options.addDependsOn ?? options.removeDependsOn),
  )
  edit(
    'labels',
    options.label,
    fields.labels,
    missing(options.addLabel, fields.labels),
    gone(options.removeLabel),
    Boolean(options.addLabel ?? options.removeLabel),
  )
  const links = options.addLink?.map(parseLink).filter((link: Link) => fields.links?.some((known) => known.url === link.url) !== true)
  edit('links', options.link, fields.links, links, (link) => options.removeLink?.includes(link.url) !== true, Boolean(options.addLink ?? options.removeLink))
  const criteria = options.addCriterion?.filter((text) => fields.acceptanceCriteria?.some((known) => known.text === text) !== true).map((text) => ({ text }))
  const stays = (entry: { id?: string | undefined; text: string }): boolean =>
    options.removeCriterion?.some((name) => name === entry.id || name === entry.text) !== true
  edit('acceptanceCriteria', options.criterion, fields.acceptanceCriteria, criteria, stays, Boolean(options.addCriterion ?? options.removeCriterion))
  return out
}

const missing = (added: readonly string[] | undefined, before: readonly string[] | undefined): string[] =>
  unique(added ?? []).filter((entry) => before?.includes(entry) !== true)
