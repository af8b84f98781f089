/** Writes `sdk/policy.schema.json` and `governance/policy.schema.json` from the formats' definitions. */
import { writeFileSync } from 'node:fs'
import { operatorJsonSchemaText, policyJsonSchemaText } from '../src/domain/policy/json-schema.ts'

writeFileSync(new URL('../policy.schema.json', import.meta.url), policyJsonSchemaText())
writeFileSync(new URL('../../governance/policy.schema.json', import.meta.url), operatorJsonSchemaText())
