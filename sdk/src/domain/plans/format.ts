/**
 * Plan format v1: the one definition of `buildrunner/specs/plan.json`.
 *
 * Everything else is derived from the schemas below: the published JSON Schema (`json-schema.ts`) and the structural half
 * of validation (`validate.ts`); the TypeScript types (`document.ts`) are held equal by a test. Objects are loose on purpose: a key that
 * this version does not know is kept, merged as an opaque value and reported as a warning.
 */
import * as z from 'zod'
import { isPattern } from './pattern.ts'

/** The major format version this code reads and writes; a newer one is read-only. */
export const PLAN_FORMAT_VERSION = 1

/** The statuses of a microstep. */
export const STATUSES = ['todo', 'in_progress', 'blocked', 'in_review', 'done', 'cancelled'] as const
/** The priorities, lowest first. */
export const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const

const id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\S+$/, 'must not contain white space')
  .describe("The author's own identifier: unique in the plan, never parsed for meaning.")
const title = z.string().min(1).max(500).describe('One line that says what this is.')
const idList = z.array(id)
const hours = z.number().nonnegative().max(100_000)

/** Hours of work: one number, or three points. */
export const estimateSchema = z
  .union([
    hours,
    z.looseObject({
      optimistic: hours.describe('Hours if all goes well.'),
      likely: hours.describe('Hours most likely needed.'),
      pessimistic: hours.describe('Hours if most goes wrong.'),
    }),
  ])
  .describe('Hours of work: one number, or three points (PERT: expected = (o + 4l + p) / 6).')

/** What coverage is measured in. */
export const COVERAGE_METRICS = ['lines', 'branches', 'functions'] as const

const path = z.string().min(1).describe('A path or a glob, relative to the repository.')
const pattern = z
  .string()
  .min(1)
  .max(1000)
  .refine(isPattern, { params: { format: 'pattern' } })
  .meta({ format: 'regex', description: 'A regular expression (JavaScript, flags m and u) that must match.' })
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)

/** How a criterion is verified. */
export const checkSchema = z
  .discriminatedUnion('kind', [
    z.looseObject({
      kind: z.literal('command'),
      run: z.string().min(1).describe('A shell command; exit code 0 passes.'),
      cwd: z.string().min(1).optional().describe('The folder it runs in, relative to the repository. Default: its root.'),
      timeoutSeconds: z.number().int().min(1).max(86_400).optional().describe('How long it may take. Default: 600.'),
      env: z.array(variable).optional().describe('Variables that look like secrets are kept from commands; these are passed on.'),
    }),
    z.looseObject({
      kind: z.literal('http'),
      url: z.url().describe('A URL that must answer.'),
      status: z.number().int().min(100).max(599).optional().describe('The expected HTTP status. Default: 200.'),
      matches: pattern.optional(),
    }),
    z.looseObject({ kind: z.literal('file'), path: path.describe('A path or a glob, relative to the repository, that must exist.'), matches: pattern.optional() }),
    z.looseObject({
      kind: z.literal('junit'),
      path: path.describe('Test reports in JUnit XML: a path or a glob, relative to the repository.'),
      maxFailures: z.number().int().min(0).max(1_000_000).optional().describe('The most tests that may fail. Default: 0.'),
      minTests: z.number().int().min(0).max(1_000_000).optional().describe('The fewest tests that must have run. Default: 1.'),
    }),
    z.looseObject({
      kind: z.literal('coverage'),
      path: path.describe('Coverage reports (lcov, Cobertura, Istanbul JSON summary): a path or a glob, relative to the repository.'),
      min: z.number().min(0).max(100).describe('The least coverage, in percent.'),
      metric: z.enum(COVERAGE_METRICS).optional().describe('What is measured. Default: lines.'),
    }),
    z.looseObject({ kind: z.literal('manual'), by: z.string().optional().describe('The role or person that confirms it.') }),
  ])
  .describe('How the criterion is verified.')

/** An acceptance criterion. */
export const criterionSchema = z
  .looseObject({
    id: id.optional().describe('Optional identity of the criterion inside its item; without it the text is the identity.'),
    text: z.string().min(1).describe('What must be true.'),
    check: checkSchema.optional(),
  })
  .describe('An acceptance criterion.')

/** A link. */
export const linkSchema = z.looseObject({
  url: z.string().min(1).describe('An absolute URL, or a path relative to the repository.'),
  title: z.string().optional(),
})

const common = {
  id,
  title,
  description: z.string().optional().describe('Markdown.'),
  dependsOn: idList.optional().describe('Ids of items that must be finished first.'),
  assignee: z.string().min(1).optional().describe('Who does it.'),
  labels: z.array(z.string().min(1)).optional().describe('Free words to group by.'),
  priority: z.enum(PRIORITIES).optional(),
  links: z.array(linkSchema).optional().describe('Where more is to be found.'),
  notes: z.string().optional().describe('Markdown.'),
  acceptanceCriteria: z.array(criterionSchema).optional().describe('What must be true for this to be done.'),
  renamedFrom: id.optional().describe('The id this item had before; comments and evidence follow it.'),
}

/** A microstep. */
export const microstepSchema = z
  .looseObject({
    ...common,
    status: z.enum(STATUSES).optional().describe('Default: todo.'),
    estimate: estimateSchema.optional(),
  })
  .describe('The smallest unit of work that is tracked.')

/** A step with its microsteps. */
export const stepSchema = z
  .looseObject({ ...common, microsteps: z.array(microstepSchema).optional().describe('In the order they are worked on.') })
  .describe('A unit of work inside a milestone.')

/** A milestone with its steps. */
export const milestoneSchema = z
  .looseObject({
    ...common,
    phase: z.string().min(1).optional().describe('A label that groups milestones.'),
    dueDate: z.iso.date().optional().describe('YYYY-MM-DD.'),
    steps: z.array(stepSchema).optional().describe('In the order they are worked on.'),
  })
  .describe('A phase of the project with a result of its own.')

/** What ties a file to a project: `x-sync`. */
export const syncMarkSchema = z
  .looseObject({
    projectId: z.string().min(1).describe('The project on the server.'),
    sequence: z.number().int().nonnegative().describe('The event sequence this file was last synchronised at.'),
    basePatch: z
      .array(z.looseObject({ op: z.enum(['add', 'update', 'move', 'remove', 'rename', 'head']) }))
      .optional()
      .describe('Plan changes from the plan at that sequence to the base of the next merge; absent without open conflicts.'),
  })
  .describe('Written by `br sync`; the base of the next merge.')

/** A whole plan document. */
export const planSchema = z
  .looseObject({
    $schema: z.string().optional().describe('The address of this schema, for editors.'),
    version: z.literal(PLAN_FORMAT_VERSION).describe('The major version of this format.'),
    project: z.looseObject({ name: z.string().min(1).max(200), description: z.string().optional().describe('Markdown.') }).describe('What the plan builds.'),
    'x-sync': syncMarkSchema.optional(),
    milestones: z.array(milestoneSchema).describe('In the order they are worked on.'),
  })
  .describe('A BuildRunner build plan: milestones > steps > microsteps.')
