/** Plans as markdown: `planToMarkdown` writes it, `planFromMarkdown` reads it back, edited by hand or not. */
import { importPlan } from './importers/import-plan.ts'
import type { ImportOptions, ImportResult } from './importers/types.ts'

export { planToMarkdown } from './markdown-write.ts'

/**
 * Reads a plan in our markdown. On what `planToMarkdown` wrote it is the exact inverse.
 *
 * @remarks People may edit the text: a new `- [ ] task` gets an id made of its step's id and its title, ticks and words
 * are statuses, wrapped lines are joined. Never throws.
 * @example
 * const { plan, problems } = planFromMarkdown(readFileSync('PLAN.md', 'utf8'))
 */
export function planFromMarkdown(text: string, options: Omit<ImportOptions, 'format'> & { name?: string } = {}): ImportResult {
  const { name = 'plan.md', ...rest } = options
  return importPlan([{ name, text }], { ...rest, format: 'markdown' })
}
