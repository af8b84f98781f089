/** The values of a conflict: as texts to compare, and back to a change where somebody writes one of their own. */
import type { ConflictItem } from '@buildrunner/sdk/offline'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'

type Fields = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null

/** A value as a text to read and compare, a line for each part of it; undefined: there is none. */
export function textOf(value: unknown): string | undefined {
  if (isAbsent(value)) return undefined
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((element) => textOf(element) ?? '').join('\n')
  if (!isRecord(value)) return String(value)
  return Object.entries(value).flatMap(([name, member]) => {
    const text = isRecord(member) || (Array.isArray(member) && member.some(isRecord)) ? JSON.stringify(member) : textOf(member)
    return text === undefined ? [] : [`${name}: ${text.includes('\n') ? text.replaceAll('\n', ', ') : text}`]
  }).join('\n')
}

type Conflict = Pick<ConflictItem, 'kind' | 'itemKey' | 'field' | 'base' | 'local' | 'remote'>

/** How a value of one's own is written; undefined: only one of the sides can be kept. */
export type Hand = 'text' | 'line' | 'list' | 'number'

const LONG = new Set(['description', 'notes', 'project.description'])

/** A list that is merged element by element is in conflict over one element: what stands beside it is not known here. */
export function handOf({ kind, field, base, local, remote }: Conflict): Hand | undefined {
  if (kind === 'comment') return 'text'
  if (field === null || field === 'id' || (kind !== 'field' && !(kind === 'cycle' && field === 'dependsOn'))) return undefined
  const values = [base, local, remote].filter((value) => !isAbsent(value))
  if (values.every((value) => typeof value === 'string')) return field === 'labels' || field === 'links' ? undefined : LONG.has(field) ? 'text' : 'line'
  if (values.every((value) => typeof value === 'number')) return 'number'
  return values.every((value) => Array.isArray(value) && value.every((element) => typeof element === 'string')) ? 'list' : undefined
}

/**
 * The change that makes of the plan what was written; undefined for what is no value of the field.
 *
 * @param text an empty one removes the value
 */
export function handChange(conflict: Conflict, text: string, { head }: Pick<FlatPlan, 'head'>): PlanChange | undefined {
  const { itemKey, field } = conflict
  const value = readValue(handOf(conflict), text)
  if (value === undefined || field === null || conflict.kind === 'comment') return undefined
  if (itemKey !== null) return { op: 'update', id: itemKey, set: { [field]: value } }
  const [, member] = /^project\.(.+)$/.exec(field) ?? []
  if (member === undefined) return { op: 'head', set: { [field]: value } }
  const { [member]: _, ...others } = head['project'] as Fields
  return { op: 'head', set: { project: value === null ? others : { ...others, [member]: value } } }
}

function readValue(hand: Hand | undefined, text: string): unknown {
  if (hand === undefined) return undefined
  if (text.trim() === '') return null
  if (hand === 'list') return text.split('\n').map((line) => line.trim()).filter(Boolean)
  if (hand !== 'number') return text
  const number = Number(text.trim().replace(',', '.'))
  return Number.isFinite(number) ? number : undefined
}
