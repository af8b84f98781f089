/** The plan format as JSON Schema, for editors and for other languages. */
import * as z from 'zod'
import {
  checkSchema, criterionSchema, estimateSchema, linkSchema, microstepSchema, milestoneSchema, planSchema, PLAN_FORMAT_VERSION, stepSchema, syncMarkSchema,
} from './format.ts'

/** The address that a plan names in `$schema`; it is also the schema's `$id`. */
export const PLAN_SCHEMA_ID = `https://buildrunner.cloud/schemas/plan.v${PLAN_FORMAT_VERSION}.json`

const DEFINITIONS = new Map<z.core.$ZodType, string>([
  [milestoneSchema, 'Milestone'],
  [stepSchema, 'Step'],
  [microstepSchema, 'Microstep'],
  [estimateSchema, 'Estimate'],
  [criterionSchema, 'AcceptanceCriterion'],
  [checkSchema, 'Check'],
  [linkSchema, 'Link'],
  [syncMarkSchema, 'SyncMark'],
])

/**
 * The names live here and not in zod's global registry, where a second copy of this module in one process would find
 * them taken.
 */
function namedMetadata(): z.core.$ZodRegistry<{ id?: string; description?: string }> {
  const registry = z.registry<{ id?: string; description?: string }>()
  const own = registry.get.bind(registry)
  registry.get = (schema) => own(schema) ?? z.globalRegistry.get(schema)
  for (const [schema, id] of DEFINITIONS) registry.add(schema, { ...z.globalRegistry.get(schema), id })
  return registry
}

/**
 * The JSON Schema (draft 2020-12) of a plan. It says what `validatePlan` says of the structure; what holds between items
 * (unique ids, dependencies, circles) no schema can say.
 *
 * @remarks Keys that it does not name are allowed: they are kept, and `br lint` warns of them.
 */
export function planJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(planSchema, { target: 'draft-2020-12', io: 'input', metadata: namedMetadata() })
  return { $schema, $id: PLAN_SCHEMA_ID, title: 'BuildRunner plan', ...rest }
}

/** The text of the committed copy, `sdk/plan.schema.json`; `sdk/scripts/write-plan-schema.ts` writes it. */
export const planJsonSchemaText = (): string => JSON.stringify(planJsonSchema(), null, 2) + '\n'
