/** The policy formats as JSON Schema, for editors: completion, descriptions, and what is wrong as one types. */
import { OPERATOR_DEFAULTS } from './operator/defaults.ts'
import { OPERATOR_FILE, OPERATOR_SECTIONS } from './operator/sections.ts'
import type { JsonSchema } from './fields.ts'
import { POLICY_DEFAULTS, POLICY_SCHEMA_ID, policyField } from './format.ts'

export { POLICY_SCHEMA_ID } from './format.ts'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** The JSON Schema (draft 2020-12) of a project's policy. What conditions mean no schema can say: `parsePolicy` checks them. */
export function policyJsonSchema(): JsonSchema {
  const { properties, ...rest } = policyField(OPERATOR_SECTIONS).schema(POLICY_DEFAULTS)
  const sections = Object.fromEntries([...OPERATOR_SECTIONS].map((name) => [name, { description: 'Counts in the file of the server\'s operator only.', deprecated: true }]))
  return { $schema: DIALECT, $id: POLICY_SCHEMA_ID, title: 'BuildRunner policy of a project', ...rest, properties: { ...(properties as object), ...sections }, additionalProperties: false }
}

/** The address of the operator's format. */
export const OPERATOR_SCHEMA_ID = 'https://buildrunner.cloud/schemas/operator-policy.v1.json'

/** The JSON Schema (draft 2020-12) of the operator's policy, with its defaults. */
export const operatorJsonSchema = (): JsonSchema => ({ $schema: DIALECT, $id: OPERATOR_SCHEMA_ID, title: 'BuildRunner policy of a server\'s operator', ...OPERATOR_FILE.schema(OPERATOR_DEFAULTS) })

/** The text of the committed copy, `governance/policy.schema.json`. */
export const operatorJsonSchemaText = (): string => `${JSON.stringify(operatorJsonSchema(), null, 2)}\n`

/** The text of the committed copy, `sdk/policy.schema.json`; `sdk/scripts/write-policy-schema.ts` writes it. */
export const policyJsonSchemaText = (): string => `${JSON.stringify(policyJsonSchema(), null, 2)}\n`
