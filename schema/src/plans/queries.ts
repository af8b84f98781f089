import { builder } from '../builder.ts'
import { Project } from '../projects/types.ts'
import { connection, pageRange, totalCountOf } from '../shared/connections.ts'
import { encodeNodeId } from '../shared/ids.ts'
import type { ItemCursor, ItemFilter, PlanSnapshot } from './reads.ts'
import { readItem, readItemPage, readPlanTree, readSnapshot } from './reads.ts'
import { Microstep, Milestone, Plan, PlanItem, StatusEnum, Step } from './types.ts'
import type { PageArgs } from '../shared/connections.ts'
import type { Context } from '../context.ts'

const projectArg = { required: true, description: 'Node id, UUID or slug.' } as const

/** A tree costs a fixed number of fields for each place of the selection: it is one statement whatever its size. */
const TREE = { field: 5, multiplier: 5 } as const

builder.queryField('plan', (t) =>
  t.field({
    type: Plan,
    nullable: true,
    complexity: TREE,
    description: "A project's plan. NOT_FOUND when the key sees no such project.",
    extensions: { permission: 'planner.read' },
    args: { projectId: t.arg.id(projectArg) },
    resolve: (_root, args, ctx) => readPlanTree(ctx, args.projectId),
  }),
)

const Snapshot = builder.objectRef<PlanSnapshot>('PlanSnapshot').implement({
  description: 'A plan document at a sequence.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (snapshot) => encodeNodeId('Project', snapshot.projectId) }),
    sequence: t.exposeInt('sequence', { description: 'The sequence the document belongs to.' }),
    document: t.field({ type: 'PlanDocument', description: 'The plan.', resolve: (snapshot) => snapshot.document }),
  }),
})

builder.queryField('planDocument', (t) =>
  t.field({
    type: Snapshot,
    nullable: true,
    complexity: TREE,
    description: 'The plan in the form of plan.json: as it is, or as it was.',
    extensions: { permission: 'planner.read' },
    args: {
      projectId: t.arg.id(projectArg),
      atSequence: t.arg.int({ description: 'The plan as of this sequence. Default: the newest.' }),
    },
    resolve: (_root, args, ctx) => readSnapshot(ctx, args.projectId, args.atSequence),
  }),
)

builder.queryField('item', (t) =>
  t.field({
    type: PlanItem,
    nullable: true,
    description: 'One item of a plan; null when there is none.',
    extensions: { permission: 'planner.read' },
    args: { projectId: t.arg.id(projectArg), id: t.arg.id({ required: true, description: 'Key or node id.' }) },
    resolve: (_root, args, ctx) => readItem(ctx, args.projectId, args.id),
  }),
)

builder.objectField(Project, 'plan', (t) =>
  t.field({ type: Plan, complexity: TREE, description: 'Its plan.', resolve: (project, _args, ctx) => readPlanTree(ctx, project.id) }),
)

const page = async (ctx: Context, projectId: string, args: PageArgs, filter: ItemFilter) => {
  const range = pageRange<ItemCursor>(args)
  return connection(range, await readItemPage(ctx, projectId, filter, range))
}
const totalCount = { description: 'How many match, on all pages.' } as const

builder.objectField(Project, 'milestones', (t) =>
  t.connection(
    { type: Milestone, description: 'Its milestones, in order, page by page.', resolve: (project, args, ctx) => page(ctx, project.id, args, { kind: 'milestone' }) },
    { fields: (f) => ({ totalCount: f.int({ ...totalCount, resolve: totalCountOf }) }) },
  ),
)
builder.objectField(Project, 'steps', (t) =>
  t.connection(
    {
      type: Step,
      description: 'Its steps, in document order, page by page.',
      args: { milestone: t.arg.id({ description: 'Only those of this milestone (key).' }) },
      resolve: (project, args, ctx) => page(ctx, project.id, args, { kind: 'step', parentKey: args.milestone }),
    },
    { fields: (f) => ({ totalCount: f.int({ ...totalCount, resolve: totalCountOf }) }) },
  ),
)
builder.objectField(Project, 'microsteps', (t) =>
  t.connection(
    {
      type: Microstep,
      description: 'Its microsteps, in document order, page by page.',
      args: {
        status: t.arg({ type: [StatusEnum], description: 'Only those with one of these statuses.' }),
        step: t.arg.id({ description: 'Only those of this step (key).' }),
        milestone: t.arg.id({ description: 'Only those of this milestone (key).' }),
        label: t.arg.string({ description: 'Only those with this label.' }),
        assignee: t.arg.string({ description: 'Only those of this person.' }),
      },
      resolve: (project, args, ctx) =>
        page(ctx, project.id, args, { kind: 'microstep', status: args.status, parentKey: args.step, milestoneKey: args.milestone, label: args.label, assignee: args.assignee }),
    },
    { fields: (f) => ({ totalCount: f.int({ ...totalCount, resolve: totalCountOf }) }) },
  ),
)
