/** Merging a conflict by hand: reading the value that a person gives, and the change that sets it. */
import { isEqual, type FlatPlan, type PlanChange } from '@buildrunner/sdk/plans'
import { failure } from '../core/errors.ts'
import { placeOf, type OpenConflict } from './conflict.ts'
import { t } from '../text/text.ts'

/** Lists are merged by element, so the conflict of a list field is about one of its elements. */
const BY_ELEMENT = new Set(['labels', 'acceptanceCriteria', 'links'])
const SIDES = ['local', 'remote', 'base'] as const

/** Only a value of a field can be made of two; of two places, or of an item and its absence, one stands. */
export const canMerge = ({ kind, field }: OpenConflict): boolean => kind === 'field' && field !== null && field !== 'id'

/** @throws USAGE when the conflict is not about a value */
export function requireMergeable(conflict: OpenConflict): void {
  if (!canMerge(conflict))
    throw failure('USAGE', { text: t('{conflict} cannot be merged by hand: it is not about the value of a field.', { conflict: placeOf(conflict) }), remedy: t('Decide with --keep local or --keep remote.') })
}

/**
 * The value that a text stands for: the text itself where a side is text, the text of a criterion, else JSON.
 *
 * @throws INVALID_VALUE when it has to be JSON and is not
 */
export function parseValue(conflict: OpenConflict, text: string, option = '--merge'): unknown {
  const model = SIDES.map((side) => conflict[side]).find((value) => value !== null && value !== undefined)
  if (typeof model === 'string') return text
  if (typeof model === 'object' && model !== null && typeof (model as { text?: unknown }).text === 'string' && !text.trimStart().startsWith('{')) return { ...model, text }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw failure('INVALID_VALUE', { option, value: text, expected: t('JSON, as the values of "{field}" are', { field: conflict.field }) }, { cause: error })
  }
}

/** A value as a text that {@link parseValue} reads. */
export function valueSource(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  const { text } = value as { text?: unknown }
  return typeof text === 'string' ? text : JSON.stringify(value, null, 2)
}

/** The change that sets the field to `value`, made upon a plan that holds the value of `side`. */
export function changeByHand(plan: FlatPlan, conflict: OpenConflict, side: 'local' | 'remote', value: unknown): PlanChange {
  const field = conflict.field!
  if (conflict.itemKey === null) return { op: 'head', set: { [field]: value } }
  const current = plan.items.get(conflict.itemKey)?.fields[field]
  const next = BY_ELEMENT.has(field) && !Array.isArray(value) ? replaced(current, conflict[side], value) : value
  return { op: 'update', id: conflict.itemKey, set: { [field]: next } }
}

function replaced(list: unknown, before: unknown, after: unknown): unknown[] {
  const elements: unknown[] = Array.isArray(list) ? list : []
  return elements.some((element) => isEqual(element, before)) ? elements.map((element) => (isEqual(element, before) ? after : element)) : [...elements, after]
}

const MARKS = ['<<<<<<< local', '||||||| base', '=======', '>>>>>>> remote'] as const

/** The three values as one text to edit, with the marks that git uses. */
export const withMarks = ({ base, local, remote }: OpenConflict): string =>
  [MARKS[0], valueSource(local), MARKS[1], valueSource(base), MARKS[2], valueSource(remote), MARKS[3], ''].join('\n')

/** What a person left of it. @throws USAGE when marks are left */
export function withoutMarks(text: string): string {
  if (text.split('\n').some((line) => MARKS.some((mark) => line === mark)))
    throw failure('USAGE', { text: t('The conflict is still marked in the text: nothing was decided.'), remedy: t('Leave only the value that is to stand, without the marks.') })
  return text.replace(/\n$/, '')
}
