import type * as z from 'zod'
import { expect, expectTypeOf, test } from 'vitest'
import type * as document from './document.ts'
import type { PRIORITIES, STATUSES} from './format.ts';
import { planSchema } from './format.ts'
import type * as format from './format.ts'

test('the written types and the schemas say the same', () => {
  // these are checked by tsc
  expectTypeOf<document.Plan>().toEqualTypeOf<z.infer<typeof format.planSchema>>()
  expectTypeOf<document.Check>().toEqualTypeOf<z.infer<typeof format.checkSchema>>()
  expectTypeOf<document.Status>().toEqualTypeOf<(typeof STATUSES)[number]>()
  expectTypeOf<document.Priority>().toEqualTypeOf<(typeof PRIORITIES)[number]>()
  const plan: document.Plan = { version: 1, project: { name: 'x' }, milestones: [{ id: 'a', title: 'A', steps: [{ id: 'b', title: 'B', microsteps: [{ id: 'c', title: 'C', status: 'done', estimate: 2 }] }] }] }
  expect(planSchema.parse(plan)).toEqual(plan)
})
