import type { Estimate as EstimateValue } from '@buildrunner/sdk/plans'
import { STATUSES, PRIORITIES } from '@buildrunner/sdk/plans'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { ProgressType } from '../projects/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { nodeProgress } from './nodes.ts'
import type { ItemNode } from './nodes.ts'
import { documentOf, nodesByUuid, planOfNode } from './reads.ts'
import type { PlanTree } from './reads.ts'
import { parseJson, parseTextArray } from './rows.ts'

const enumValues = <Value extends string>(values: readonly Value[]): Record<Uppercase<Value>, { value: Value }> =>
  Object.fromEntries(values.map((value) => [value.toUpperCase(), { value }])) as Record<Uppercase<Value>, { value: Value }>

export const StatusEnum = builder.enumType('Status', { description: 'Where a microstep stands.', values: enumValues(STATUSES) })
export const PriorityEnum = builder.enumType('Priority', { description: 'How much something matters.', values: enumValues(PRIORITIES) })

const AcceptanceCriterion = builder.objectRef<{ id?: string; text: string; check?: unknown }>('AcceptanceCriterion').implement({
  description: 'What must be true for an item to be accepted.',
  fields: (t) => ({
    id: t.exposeString('id', { nullable: true, description: 'Its identity inside the item, where the author gave one; otherwise the text is.' }),
    text: t.exposeString('text', { description: 'What must be true.' }),
    check: t.field({ type: 'JSON', nullable: true, description: 'How it is verified: `{ kind: "command" | "http" | "file" | "junit" | "coverage" | "manual", ... }`.', resolve: (criterion) => criterion.check }),
  }),
})

const LinkType = builder.objectRef<{ url: string; title?: string }>('Link').implement({
  description: 'A link.',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Absolute, or relative to the repository.' }),
    title: t.exposeString('title', { nullable: true, description: 'Text of the link.' }),
  }),
})

const threePoints = (estimate: EstimateValue): { optimistic: number; likely: number; pessimistic: number } =>
  typeof estimate === 'number' ? { optimistic: estimate, likely: estimate, pessimistic: estimate } : estimate

const EstimateType = builder.objectRef<EstimateValue>('Estimate').implement({
  description: 'Hours of work; one number stands for all three points.',
  fields: (t) => ({
    optimistic: t.float({ description: 'Hours if all goes well.', resolve: (estimate) => threePoints(estimate).optimistic }),
    likely: t.float({ description: 'Hours most likely needed.', resolve: (estimate) => threePoints(estimate).likely }),
    pessimistic: t.float({ description: 'Hours if most goes wrong.', resolve: (estimate) => threePoints(estimate).pessimistic }),
    expected: t.float({
      description: 'Expected hours after PERT: (o + 4l + p) / 6.',
      resolve: (estimate) => {
        const { optimistic, likely, pessimistic } = threePoints(estimate)
        return (optimistic + 4 * likely + pessimistic) / 6
      },
    }),
  }),
})

export const Milestone = builder.objectRef<ItemNode>('Milestone')
export const Step = builder.objectRef<ItemNode>('Step')
export const Microstep = builder.objectRef<ItemNode>('Microstep')

const NODE_TYPES = { milestone: 'Milestone', step: 'Step', microstep: 'Microstep' } as const

/** What milestones, steps and microsteps have in common. */
const common = (ref: typeof Milestone) => {
  builder.objectFields(ref, (t) => ({
    key: t.exposeString('key', { description: "The author's own id in plan.json, unique in the plan." }),
    title: t.exposeString('title', { description: 'One line.' }),
    description: t.exposeString('description', { nullable: true, description: 'Markdown.' }),
    dependsOn: t.stringList({ description: 'Keys of items that must be finished first.', resolve: (node) => parseTextArray(node.dependsOn) }),
    assignee: t.exposeString('assignee', { nullable: true, description: 'Who does it.' }),
    labels: t.stringList({ description: 'Labels.', resolve: (node) => parseTextArray(node.labels) }),
    priority: t.field({ type: PriorityEnum, nullable: true, description: 'Priority.', resolve: (node) => node.priority as 'low' | null }),
    links: t.field({ type: [LinkType], description: 'Links.', resolve: (node) => parseJson<{ url: string }[]>(node.links) ?? [] }),
    notes: t.exposeString('notes', { nullable: true, description: 'Markdown.' }),
    acceptanceCriteria: t.field({ type: [AcceptanceCriterion], description: 'What must be true for it to be accepted.', resolve: (node) => parseJson<{ text: string }[]>(node.criteria) ?? [] }),
    extra: t.field({ type: 'JSON', nullable: true, description: 'Keys of plan.json that this version does not know.', resolve: (node) => parseJson(node.extra) }),
    createdAt: t.field({ type: 'DateTime', description: 'When it came into the plan.', resolve: (node) => node.createdAt }),
    updatedAt: t.field({ type: 'DateTime', description: 'When it last changed.', resolve: (node) => node.updatedAt }),
  }))
}

/** Children and progress of a node that was read alone come from the whole plan, read once for the request. */
export const childrenKnown = async (ctx: Context, node: ItemNode): Promise<ItemNode> => (node.children === undefined ? planOfNode(ctx, node) : node)
const childrenOf = (ctx: Context, node: ItemNode) => node.children ?? childrenKnown(ctx, node).then((full) => full.children ?? [])
const progressOfNode = (ctx: Context, node: ItemNode) => (node.children === undefined ? childrenKnown(ctx, node).then(nodeProgress) : nodeProgress(node))

const asNode = (ref: typeof Milestone, kind: keyof typeof NODE_TYPES, description: string): void => {
  builder.node(ref, {
    description,
    id: { resolve: (node) => node.uuid },
    isTypeOf: (value) => (value as Partial<ItemNode>).kind === kind,
    loadMany: (uuids, ctx) => nodesByUuid(ctx, uuids, kind),
  })
  common(ref)
}

asNode(Milestone, 'milestone', 'A phase of the project with a result of its own.')
asNode(Step, 'step', 'A unit of work inside a milestone.')
asNode(Microstep, 'microstep', 'The smallest unit of work that is tracked.')

builder.objectFields(Milestone, (t) => ({
  phase: t.exposeString('phase', { nullable: true, description: 'A label that groups milestones.' }),
  dueDate: t.field({ type: 'Date', nullable: true, description: 'Due date.', resolve: (node) => node.dueDate }),
  progress: t.field({ type: ProgressType, description: 'Progress of its microsteps.', resolve: (node, _args, ctx) => progressOfNode(ctx, node) }),
  steps: t.field({ type: [Step], description: 'Its steps, in order.', resolve: (node, _args, ctx) => childrenOf(ctx, node) }),
}))

builder.objectFields(Step, (t) => ({
  milestoneKey: t.string({ description: 'Key of the milestone it lies in.', resolve: (node) => node.parentKey ?? '' }),
  progress: t.field({ type: ProgressType, description: 'Progress of its microsteps.', resolve: (node, _args, ctx) => progressOfNode(ctx, node) }),
  microsteps: t.field({ type: [Microstep], description: 'Its microsteps, in order.', resolve: (node, _args, ctx) => childrenOf(ctx, node) }),
}))

builder.objectFields(Microstep, (t) => ({
  status: t.field({ type: StatusEnum, description: 'Where it stands.', resolve: (node) => (node.status ?? 'todo') as 'todo' }),
  estimate: t.field({ type: EstimateType, nullable: true, description: 'Hours of work.', resolve: (node) => parseJson<EstimateValue>(node.estimate) }),
  stepKey: t.string({ description: 'Key of the step it lies in.', resolve: (node) => node.parentKey ?? '' }),
}))

export const PlanItem = builder.unionType('PlanItem', {
  description: 'Any item of a plan.',
  types: [Milestone, Step, Microstep],
  resolveType: (node) => NODE_TYPES[(node as ItemNode).kind],
})

export const Plan = builder.objectRef<PlanTree>('Plan').implement({
  description: 'A whole plan, as nested lists. It is read in one statement, however much of it is selected.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (plan) => encodeNodeId('Project', plan.projectId) }),
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event." }),
    milestones: t.field({ type: [Milestone], description: 'Its milestones, in order.', resolve: (plan) => [...plan.milestones] }),
    document: t.field({ type: 'PlanDocument', description: 'The same plan in the form of plan.json.', resolve: documentOf }),
  }),
})
