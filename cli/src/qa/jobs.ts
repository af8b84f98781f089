/** How much at a time, and how often. */
import { availableParallelism } from 'node:os'
import { failure } from '../core/errors.ts'
import { t } from '../text/text.ts'

const MOST_JOBS = 8

export const defaultJobs = (): number => Math.min(MOST_JOBS, availableParallelism())

/** @throws INVALID_VALUE */
export function readCount(option: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw failure('INVALID_VALUE', { option, value, expected: t('a count from 1 to 1000') })
  return count
}
