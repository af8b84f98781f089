/** `x-template`: what a plan remembers of the templates that it was made from. */
import type { Plan } from '../plans/types.ts'
import type { UsedTemplate } from './types.ts'

/** The key at the top of `plan.json`. */
export const TEMPLATE_MARK = 'x-template'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isUsed = (entry: unknown): entry is UsedTemplate =>
  isRecord(entry) && ['name', 'version', 'digest'].every((key) => typeof entry[key] === 'string') && isRecord(entry['values']) && (entry['ids'] === undefined || isRecord(entry['ids']))

/** The templates of a plan, in the order they were used; empty for a plan without. Entries that are not understood are passed over. */
export function usedTemplates(plan: Plan | Readonly<Record<string, unknown>>): UsedTemplate[] {
  const mark = (plan as Readonly<Record<string, unknown>>)[TEMPLATE_MARK]
  return Array.isArray(mark) ? mark.filter(isUsed) : []
}
