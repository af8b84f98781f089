import { NOTE_CODES } from './decide-run.ts'
import { CHECK_KINDS, CHECK_OUTCOMES, criteriaOf, demandOf, staleReason } from '@buildrunner/sdk/quality'
import type { CriterionState, StaleReason } from '@buildrunner/sdk/quality'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { PersonType } from '../identity/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { outputOf, qaByUuid, qaOf } from './reads.ts'
import { PREVIEW_STATUSES } from './rows.ts'
import type { EvidenceRow, PreviewRow, RunRow } from './rows.ts'

const enumValues = <Value extends string>(values: readonly Value[]): Record<Uppercase<Value>, { value: Value }> =>
  Object.fromEntries(values.map((value) => [value.toUpperCase(), { value }])) as Record<Uppercase<Value>, { value: Value }>

export const RunSourceEnum = builder.enumType('RunSource', { description: 'Where a run of checks was made.', values: { LOCAL: { value: 'local', description: "On somebody's machine." }, CI: { value: 'ci', description: 'By continuous integration.' } } as const })
export const CheckOutcomeEnum = builder.enumType('CheckOutcome', {
  description: 'What came of a check. `ERRORED`: it could not be carried out. `SKIPPED`: it was not, and is evidence of nothing.', values: enumValues(CHECK_OUTCOMES),
})
export const CheckKindEnum = builder.enumType('CheckKind', { description: 'What a check is made with.', values: enumValues(CHECK_KINDS) })
export const PreviewStatusEnum = builder.enumType('PreviewStatus', { description: 'What has become of a preview.', values: enumValues(PREVIEW_STATUSES) })
export const CriterionStateEnum = builder.enumType('CriterionState', {
  description: 'Where a criterion stands.',
  values: {
    MET: { value: 'met', description: 'The newest fresh evidence passed.' },
    FAILED: { value: 'failed', description: 'The newest fresh evidence failed, or the check could not be carried out.' },
    STALE: { value: 'stale', description: 'There is only evidence that no longer counts.' },
    MISSING: { value: 'missing', description: 'There is no evidence.' },
  } as const satisfies Record<string, { value: CriterionState; description: string }>,
})
export const StaleReasonEnum = builder.enumType('StaleReason', {
  description: 'Why evidence no longer counts.',
  values: {
    CRITERION_CHANGED: { description: 'The text or the check of the criterion is not what it was.' },
    CRITERION_REMOVED: { description: 'The plan has no such criterion any more.' },
    COMMIT_LEFT_BRANCH: { description: 'The commit that was checked is no longer on its branch.' },
  } satisfies Record<StaleReason, { description: string }>,
})
export const NoteCodeEnum = builder.enumType('QaNoteCode', {
  description: 'What is said of a result that does not count as it is.',
  values: Object.fromEntries(Object.entries(NOTE_CODES).map(([code, description]) => [code, { description }])) as Record<keyof typeof NOTE_CODES, { description: string }>,
})

export const QaRun = builder.objectRef<RunRow>('QaRun')
builder.node(QaRun, {
  description: 'A run of checks.',
  id: { resolve: (run) => run.id },
  isTypeOf: (value) => 'finishedAt' in (value as object),
  loadMany: (uuids, ctx) => qaByUuid(ctx, 'QaRun', uuids),
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (run) => encodeNodeId('Project', run.projectId) }),
    actor: t.expose('actor', { type: PersonType, description: 'Who reported it.' }),
    source: t.expose('source', { type: RunSourceEnum, description: 'Where it was made.' }),
    commit: t.exposeString('commit', { nullable: true, description: 'The commit that was checked; null outside of a repository.' }),
    branch: t.exposeString('branch', { nullable: true, description: 'The branch it was checked on.' }),
    dirty: t.exposeBoolean('dirty', { description: 'Whether the working tree held changes that are not committed.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where more is to be seen.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began, as it was reported.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended; null while results are still to come.' }),
    passed: t.exposeInt('passed', { description: 'Checks that passed.' }),
    failed: t.exposeInt('failed', { description: 'Checks that failed.' }),
    errored: t.exposeInt('errored', { description: 'Checks that could not be carried out.' }),
    skipped: t.exposeInt('skipped', { description: 'Checks that were not carried out.' }),
    sequence: t.exposeInt('sequence', { description: 'Of the event that it was first recorded with.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first recorded.' }),
  }),
})

/** Why evidence no longer counts, by the plan of today. */
function staleBecause({ criteria, criterionKey, ...evidence }: EvidenceRow): StaleReason | null {
  const criterion = criteriaOf(criteria).get(criterionKey)
  return staleReason(criterion === undefined ? null : demandOf(criterion), evidence)
}

const evidenceOrNull = (uuid: string | null, ctx: Context) => qaOf(ctx, 'Evidence', uuid)

export const Evidence = builder.objectRef<EvidenceRow>('Evidence')
builder.node(Evidence, {
  description: 'What came of one check of one criterion. It is never changed.',
  id: { resolve: (evidence) => evidence.id },
  isTypeOf: (value) => 'criterionDigest' in (value as object),
  loadMany: (uuids, ctx) => qaByUuid(ctx, 'Evidence', uuids),
})
builder.objectFields(Evidence, (t) => ({
  projectId: t.id({ description: 'Node id of the project.', resolve: (evidence) => encodeNodeId('Project', evidence.projectId) }),
  itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item; null when that is no longer in the plan.' }),
  criterion: t.exposeString('criterionKey', { description: 'The criterion: its id or, without one, its text.' }),
  criterionDigest: t.exposeString('criterionDigest', { description: 'What the criterion demanded then: SHA-256 of its text and check.' }),
  outcome: t.expose('outcome', { type: CheckOutcomeEnum, description: 'What came of it.' }),
  checkKind: t.expose('checkKind', { type: CheckKindEnum, description: 'What it was checked with.' }),
  stale: t.field({ type: StaleReasonEnum, nullable: true, description: 'Why it no longer counts; null while it does.', resolve: staleBecause }),
  runId: t.id({ nullable: true, description: 'Node id of the run; null where a person confirmed it.', resolve: ({ runId }) => (runId === null ? null : encodeNodeId('QaRun', runId)) }),
  run: t.field({ type: QaRun, nullable: true, description: 'The run; null where a person confirmed it.', resolve: ({ runId }, _args, ctx) => qaOf(ctx, 'QaRun', runId) }),
  actor: t.expose('actor', { type: PersonType, description: 'Who reported it.' }),
  commit: t.exposeString('commit', { nullable: true, description: 'The commit that was checked.' }),
  branch: t.exposeString('branch', { nullable: true, description: 'The branch it was checked on.' }),
  dirty: t.exposeBoolean('dirty', { description: 'Whether the working tree held changes that are not committed.' }),
  durationMs: t.exposeInt('durationMs', { description: 'Milliseconds, of all attempts together.' }),
  attempts: t.exposeInt('attempts', { description: 'How often it was carried out.' }),
  passedAttempts: t.exposeInt('passedAttempts', { description: 'How many of the attempts passed.' }),
  flaky: t.exposeBoolean('flaky', { description: 'Some attempts passed and some did not, or it contradicts other evidence of the same code.' }),
  contradicts: t.field({ type: Evidence, nullable: true, description: 'Evidence of the same criterion and commit that says the opposite.', resolve: ({ contradictsId }, _args, ctx) => evidenceOrNull(contradictsId, ctx) }),
  message: t.exposeString('message', { nullable: true, description: 'One line that says why.' }),
  output: t.string({ nullable: true, description: 'What it printed, secrets masked.', complexity: { field: 10 }, resolve: (evidence, _args, ctx) => outputOf(ctx, evidence) }),
  url: t.exposeString('url', { nullable: true, description: 'Where more is to be seen.' }),
  sequence: t.exposeInt('sequence', { description: 'Of the event that recorded it: the larger, the newer.' }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was recorded.' }),
}))

export const Preview = builder.objectRef<PreviewRow>('Preview')
builder.node(Preview, {
  description: 'A preview of what a milestone has become, for people to look at.',
  id: { resolve: (preview) => preview.id },
  isTypeOf: (value) => 'expiresAt' in (value as object) && 'provider' in (value as object),
  loadMany: (uuids, ctx) => qaByUuid(ctx, 'Preview', uuids),
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (preview) => encodeNodeId('Project', preview.projectId) }),
    itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the milestone; null when that is no longer in the plan.' }),
    phase: t.exposeString('phase', { nullable: true, description: 'Phase of the milestone when the preview was first recorded.' }),
    url: t.exposeString('url', { description: 'Where it is looked at.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Who serves it, such as `vercel`.' }),
    commit: t.exposeString('commit', { nullable: true, description: 'What it shows.' }),
    branch: t.exposeString('branch', { nullable: true, description: 'The branch it shows.' }),
    status: t.expose('status', { type: PreviewStatusEnum, description: 'What has become of it.' }),
    isExpired: t.boolean({ description: 'Whether it is over.', resolve: (preview, _args, ctx) => new Date(preview.expiresAt) <= ctx.clock.now() }),
    createdBy: t.expose('createdBy', { type: PersonType, description: 'Who first recorded it.' }),
    sequence: t.exposeInt('sequence', { description: 'Of the event that it was first recorded with.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first recorded.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last recorded.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it is over.' }),
  }),
})
