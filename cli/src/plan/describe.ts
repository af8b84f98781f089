/** How items and changes read for people. */
import { type Estimate, type FlatPlan, type ItemKind, type PlanChange, type PlanItem, type Status } from '@buildrunner/sdk/plans'
import { msg, t } from '../text/text.ts'
import type { Style } from '../core/style.ts'

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  todo: msg('to do'),
  in_progress: msg('in progress'),
  blocked: msg('blocked'),
  in_review: msg('in review'),
  done: msg('done'),
  cancelled: msg('cancelled'),
}
const KIND_WORDS: Readonly<Record<ItemKind, string>> = { milestone: msg('milestone'), step: msg('step'), microstep: msg('microstep') }
/** What an item is, in words. */
export const kindWord = (kind: ItemKind): string => t(KIND_WORDS[kind])
const SYMBOLS: Readonly<Record<Status, string>> = { todo: '○', in_progress: '◐', blocked: '■', in_review: '◑', done: '●', cancelled: '–' }

export const statusOf = (item: PlanItem): Status => item.fields.status ?? 'todo'

export function paintStatus(status: Status, text: string, style: Style): string {
  switch (status) {
    case 'done':
      return style.green(text)
    case 'in_progress':
      return style.cyan(text)
    case 'in_review':
      return style.magenta(text)
    case 'blocked':
      return style.red(text)
    case 'cancelled':
      return style.dim(text)
    case 'todo':
      return text
  }
}

export const statusSymbol = (status: Status, style: Style): string => paintStatus(status, SYMBOLS[status], style)

/** Hours as people say them: `3 h`, `2/4/8 h`. */
export const estimateText = (estimate: Estimate): string =>
  typeof estimate === 'number' ? `${number(estimate)} h` : `${number(estimate.optimistic)}/${number(estimate.likely)}/${number(estimate.pessimistic)} h`

/** At most one decimal, none when it is whole. */
export const number = (value: number): string => String(Math.round(value * 10) / 10)

/** One item, in one line. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

export function countKinds(plan: FlatPlan): Record<`${ItemKind}s`, number> {
  const counts = { milestones: 0, steps: 0, microsteps: 0 }
  for (const item of plan.items.values()) counts[`${item.kind}s`]++
  return counts
}

/** A field's value in one line, for lists of changes and conflicts. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '(none)'
  if (typeof value === 'string') return oneLine(value)
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map((entry) => elementText(entry)).join(', ')
  return JSON.stringify(value)
}

function elementText(entry: unknown): string {
  if (typeof entry === 'object' && entry !== null) {
    const { text, url, id } = entry as { text?: unknown; url?: unknown; id?: unknown }
    for (const name of [text, url, id]) if (typeof name === 'string') return oneLine(name)
  }
  return typeof entry === 'string' ? entry : JSON.stringify(entry)
}

/** Changes as lines: `+ id title`, `~ id field: new`, `> id moved`, `- id title`. `before` gives titles of what goes. */
export function changeLines(changes: readonly PlanChange[], before: FlatPlan, style: Style): string[] {
  return changes.flatMap((change) => changeText(change, before, style))
}

function changeText(change: PlanChange, before: FlatPlan, style: Style): string[] {
  switch (change.op) {
    case 'add': {
      const inside = countChildren(change.item as Record<string, unknown>)
      return [
        `${style.green('+')} ${style.bold(change.item.id)}  ${oneLine(change.item.title)}${inside > 0 ? style.dim(`  ${t('with {inside, plural, one {# item} other {# items}}', { inside })}`) : ''}`,
      ]
    }
    case 'remove':
      return [`${style.red('-')} ${style.bold(change.id)}  ${oneLine(before.items.get(change.id)?.fields.title ?? '')}`]
    case 'move':
      return [`${style.cyan('>')} ${style.bold(change.id)}  ${placeText(change)}`]
    case 'rename':
      return [`${style.yellow('~')} ${style.bold(change.id)}  ${t('is now {to}', { to: style.bold(change.to) })}`]
    case 'update': {
      const fields = before.items.get(change.id)?.fields
      return Object.entries(change.set).map(([field, value]) => fieldChange(change.id, field, fields?.[field], value, style))
    }
    case 'head':
      return Object.entries(change.set).map(([field, value]) => fieldChange('plan', field, before.head[field], value, style))
  }
}

const placeText = ({ parentId, after }: { parentId: string | null; after: string | null }): string =>
  `${parentId === null ? t('at the top') : t('in {parentId}', { parentId })}, ${after === null ? t('first') : t('after {after}', { after })}`

function fieldChange(id: string, field: string, before: unknown, after: unknown, style: Style): string {
  const shown = (value: unknown): string => (field === 'status' && value == null ? 'todo' : valueText(value))
  return `${style.yellow('~')} ${style.bold(id)}  ${field}: ${style.dim(`${shown(before)} →`)} ${shown(after)}`
}

function countChildren(item: Record<string, unknown>): number {
  const children = [item.steps, item.microsteps].flatMap((list) => (Array.isArray(list) ? (list as Record<string, unknown>[]) : []))
  return children.reduce((sum, child) => sum + 1 + countChildren(child), 0)
}
