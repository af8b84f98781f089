import { builder } from '../builder.ts'
import { ItemKindEnum } from '../comments/types.ts'
import { Project } from '../projects/types.ts'
import { connection, pageRange } from '../shared/connections.ts'
import { exportAnalytics } from './export.ts'
import { FlowType, ForecastType } from './flow-types.ts'
import { readChanges } from './history.ts'
import type { ChangeCursor } from './history.ts'
import { readFlow, readForecast, readGraph, readTimeline } from './reads.ts'
import { ExportFormatEnum, ExportedFileType, PlanGraphType, ReportEnum, StatusChangeType, TimelineType } from './time-types.ts'

const projectArg = { required: true, description: 'Node id, UUID or slug.' } as const
/** A whole plan is read for each: its cost does not grow with what is selected of it. */
const WHOLE = { field: 20, multiplier: 5 } as const
const fromArg = { type: 'Date', description: 'First day of the range, which ends today. Default: the Monday of 12 weeks ago.' } as const

builder.queryFields((t) => ({
  flowMetrics: t.field({
    type: FlowType,
    nullable: true,
    complexity: WHOLE,
    description: 'Lead time, cycle time, throughput, ageing work and the burn-up of a project. What a plan was imported with is no change of status, and counts in no figure of time.',
    extensions: { permission: 'planner.read' },
    args: { projectId: t.arg.id(projectArg), from: t.arg(fromArg) },
    resolve: (_root, args, ctx) => readFlow(ctx, args),
  }),
  forecast: t.field({
    type: ForecastType,
    nullable: true,
    complexity: WHOLE,
    description: 'When a project will be done: a Monte Carlo simulation over the microsteps that finished on each day. It needs 11 microsteps finished within at least 14 days.',
    extensions: { permission: 'planner.read' },
    args: {
      projectId: t.arg.id(projectArg),
      simulations: t.arg.int({ description: 'How many futures are played, 100 to 100,000. Default: 10,000.' }),
      historyDays: t.arg.int({ description: 'Days of the past that are drawn from, 14 to 730. Default: 90.' }),
      growth: t.arg.boolean({ description: 'Whether the plan goes on growing as it did. Default: no.' }),
      seed: t.arg.int({ description: 'The same seed and the same history give the same forecast. Default: 1.' }),
    },
    resolve: (_root, args, ctx) => readForecast(ctx, args),
  }),
  timeline: t.field({
    type: TimelineType,
    nullable: true,
    complexity: WHOLE,
    description: 'The plan in time. What is left begins as early as its dependencies allow, as if everybody had as many hands as they like; for how fast work really goes see `forecast`.',
    extensions: { permission: 'planner.read' },
    args: {
      projectId: t.arg.id(projectArg),
      level: t.arg({ type: ItemKindEnum, description: 'The deepest level that is shown. Default: microsteps.' }),
      within: t.arg.id({ description: 'Only this item (key), and what lies in it.' }),
      hoursPerDay: t.arg.float({ description: 'Hours of work on a working day, up to 24. Default: 8.' }),
      workdays: t.arg.intList({ description: 'Days of the week that are worked on: 1 for Monday to 7. Default: Monday to Friday.' }),
    },
    resolve: (_root, args, ctx) => readTimeline(ctx, args),
  }),
  planGraph: t.field({
    type: PlanGraphType,
    nullable: true,
    complexity: WHOLE,
    description: 'The dependency graph of a plan at one level.',
    extensions: { permission: 'planner.read' },
    args: {
      projectId: t.arg.id(projectArg),
      level: t.arg({ type: ItemKindEnum, description: 'Milestones, steps or microsteps; dependencies below roll up. Default: microsteps.' }),
      within: t.arg.id({ description: 'Only what lies in this item (key), with its neighbours.' }),
      all: t.arg.boolean({ description: 'Also items without any dependency. Default: no.' }),
    },
    resolve: (_root, args, ctx) => readGraph(ctx, args),
  }),
  analyticsExport: t.field({
    type: ExportedFileType,
    nullable: true,
    complexity: WHOLE,
    description: 'Figures as a file. In CSV, text that a spreadsheet would run as a formula is preceded by an apostrophe.',
    extensions: { permission: 'planner.read' },
    args: {
      projectId: t.arg.id(projectArg),
      report: t.arg({ type: ReportEnum, required: true, defaultValue: 'microsteps', description: 'Which table.' }),
      format: t.arg({ type: ExportFormatEnum, required: true, defaultValue: 'csv', description: 'The form of the file.' }),
      from: t.arg({ ...fromArg, description: 'First day of the range, for reports that have one. Default: the Monday of 12 weeks ago.' }),
    },
    resolve: (_root, args, ctx) => exportAnalytics(ctx, args),
  }),
}))

builder.objectField(Project, 'statusHistory', (t) =>
  t.connection({
    type: StatusChangeType,
    description: 'Changes of status, newest first. What a microstep came into the plan with is none. Counting all is not offered: page on.',
    args: { item: t.arg.id({ description: 'Only those of this microstep: key or node id.' }) },
    resolve: async (project, args, ctx) => {
      const range = pageRange<ChangeCursor>(args)
      return connection(range, await readChanges(ctx, project.id, args.item, range))
    },
  }),
)
