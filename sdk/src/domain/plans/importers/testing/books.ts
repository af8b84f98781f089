/** What holds of every import: the two sums of the report, and that every mapping leads to an item of the plan. */
import { expect } from 'vitest'
import { flattenPlan } from '../../flat.ts'
import { importPlan } from '../import-plan.ts'
import type { ImportOptions, ImportResult, ItemTally } from '../types.ts'

const total = ({ milestones, steps, microsteps }: ItemTally): number => milestones + steps + microsteps

export function expectBooksToBalance({ plan, report }: ImportResult): void {
  const { found, arrived, added, merged, skipped, ids } = report
  expect(found).toBe(total(arrived) + merged.length + skipped.length)
  expect(ids).toHaveLength(total(arrived))
  if (plan === undefined) return
  const lists = plan.milestones.flatMap((milestone) => [
    milestone.id,
    ...(milestone.steps ?? []).flatMap((step) => [step.id, ...(step.microsteps ?? []).map(({ id }) => id)]),
  ])
  expect(lists).toHaveLength(total(arrived) + total(added))
  for (const { to } of ids) expect(lists).toContain(to)
}

/** Imports one file, checks the books, and gives the plan as a flat map too. */
export function importText(name: string, text: string, options?: ImportOptions) {
  const result = importPlan([{ name, text }], options)
  expectBooksToBalance(result)
  return { ...result, items: flattenPlan(result.plan ?? { version: 1, project: { name: '-' }, milestones: [] }).items }
}

export const errorsOf = ({ problems }: ImportResult) => problems.filter(({ severity }) => severity === 'error')
export const notesOf = ({ report }: ImportResult, code: string) => report.notes.filter((note) => note.code === code)
