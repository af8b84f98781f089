/** What the options of `br plan edit` mean for an item: the smallest batch of changes. */
import { PARENT_KIND, type FlatPlan, type Link, type PlanChange, type PlanItem } from '@buildrunner/sdk/plans'
import { failure } from '../core/errors.ts'
import { fieldsFromOptions, parseLink, requireField, unique, type FieldOptions } from './fields.ts'
import { resolveAfter } from './place.ts'
import { requireItem } from './session.ts'
import { t } from '../text/text.ts'
import { kindWord } from './describe.ts'

export interface ItemEdits extends FieldOptions {
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

/** Fields first, then place, then the new id. @throws USAGE when nothing is named, or what the kind of item does not have */
export function editsOf(flat: FlatPlan, item: PlanItem, options: ItemEdits): PlanChange[] {
  const asked = {
    ...fieldsFromOptions(item.kind, options),
    ...listEdits(item, options),
    ...(options.title === undefined ? {} : { title: options.title }),
    ...unsets(item, options.unset),
  }
  const moves = options.parent !== undefined || options.after !== undefined || options.first === true
  if (Object.keys(asked).length === 0 && !moves && options.id === undefined) {
    throw failure('USAGE', { text: t('Nothing to change was named.'), remedy: t('For example: --status done, --title, --estimate 3 (br plan edit --help).') })
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

function moveOf(flat: FlatPlan, item: PlanItem, options: ItemEdits): PlanChange[] {
  const parentId = options.parent ?? item.parentId
  const wanted = PARENT_KIND[item.kind]
  if (parentId !== null && requireItem(flat, parentId).kind !== wanted) {
    throw failure('USAGE', {
      text: t('An item of kind {kind} cannot lie in {parentId}.', { kind: kindWord(item.kind), parentId }),
      remedy: wanted === undefined ? t('Milestones lie at the top of the plan.') : t('Name one of kind {wanted} as --parent.', { wanted: kindWord(wanted) }),
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
      throw failure('USAGE', { text: t('"{field}" cannot be unset.', { field }), remedy: field === 'title' ? t('Give it another one with --title.') : undefined })
    if (item.fields[field] === undefined && !KNOWN.has(field))
      throw failure('USAGE', { text: t('{id} has no field "{name}".', { id: item.id, name }), remedy: t('It has {fields}.', { fields: Object.keys(item.fields).join(', ') }) })
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

function listEdits(item: PlanItem, options: ItemEdits): Record<string, unknown> {
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
        text: t('The list of {field} is both replaced and added to.', { field }),
        remedy: t('Use either the option that replaces it, or --add and --remove.'),
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
