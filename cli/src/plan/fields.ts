/** The options that set an item's fields, shared by `plan add` and `plan edit`, and what they mean for the plan. */
import { Option, type Command } from 'commander'
import { PRIORITIES, STATUSES, type AcceptanceCriterion, type Estimate, type ItemFields, type ItemKind, type Link } from '@buildrunner/sdk/plans'
import { append, collect } from '../core/command.ts'
import { failure } from '../core/errors.ts'
import { t } from '../text/text.ts'
import { kindWord } from './describe.ts'

export interface FieldOptions {
  description?: string
  status?: string
  dependsOn?: string[]
  assignee?: string
  label?: string[]
  priority?: string
  estimate?: string
  link?: string[]
  notes?: string
  criterion?: string[]
  phase?: string
  due?: string
}

export function fieldOptions(command: Command): Command {
  return command
    .option('--description <text>', 'description (markdown)')
    .addOption(new Option('--status <status>', 'status (microsteps)').choices(STATUSES))
    .option('--depends-on <ids>', 'ids that must be finished first; replaces the list', collect)
    .option('--assignee <name>', 'who does it')
    .option('--label <labels>', 'labels; replaces the list', collect)
    .addOption(new Option('--priority <priority>', 'priority').choices(PRIORITIES))
    .option('--estimate <hours>', 'hours, or optimistic/likely/pessimistic: 3 or 2/4/8 (microsteps)')
    .option('--link <url>', 'URL or path, with a title after a space; replaces the list', append)
    .option('--notes <text>', 'notes (markdown)')
    .option('--criterion <text>', 'acceptance criterion; replaces the list', append)
    .option('--phase <label>', 'label that groups milestones (milestones)')
    .option('--due <date>', 'due date, YYYY-MM-DD (milestones)')
}

const ONLY: Readonly<Record<string, ItemKind>> = { status: 'microstep', estimate: 'microstep', phase: 'milestone', dueDate: 'milestone' }
const OPTION_OF: Readonly<Record<string, string>> = { dueDate: '--due' }

/** @throws USAGE when this kind of item has no such field: the format would keep it as an unknown key, unnoticed. */
export function requireField(kind: ItemKind, field: string): void {
  const only = ONLY[field]
  if (only !== undefined && only !== kind) {
    throw failure('USAGE', {
      text: t('{option} is only for items of kind {only}; this is one of kind {kind}.', { option: OPTION_OF[field] ?? `--${field}`, only: kindWord(only), kind: kindWord(kind) }),
      remedy: kind !== 'microstep' && only === 'microstep' ? t('Its figures roll up from its microsteps.') : undefined,
    })
  }
}

/** The fields that the options name, checked against the kind. */
export function fieldsFromOptions(kind: ItemKind, options: FieldOptions): Partial<ItemFields> {
  const fields: Record<string, unknown> = {
    description: options.description,
    status: options.status,
    dependsOn: options.dependsOn && unique(options.dependsOn),
    assignee: options.assignee,
    labels: options.label && unique(options.label),
    priority: options.priority,
    estimate: options.estimate === undefined ? undefined : parseEstimate(options.estimate),
    links: options.link?.map(parseLink),
    notes: options.notes,
    acceptanceCriteria: options.criterion?.map((text): AcceptanceCriterion => ({ text })),
    phase: options.phase,
    dueDate: options.due,
  }
  for (const key of Object.keys(fields)) {
    if (fields[key] === undefined) delete fields[key]
    else requireField(kind, key)
  }
  return fields
}

export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** `3`, `1.5` or `2/4/8`. */
export function parseEstimate(value: string): Estimate {
  const parts = value.split('/').map((part) => (/^\s*\d+(\.\d+)?\s*h?\s*$/.test(part) ? Number.parseFloat(part) : Number.NaN))
  const [optimistic, likely, pessimistic] = parts
  if (parts.some(Number.isNaN) || optimistic === undefined || (parts.length !== 1 && parts.length !== 3)) {
    throw failure('INVALID_VALUE', { option: '--estimate', value, expected: t('a number of hours, or three like 2/4/8') })
  }
  if (likely === undefined || pessimistic === undefined) return optimistic
  if (optimistic > likely || likely > pessimistic)
    throw failure('INVALID_VALUE', { option: '--estimate', value, expected: t('in the order optimistic/likely/pessimistic') })
  return { optimistic, likely, pessimistic }
}

/** `URL` or `URL title with spaces`. */
export function parseLink(value: string): Link {
  const [, url = '', title = ''] = /^(\S+)\s*(.*)$/.exec(value.trim()) ?? []
  if (url === '') throw failure('INVALID_VALUE', { option: '--link', value, expected: t('a URL or a path') })
  return title === '' ? { url } : { url, title }
}
