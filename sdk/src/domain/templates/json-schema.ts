/** The template format as JSON Schema, for editors. */
import * as z from 'zod'
import { templateSchema, TEMPLATE_FORMAT_VERSION } from './format.ts'

/** The address of the schema, its `$id`. */
export const TEMPLATE_SCHEMA_ID = `https://buildrunner.cloud/schemas/template.v${TEMPLATE_FORMAT_VERSION}.json`

/** The JSON Schema (draft 2020-12) of a template. What expressions mean, and the plan that comes of them, no schema can say: `br template lint` does. */
export function templateJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(templateSchema, { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: TEMPLATE_SCHEMA_ID, title: 'BuildRunner template', ...rest }
}

/** The text of the committed copy, `sdk/template.schema.json`. */
export const templateJsonSchemaText = (): string => JSON.stringify(templateJsonSchema(), null, 2) + '\n'
