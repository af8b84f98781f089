/** Values of the plan engine that errors and payloads share. */
import type { PlanConflict, PlanProblem } from '@buildrunner/sdk/plans'
import { builder } from '../builder.ts'

export const PlanProblemType = builder.objectRef<PlanProblem>('PlanProblem').implement({
  description: 'A fault or remark found in a plan.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; match on this.' }),
    severity: t.exposeString('severity', { description: '`error` or `warning`.' }),
    pointer: t.exposeString('pointer', { description: 'JSON pointer (RFC 6901) of the offending value.' }),
    message: t.exposeString('message', { description: 'What is wrong.' }),
    remedy: t.exposeString('remedy', { description: 'What to do about it.' }),
  }),
})

export const ConflictValue = builder.objectRef<PlanConflict>('ConflictValue').implement({
  description: 'Two edits that cannot both stand.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '`field`, `edit-delete`, `move-delete`, `move-move`, `add-add`, `child-of-deleted` or `cycle`.' }),
    id: t.exposeString('id', { nullable: true, description: 'Key of the item; null for the head of the document.' }),
    field: t.string({ nullable: true, description: 'The field, where one is in conflict.', resolve: (conflict) => conflict.field }),
    base: t.field({ type: 'JSON', nullable: true, description: 'What it was.', resolve: (conflict) => conflict.base }),
    local: t.field({ type: 'JSON', nullable: true, description: 'What the caller made of it.', resolve: (conflict) => conflict.local }),
    remote: t.field({ type: 'JSON', nullable: true, description: 'What it is on the server.', resolve: (conflict) => conflict.remote }),
  }),
})
