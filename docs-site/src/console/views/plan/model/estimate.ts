/** Estimates as people write them: `4`, or `2/4/8` for optimistic, likely and pessimistic hours. */
import type { Estimate } from '@buildrunner/sdk/plans'

/** Empty where there is none. */
export function formatEstimate(estimate: Estimate | undefined): string {
  if (estimate === undefined) return ''
  return typeof estimate === 'number' ? String(estimate) : `${estimate.optimistic}/${estimate.likely}/${estimate.pessimistic}`
}

/** @returns null for an empty text: no estimate; undefined for what is none */
export function parseEstimate(text: string): Estimate | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const parts = trimmed.split('/').map((part) => (part.trim() === '' ? Number.NaN : Number(part.trim().replace(',', '.'))))
  if (!parts.every((hours) => Number.isFinite(hours) && hours >= 0)) return undefined
  const [optimistic, likely, pessimistic] = parts
  if (parts.length === 1) return optimistic
  if (parts.length !== 3 || optimistic === undefined || likely === undefined || pessimistic === undefined) return undefined
  return optimistic <= likely && likely <= pessimistic ? { optimistic, likely, pessimistic } : undefined
}
