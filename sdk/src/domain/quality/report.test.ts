import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_BATCH_OUTPUT, MAX_OUTPUT, MAX_RESULTS, resultBatches } from './report.ts'

it('splits results into batches that keep every limit, their order, and are no more than needed', () => {
  const output = fc.option(fc.integer({ min: 0, max: MAX_OUTPUT }).map((length) => 'x'.repeat(length)), { nil: undefined })
  fc.assert(fc.property(fc.array(fc.record({ output }), { maxLength: 500, size: 'max' }), (results) => {
    const batches = resultBatches(results)
    expect(batches.flat()).toEqual(results)
    const sizes = batches.map((batch) => batch.reduce((sum, { output: text }) => sum + (text?.length ?? 0), 0))
    for (const [index, batch] of batches.entries()) {
      expect(batch.length).toBeLessThanOrEqual(MAX_RESULTS)
      expect(sizes[index]).toBeLessThanOrEqual(MAX_BATCH_OUTPUT)
      const next = batches[index + 1]?.[0]
      if (next !== undefined) expect(batch.length === MAX_RESULTS || sizes[index]! + (next.output?.length ?? 0) > MAX_BATCH_OUTPUT).toBe(true)
    }
  }), { numRuns: 20 })
})
