/** Writes `sdk/plan.schema.json` from the format's definition. Run it after a change to `format.ts`. */
import { writeFileSync } from 'node:fs'
import { planJsonSchemaText } from '../src/domain/plans/json-schema.ts'

writeFileSync(new URL('../plan.schema.json', import.meta.url), planJsonSchemaText())
