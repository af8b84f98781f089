/** Inputs of the plan mutations, and how they become fields of the plan engine. */
import type { Estimate } from '@buildrunner/sdk/plans'
import { builder } from '../builder.ts'
import { ValidationError } from '../shared/errors.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import { PriorityEnum, StatusEnum } from './types.ts'

export const EstimateInput = builder.inputType('EstimateInput', {
  description: 'Hours of work: either `hours`, or all three points.',
  fields: (t) => ({
    hours: t.float({ description: 'One number.' }),
    optimistic: t.float({ description: 'Hours if all goes well.' }),
    likely: t.float({ description: 'Hours most likely needed.' }),
    pessimistic: t.float({ description: 'Hours if most goes wrong.' }),
  }),
})

const LinkInput = builder.inputType('LinkInput', {
  description: 'A link.',
  fields: (t) => ({
    url: t.string({ required: true, description: 'Absolute, or relative to the repository.' }),
    title: t.string({ description: 'Text of the link.' }),
  }),
})

const AcceptanceCriterionInput = builder.inputType('AcceptanceCriterionInput', {
  description: 'What must be true for an item to be accepted.',
  fields: (t) => ({
    id: t.string({ description: 'Its identity inside the item. Default: the text.' }),
    text: t.string({ required: true, description: 'What must be true.' }),
    check: t.field({ type: 'JSON', description: 'How it is verified: `{ kind: "command" | "http" | "file" | "junit" | "coverage" | "manual", ... }`.' }),
  }),
})

/** Fields that every kind has. In an update, null removes a field and an absent one stays. */
export const itemFields = (t: InputFields) => ({
  description: t.string({ description: 'Markdown.' }),
  dependsOn: t.stringList({ description: 'Keys of items that must be finished first.' }),
  assignee: t.string({ description: 'Who does it.' }),
  labels: t.stringList({ description: 'Labels.' }),
  priority: t.field({ type: PriorityEnum, description: 'Priority.' }),
  links: t.field({ type: [LinkInput], description: 'Links.' }),
  notes: t.string({ description: 'Markdown.' }),
  acceptanceCriteria: t.field({ type: [AcceptanceCriterionInput], description: 'What must be true for it to be accepted.' }),
})
export const milestoneFields = (t: InputFields) => ({
  phase: t.string({ description: 'A label that groups milestones.' }),
  dueDate: t.field({ type: 'Date', description: 'Due date.' }),
})
export const microstepFields = (t: InputFields) => ({
  status: t.field({ type: StatusEnum, description: 'Where it stands.' }),
  estimate: t.field({ type: EstimateInput, description: 'Hours of work.' }),
})
export const addFields = (t: InputFields) => ({
  projectId: projectId(t),
  key: t.string({ required: true, description: "The author's id: unique in the plan, without white space." }),
  after: t.id({ description: 'Key or id of the sibling to stand behind; null for the first place. Default: the last place.' }),
  title: t.string({ required: true, description: 'One line.' }),
  idempotencyKey: idempotencyKey(t),
})
export const editFields = (t: InputFields) => ({
  projectId: projectId(t),
  id: t.id({ required: true, description: 'Key or id of the item.' }),
  idempotencyKey: idempotencyKey(t),
})
export const moveFields = (t: InputFields) => ({ ...editFields(t), after: t.id({ description: 'Key or id of the sibling to stand behind; null for the first place. Default: the last place.' }) })
export const parentField = (t: InputFields, parent: string, required: boolean) => t.id({ required, description: `Key or id of the ${parent} it lies in.${required ? '' : ' Default: where it is.'}` })

interface EstimateValues {
  hours?: number | null
  optimistic?: number | null
  likely?: number | null
  pessimistic?: number | null
}

/** @throws ValidationError for anything but one number or all three points. */
function readEstimate(input: EstimateValues): Estimate {
  const { hours, optimistic, likely, pessimistic } = input
  const points = [optimistic, likely, pessimistic].filter((value) => value !== null && value !== undefined)
  if (hours !== null && hours !== undefined && points.length === 0) return hours
  if ((hours === null || hours === undefined) && optimistic != null && likely != null && pessimistic != null) return { optimistic, likely, pessimistic }
  throw new ValidationError('An estimate is either hours, or optimistic, likely and pessimistic together.', ['estimate'])
}

const NOT_FIELDS: ReadonlySet<string> = new Set(['projectId', 'id', 'key', 'parent', 'after', 'idempotencyKey'])

/** The item's fields in an input: absent stays absent, null stays null. */
export function readItemFields(input: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || NOT_FIELDS.has(name)) continue
    fields[name] = name === 'estimate' && value !== null ? readEstimate(value as EstimateValues) : withoutNulls(name, value)
  }
  return fields
}

/** GraphQL clients send null for optional members that they leave empty; the plan format has no nulls. */
const withoutNulls = (name: string, value: unknown): unknown =>
  (name === 'links' || name === 'acceptanceCriteria') && Array.isArray(value)
    ? value.map((element: object) => Object.fromEntries(Object.entries(element).filter(([, member]) => member !== null && member !== undefined)))
    : value
