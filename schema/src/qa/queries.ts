import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { FlakyCheckType, ItemQualityType, QualitySummaryType } from './figure-types.ts'
import { readFlaky } from './flaky.ts'
import { childrenKnown } from '../plans/types.ts'
import { DEFAULT_DAYS, qualityOfNode, readQualityItem, readSummary } from './quality.ts'
import { readEvidence, readOne, readPreviews, readRuns } from './reads.ts'
import { CheckOutcomeEnum, Evidence, Preview, PreviewStatusEnum, QaRun, RunSourceEnum } from './types.ts'

const project = { required: true, description: 'Node id, UUID or slug.' } as const
const totalCount = { description: 'How many match, on all pages.', resolve: totalCountOf } as const
const permission = { permission: 'planner.read' } as const

builder.queryField('qaRuns', (t) =>
  t.connection(
    {
      type: QaRun,
      description: 'Runs of checks, newest first.',
      extensions: permission,
      args: {
        projectId: t.arg.id(project),
        branch: t.arg.string({ description: 'Only those on this branch.' }),
        commit: t.arg.string({ description: 'Only those of this commit.' }),
        source: t.arg({ type: RunSourceEnum, description: 'Only those made there.' }),
      },
      resolve: paged(readRuns),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('qaRun', (t) =>
  t.field({
    type: QaRun,
    description: 'One run. NOT_FOUND when the key sees no such run.',
    extensions: permission,
    args: { runId: t.arg.id({ required: true, description: 'Node id or UUID.' }) },
    resolve: (_root, { runId }, ctx) => readOne(ctx, 'QaRun', runId, 'runId'),
  }),
)

builder.queryField('evidence', (t) =>
  t.connection({
    type: Evidence,
    description: 'Evidence, newest first: the history of a project, an item, a criterion or a run.',
    extensions: permission,
    args: {
      projectId: t.arg.id(project),
      itemId: t.arg.id({ description: 'Only of this item (key or node id), not of what lies in it.' }),
      criterion: t.arg.string({ description: 'Only of this criterion: its id or text.' }),
      runId: t.arg.id({ description: 'Only of this run.' }),
      outcome: t.arg({ type: [CheckOutcomeEnum], description: 'Only of these outcomes.' }),
      commit: t.arg.string({ description: 'Only of this commit.' }),
      flaky: t.arg.boolean({ description: 'true: only what was flaky; false: only what was not.' }),
      since: t.arg({ type: 'DateTime', description: 'Only what was recorded since then.' }),
    },
    resolve: paged(readEvidence),
  }),
)

builder.queryField('evidenceById', (t) =>
  t.field({
    type: Evidence,
    description: 'One piece of evidence. NOT_FOUND when the key sees no such.',
    extensions: permission,
    args: { evidenceId: t.arg.id({ required: true, description: 'Node id or UUID.' }) },
    resolve: (_root, { evidenceId }, ctx) => readOne(ctx, 'Evidence', evidenceId, 'evidenceId'),
  }),
)

builder.queryField('itemQuality', (t) =>
  t.field({
    type: ItemQualityType,
    description: 'What evidence says of an item and of everything in it. NOT_FOUND when there is no such item.',
    extensions: permission,
    args: { projectId: t.arg.id(project), itemId: t.arg.id({ required: true, description: 'Key or node id.' }) },
    resolve: async (_root, { projectId, itemId }, ctx) => qualityOfNode(ctx, await childrenKnown(ctx, await readQualityItem(ctx, projectId, itemId))),
  }),
)

const days = { defaultValue: DEFAULT_DAYS, description: 'How far back results count, 1 to 365 days.' } as const

builder.queryField('qualitySummary', (t) =>
  t.field({
    type: QualitySummaryType,
    description: 'The quality of a project, or of an item with everything in it: score, pass rate, criteria met, stale and flaky, and what is done without evidence.',
    extensions: permission,
    args: { projectId: t.arg.id(project), itemId: t.arg.id({ description: 'Only this item, with everything in it (key or node id).' }), days: t.arg.int(days) },
    resolve: (_root, args, ctx) => readSummary(ctx, args),
  }),
)

builder.queryField('flakyChecks', (t) =>
  t.connection(
    {
      type: FlakyCheckType,
      description: 'Checks that were seen to be flaky; those seen last come first.',
      extensions: permission,
      args: { projectId: t.arg.id(project), days: t.arg.int(days) },
      resolve: paged(readFlaky),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('previews', (t) =>
  t.connection(
    {
      type: Preview,
      description: 'Previews of milestones, newest first.',
      extensions: permission,
      args: {
        projectId: t.arg.id(project),
        itemId: t.arg.id({ description: 'Only of this milestone (key or node id).' }),
        phase: t.arg.string({ description: 'Only of this phase.' }),
        status: t.arg({ type: PreviewStatusEnum, description: 'Only those of this status.' }),
      },
      resolve: paged(readPreviews),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)
