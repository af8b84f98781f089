/** Template format v1, as zod schemas; the types are those of `types.ts`. Items are checked as part of the plan that they make. */
import * as z from 'zod'
import { parseVersion, isRange } from './versions.ts'

/** The major format version this code reads. */
export const TEMPLATE_FORMAT_VERSION = 1

/** What a template can be named: it stands in commands and in ids. */
export const TEMPLATE_NAME = /^[a-z][a-z0-9-]{0,63}$/
/** What a parameter can be named: it stands in expressions. */
export const VARIABLE_NAME = /^[a-z][A-Za-z0-9_]{0,63}$/

const name = z.string().regex(TEMPLATE_NAME, 'is lower-case letters, digits and dashes, and begins with a letter')
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const text = z.string().min(1)
const variableName = z.string().regex(VARIABLE_NAME, 'is letters, digits and _, and begins with a lower-case letter')

export const variableSchema = z.strictObject({
  name: variableName,
  type: z.enum(['string', 'number', 'boolean', 'choice', 'list']),
  prompt: text.max(200),
  description: z.string().optional(),
  default: value.optional(),
  required: z.boolean().optional(),
  pattern: text.max(200).optional(),
  choices: z.array(text).min(1).max(50).optional(),
  example: value.optional(),
})

const forEach = z.strictObject({ as: variableName, in: text })
const repeatable = { if: text.optional(), forEach: forEach.optional() }
const microstep = z.looseObject({ ...repeatable, id: text, title: text, dependsOn: z.array(text).optional() })
const step = microstep.extend({ microsteps: z.array(microstep).optional() })
const milestone = microstep.extend({ steps: z.array(step).optional() })
const policyEntries = z.array(z.looseObject(repeatable)).optional()

export const templateSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(TEMPLATE_FORMAT_VERSION),
  name,
  version: z.string().refine((version) => parseVersion(version) !== undefined, 'is a semantic version such as 1.0.0'),
  kind: z.enum(['template', 'pack']),
  title: text.max(100),
  description: text.max(2000),
  tags: z.array(text.max(40)).max(20).optional(),
  variables: z.array(variableSchema).max(50).optional(),
  plan: z.strictObject({ project: z.looseObject({ name: text }).optional(), milestones: z.array(milestone).min(1) }),
  policy: z.strictObject({ rules: policyEntries, phases: policyEntries }).optional(),
  anchors: z.array(z.strictObject({ name, item: text, description: z.string().optional() })).optional(),
  joins: z.array(z.strictObject({ item: text, dependsOn: z.array(name).optional(), blocks: z.array(name).optional() })).optional(),
  requires: z.array(z.strictObject({ name, version: z.string().refine(isRange, 'is a range such as ^1.0.0') })).optional(),
})
