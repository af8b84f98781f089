/** Types of the analysis: what can start, what waits, and what decides the end. */
import type { BlockReason, BlockedItem, CriticalPath, PlanAnalysis as Analysis, ProgressHours, ProgressPart, Slack, WhatIf } from '@buildrunner/sdk/plans'
import { builder } from '../builder.ts'
import { Project, ProgressType } from '../projects/types.ts'
import { readAnalysis, readWhatIf } from './reads.ts'

const SlackType = builder.objectRef<Slack>('Slack').implement({
  description: 'When an unfinished microstep can be worked on; hours of work from now.',
  fields: (t) => ({
    key: t.string({ description: 'Key of the microstep.', resolve: (slack) => slack.id }),
    hours: t.exposeFloat('hours', { description: 'How late it can be without delaying the end; 0 on a critical path.' }),
    duration: t.exposeFloat('duration', { description: 'Its expected hours.' }),
    earliestStart: t.exposeFloat('earliestStart', { description: 'Earliest start.' }),
    earliestFinish: t.exposeFloat('earliestFinish', { description: 'Earliest finish.' }),
    latestStart: t.exposeFloat('latestStart', { description: 'Latest start that delays nothing.' }),
    latestFinish: t.exposeFloat('latestFinish', { description: 'Latest finish that delays nothing.' }),
  }),
})

const CriticalPathType = builder.objectRef<CriticalPath>('CriticalPath').implement({
  description: 'The longest chain of unfinished work.',
  fields: (t) => ({
    keys: t.stringList({ description: 'Microsteps, first to last; of several critical paths one.', resolve: (path) => path.ids }),
    expectedHours: t.exposeFloat('expectedHours', { description: 'When everything is finished, in hours of work from now.' }),
    slack: t.field({ type: [SlackType], description: 'Every unfinished microstep, in document order.', resolve: (path) => path.slack }),
    assumedMicrosteps: t.int({ description: 'How many microsteps have no estimate.', resolve: (path) => path.assumed.microsteps }),
    assumedHoursEach: t.float({ description: 'The hours that each of these was taken for.', resolve: (path) => path.assumed.hoursEach }),
  }),
})

const BlockReasonType = builder.objectRef<BlockReason>('BlockReason').implement({
  description: 'Why something cannot be worked on.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '`status`, `dependency`, `inherited` (a dependency of a parent) or `missing`.' }),
    key: t.string({ nullable: true, description: 'What is waited for.', resolve: (reason) => reason.id }),
    via: t.exposeString('via', { nullable: true, description: 'The parent that the dependency comes from.' }),
    message: t.exposeString('message', { description: 'The same in words.' }),
  }),
})

const BlockedItemType = builder.objectRef<BlockedItem>('BlockedItem').implement({
  description: 'A microstep that waits.',
  fields: (t) => ({
    key: t.string({ description: 'Key of the microstep.', resolve: (item) => item.id }),
    reasons: t.field({ type: [BlockReasonType], description: 'Everything it waits for.', resolve: (item) => item.reasons }),
  }),
})

const HoursType = builder.objectRef<ProgressHours>('ProgressHours').implement({
  description: 'Hours by estimates; cancelled microsteps do not count.',
  fields: (t) => ({
    done: t.exposeFloat('done', { description: 'Hours of finished microsteps.' }),
    total: t.exposeFloat('total', { description: 'Hours of all that count.' }),
    assumed: t.exposeInt('assumed', { description: 'How many have no estimate and were taken for one hour each.' }),
  }),
})

const ProgressPartType = builder.objectRef<ProgressPart>('ProgressPart').implement({
  description: 'What one milestone adds to the figures of the plan.',
  fields: (t) => ({
    key: t.string({ description: 'Key of the milestone.', resolve: (part) => part.id }),
    progress: t.field({ type: ProgressType, description: 'Its own figures.', resolve: (part) => part }),
    hours: t.field({ type: HoursType, description: 'Its own hours.', resolve: (part) => part.hours }),
  }),
})

export interface AnalysisAt extends Analysis {
  readonly sequence: number
}

const PlanAnalysisType = builder.objectRef<AnalysisAt>('PlanAnalysis').implement({
  description: 'What can be said about the work that is left.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event." }),
    progress: t.field({ type: ProgressType, description: 'Progress of the plan.', resolve: (analysis) => analysis.progress }),
    hours: t.field({ type: HoursType, description: 'The same in hours.', resolve: (analysis) => analysis.progress.hours }),
    parts: t.field({ type: [ProgressPartType], description: 'What these figures are made of: each is the sum of its parts.', resolve: (analysis) => analysis.progress.of }),
    ready: t.stringList({ description: 'Keys of microsteps that can start now.', resolve: (analysis) => analysis.ready }),
    waves: t.field({
      type: t.listRef(t.listRef('String')),
      description: 'Unfinished microsteps in groups that can be worked on in parallel, one group after the other.',
      resolve: (analysis) => analysis.waves,
    }),
    blocked: t.field({ type: [BlockedItemType], description: 'What waits, and for what.', resolve: (analysis) => analysis.blocked }),
    criticalPath: t.field({ type: CriticalPathType, description: 'What decides when everything is finished.', resolve: (analysis) => analysis.criticalPath }),
  }),
})

const WhatIfType = builder.objectRef<WhatIf>('PlanWhatIf').implement({
  description: 'The critical path before and after changes that nobody has made yet.',
  fields: (t) => ({
    before: t.field({ type: CriticalPathType, description: 'As it is.', resolve: (result) => result.before }),
    after: t.field({ type: CriticalPathType, description: 'As it would be.', resolve: (result) => result.after }),
    delayHours: t.exposeFloat('delayHours', { description: 'How many hours later everything is finished; negative when earlier.' }),
  }),
})

const projectArg = { required: true, description: 'Node id, UUID or slug.' } as const

builder.queryField('planAnalysis', (t) =>
  t.field({
    type: PlanAnalysisType,
    nullable: true,
    description: 'Progress, ready and blocked microsteps, waves and the critical path of a plan.',
    extensions: { permission: 'planner.read' },
    args: { projectId: t.arg.id(projectArg) },
    resolve: (_root, args, ctx) => readAnalysis(ctx, args.projectId),
  }),
)

builder.queryField('planWhatIf', (t) =>
  t.field({
    type: WhatIfType,
    nullable: true,
    description: 'What changes would do to the critical path. Changes nothing.',
    extensions: { permission: 'planner.read' },
    args: { projectId: t.arg.id(projectArg), changes: t.arg({ type: 'PlanChanges', required: true, description: 'E.g. another estimate or status.' }) },
    resolve: (_root, args, ctx) => readWhatIf(ctx, args.projectId, args.changes),
  }),
)

builder.objectField(Project, 'analysis', (t) => t.field({ type: PlanAnalysisType, description: 'What can be said about the work that is left.', resolve: (project, _args, ctx) => readAnalysis(ctx, project.id) }))
