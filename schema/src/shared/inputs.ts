/** Input fields that many mutations share. */
import type { builder } from '../builder.ts'

type SchemaTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never
export type InputFields = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>

export const projectId = (t: InputFields) => t.id({ required: true, description: 'The project: node id, UUID or slug.' })

export const idempotencyKey = (t: InputFields) =>
  t.string({ description: 'Names this request: sent again with the same input it is answered from the first time; with another input it is refused. At most 200 characters.' })
