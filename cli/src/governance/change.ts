/** The change that a question about rules is about, from the command line. */
import { Option, type Command } from 'commander'
import { t } from '../text/text.ts'
import type { PlanChange } from '@buildrunner/sdk/plans'
import { append } from '../core/command.ts'
import { failure } from '../core/errors.ts'

const STATUSES = ['todo', 'in_progress', 'blocked', 'in_review', 'done', 'cancelled']

export interface ChangeOptions {
  action?: string
  rule?: string
  set?: string[]
  status?: string
}

export const changeOptions = (command: Command): Command =>
  command
    .addOption(new Option('--status <status>', 'the status that the item would get').choices(STATUSES))
    .option('--set <field=value>', 'another field that would be set; the value is JSON, else a text; repeat it', append)
    .option('--action <action>', 'what would be done, as br audit log names it: comment.delete')
    .option('--rule <rule>', 'of one rule only')

/** What is asked about, as the server takes it. */
export interface Asked {
  readonly changes?: PlanChange[]
  readonly action?: string
  readonly itemKey?: string
  readonly rule?: string
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function fieldOf(pair: string): [string, unknown] {
  const at = pair.indexOf('=')
  if (at < 1) throw failure('INVALID_VALUE', { option: '--set', value: pair, expected: t('a field and a value, such as assignee=ada') })
  return [pair.slice(0, at), valueOf(pair.slice(at + 1))]
}

/** @throws INVALID_VALUE, USAGE where it says neither a change nor an action */
export function askedOf({ action, rule, set = [], status }: ChangeOptions, item: string | undefined): Asked {
  const fields = { ...(status === undefined ? {} : { status }), ...Object.fromEntries(set.map(fieldOf)) }
  const isChange = Object.keys(fields).length > 0
  if (isChange && item === undefined) throw failure('USAGE', { text: t('Which item would change is missing.'), remedy: t('Name it: br governance explain T-12 --status done.') })
  if (!isChange && action === undefined) throw failure('USAGE', { text: t('What would be done is missing.'), remedy: t('Pass --status, --set or --action.') })
  return {
    ...(isChange && item !== undefined ? { changes: [{ op: 'update', id: item, set: fields }] } : item === undefined ? {} : { itemKey: item }),
    ...(action !== undefined && { action }), ...(rule !== undefined && { rule }),
  }
}
