/** A change in one line, for those who decide about it. Pure. */
import type { Verdict } from '@buildrunner/sdk/policy'
import type { PlanItem } from '@buildrunner/sdk/plans'
import type { Subject } from './subjects.ts'

const MAX_VALUE = 80

const shown = (value: unknown): string => {
  const text = value === undefined || value === null ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text
}

/** `todo` is what a status is where an item says nothing of it. */
const valueOf = (item: PlanItem, field: string): unknown => item.fields[field] ?? (field === 'status' ? 'todo' : undefined)

/** `T-12 Sign in: status in_progress -> done`. */
export function summaryOf(action: string, { before, after, op, fields, key }: Subject, { gate }: Pick<Verdict, 'gate'>): string {
  if (gate !== undefined) return `Enter the phase ${gate.phase}`
  const item = after ?? before
  if (item === null) return key === null ? action : `${action} of ${key}`
  const name = `${item.id} ${item.fields.title}`
  if (op === 'add') return `Add ${name}`
  if (op === 'remove') return `Remove ${name}`
  if (op === 'rename') return `Rename ${(before as PlanItem).id} to ${name}`
  if (op === 'move') return `Move ${name}`
  return `${name}: ${fields.map((field) => `${field} ${shown(valueOf(before as PlanItem, field))} -> ${shown(valueOf(after as PlanItem, field))}`).join(', ')}`
}
