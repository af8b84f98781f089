import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { samplePlan } from '../../../bench/sample-plan.ts'
import { acceptanceOf } from './accepts.ts'
import { unflattenPlan } from './flat.ts'
import { planSchema } from './format.ts'
import { plans } from './testing/random-plans.ts'

type Json = Record<string, unknown>

/** What stands for a value that is right, somewhere in a document. */
const FAULTS = [undefined, null, '', ' ', 'x', 'x'.repeat(501), 'http://x', '2026-02-30', -1, 1, 1.5, 1e6, Infinity, NaN, true, [], [null], {}, { kind: 'http', url: '/' }, { op: 'add' }]

/** Replaces the value that numbers lead to, or adds one beside it. */
function damage(value: unknown, way: readonly number[], fault: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || way.length === 0) return fault
  const keys = [...Object.keys(value), key]
  const at = keys[way[0]! % keys.length]!
  const inner = damage((value as Json)[at], way.slice(1), fault, key)
  return Array.isArray(value) ? value.toSpliced(Number(at) || 0, 1, inner) : { ...value, [at]: inner }
}

describe('the acceptance of a schema', () => {
  const accepts = acceptanceOf(planSchema)

  it('holds for plans without a fault', () => {
    expect(accepts(samplePlan(100))).toBe(true)
    fc.assert(fc.property(plans(), (plan) => accepts(unflattenPlan(plan))))
  })

  it('says what the schema says', () => {
    const keys = ['$schema', 'x-sync', 'id', 'title', 'status', 'estimate', 'dueDate', 'phase', 'acceptanceCriteria', 'links', 'labels', 'dependsOn', 'steps', 'check', 'custom']
    const way = fc.array(fc.nat(40), { maxLength: 9 })
    fc.assert(fc.property(plans(), way, fc.constantFrom(...FAULTS), fc.constantFrom(...keys), (plan, way, fault, key) => {
      const damaged = damage(unflattenPlan(plan), way, fault, key)
      expect(accepts(damaged)).toBe(planSchema.safeParse(damaged).success)
    }), { numRuns: 500 })
  })

  it.each([
    ['a transformation', z.string().transform(Number).pipe(z.number()), ['1', 'x', 1]],
    ['a refinement', z.object({ a: z.number() }).loose().refine(({ a }) => a > 1), [{ a: 2 }, { a: 1 }]],
    ['strict objects', z.strictObject({ a: z.number() }), [{ a: 1 }, { a: 1, b: 1 }]],
    ['a format', z.email(), ['a@b.co', 'a']],
    ['a whole number', z.number().int(), [1, 1.5]],
    ['a pattern with a memory', z.string().regex(/a/g), ['a', 'a']],
  ])('leaves %s to the schema', (_, schema: z.ZodType, values: unknown[]) => {
    const accepts = acceptanceOf(schema)
    for (const value of values) expect(accepts(value)).toBe(schema.safeParse(value).success)
  })
})
