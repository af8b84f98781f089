import { builder } from '../builder.ts'
import type { Actor } from '../context.ts'
import { requirePermission, visibleProjects } from '../shared/permissions.ts'
import { percentOf, progressOf, totalOf } from '../plans/progress.ts'
import type { Progress } from '../plans/progress.ts'

export const ItemCounts = builder.objectRef<{ milestones: number; steps: number; microsteps: number }>('ItemCounts').implement({
  description: 'How many items a plan has.',
  fields: (t) => ({
    milestones: t.exposeInt('milestones', { description: 'Milestones.' }),
    steps: t.exposeInt('steps', { description: 'Steps.' }),
    microsteps: t.exposeInt('microsteps', { description: 'Microsteps, cancelled ones included.' }),
  }),
})

export const ProgressType = builder.objectRef<Progress>('Progress').implement({
  description: 'Progress rolled up from microsteps; cancelled ones do not count.',
  fields: (t) => ({
    percent: t.float({ description: 'Done of total, 0 to 100, one decimal.', resolve: percentOf }),
    total: t.int({ description: 'Microsteps that count.', resolve: totalOf }),
    todo: t.exposeInt('todo', { description: 'Not begun.' }),
    inProgress: t.exposeInt('inProgress', { description: 'Being worked on.' }),
    blocked: t.exposeInt('blocked', { description: 'Cannot go on.' }),
    inReview: t.exposeInt('inReview', { description: 'Waiting for review.' }),
    done: t.exposeInt('done', { description: 'Finished.' }),
    cancelled: t.exposeInt('cancelled', { description: 'Given up; no part of the total.' }),
  }),
})

/** What the counters and the name need of a row. */
const COUNTED = { milestones: true, steps: true, todo: true, inProgress: true, blocked: true, inReview: true, done: true, cancelled: true } as const

const progressOfRow = (row: { todo: number; inProgress: number; blocked: number; inReview: number; done: number; cancelled: number }): Progress => {
  const counts = { todo: row.todo, in_progress: row.inProgress, blocked: row.blocked, in_review: row.inReview, done: row.done, cancelled: row.cancelled }
  return progressOf((status) => counts[status])
}

/** A filter on the projects that a person sees. */
export function visibleIds(actor: Actor): { id?: { in: string[] } } {
  const visible = visibleProjects(actor)
  return visible === null ? {} : { id: { in: [...visible] } }
}

export const Project = builder.prismaNode('Project', {
  id: { field: 'id' },
  description: 'A project and its plan.',
  select: { id: true, organisationId: true },
  nullable: true,
  findUnique: (id, ctx) => {
    const actor = requirePermission(ctx, 'projects.read')
    return { id, organisationId: actor.organisationId, AND: visibleIds(actor) }
  },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Unique in the organisation; accepted wherever a project id is.' }),
    name: t.exposeString('name', { description: 'Display name.' }),
    description: t.exposeString('description', { nullable: true, description: 'Markdown.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it or its plan last changed.' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'When it was archived; null while it is in use.' }),
    sequence: t.int({
      description: "Sequence of the project's newest event.",
      // Prisma joins the look-ups of a list into one statement
      resolve: async (row, _args, ctx) => (await ctx.prisma.eventStream.findUniqueOrThrow({ where: { id: row.id }, select: { sequence: true } })).sequence,
    }),
    counts: t.field({
      type: ItemCounts,
      select: COUNTED,
      description: 'How many items its plan has.',
      resolve: (row) => ({ milestones: row.milestones, steps: row.steps, microsteps: totalOf(progressOfRow(row)) + row.cancelled }),
    }),
    progress: t.field({ type: ProgressType, select: COUNTED, description: 'Progress of the whole plan.', resolve: progressOfRow }),
  }),
})
