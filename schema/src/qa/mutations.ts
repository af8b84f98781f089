import { builder } from '../builder.ts'
import { CREATE_ERRORS, WRITE_ERRORS } from '../shared/error-types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import { NOTE_CODES } from './decide-run.ts'
import type { Note } from './decide-run.ts'
import { readOne } from './reads.ts'
import { confirmCriterion, recordPreview, recordRun } from './service.ts'
import type { CriterionConfirmed, PreviewRecorded, RunRecorded } from './service.ts'
import { CheckKindEnum, CheckOutcomeEnum, Evidence, NoteCodeEnum, Preview, PreviewStatusEnum, QaRun, RunSourceEnum } from './types.ts'

const sequence = { description: "Sequence of the project's newest event after the write." } as const
const commit = (t: InputFields) => t.string({ description: 'The commit that was checked: all of its 40 or 64 hex digits.' })
const branch = (t: InputFields) => t.string({ description: 'The branch, 1 to 255 characters.' })
const url = (t: InputFields) => t.string({ description: 'Where more is to be seen: absolute, http or https.' })

const RunInput = builder.inputType('QaRunInput', {
  description: 'A run of checks.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'An id made by the client (UUID or qar_...). The same one again adds to the run.' }),
    source: t.field({ type: RunSourceEnum, required: true, description: 'Where it was made.' }),
    commit: commit(t),
    branch: branch(t),
    dirty: t.boolean({ defaultValue: false, description: 'Whether the working tree held changes that are not committed.' }),
    ancestors: t.stringList({ description: 'The newest ancestors of the commit, no commit before its children (git rev-list --topo-order); at most 100. They tell which earlier evidence is still on the branch.' }),
    complete: t.boolean({ defaultValue: false, description: 'Whether the ancestors reach back to the first commit.' }),
    startedAt: t.field({ type: 'DateTime', required: true, description: 'When it began.' }),
    finishedAt: t.field({ type: 'DateTime', description: 'When it ended; left out while results are still to come.' }),
    url: url(t),
  }),
})

const ResultInput = builder.inputType('QaResultInput', {
  description: "What came of one criterion's check.",
  fields: (t) => ({
    item: t.id({ required: true, description: 'Key or id of the item.' }),
    criterion: t.string({ required: true, description: 'The criterion: its id or, without one, its text.' }),
    criterionDigest: t.string({ required: true, description: 'What it demanded: `criterionDigest` of @buildrunner/sdk/quality.' }),
    checkKind: t.field({ type: CheckKindEnum, required: true, description: 'What it was checked with.' }),
    outcome: t.field({ type: CheckOutcomeEnum, required: true, description: 'What came of it.' }),
    durationMs: t.int({ required: true, description: 'Milliseconds, of all attempts together.' }),
    attempts: t.int({ description: 'How often it was carried out, 1 to 1,000; 0 of SKIPPED. Default: once.' }),
    passedAttempts: t.int({ description: 'How many of the attempts passed. Default: all or none, as the outcome says.' }),
    message: t.string({ description: 'One line that says why, at most 500 characters.' }),
    output: t.string({ description: 'What it printed, at most 65,536 characters. Secrets are masked by their shapes.' }),
    url: url(t),
  }),
})

const NoteType = builder.objectRef<Note>('QaNote').implement({
  description: 'What is said of a result that was not recorded, or that does not count yet.',
  fields: (t) => ({
    item: t.exposeString('item', { description: 'The item, as it was named.' }),
    criterion: t.exposeString('criterion', { description: 'The criterion, as it was named.' }),
    code: t.expose('code', { type: NoteCodeEnum, description: `Stable: ${Object.keys(NOTE_CODES).join(', ')}.` }),
    message: t.exposeString('message', { description: 'What became of it and what to do, for people.' }),
  }),
})

const RecordRunInput = builder.inputType('RecordQaRunInput', {
  description: 'A run of checks, or a part of its results.',
  fields: (t) => ({
    projectId: projectId(t),
    run: t.field({ type: RunInput, required: true, description: 'The run.' }),
    results: t.field({ type: [ResultInput], required: true, description: 'Its results, or some of them: at most 200, whose outputs have at most 524,288 characters together.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('recordQaRun', (t) =>
  t.field({
    type: builder.objectRef<RunRecorded>('RecordQaRunPayload').implement({
      description: 'The run as it is recorded now.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', sequence),
        run: f.field({ type: QaRun, description: 'The run.', resolve: ({ runId }, _args, ctx) => readOne(ctx, 'QaRun', encodeNodeId('QaRun', runId), 'id') }),
        recorded: f.exposeInt('recorded', { description: 'How many results became evidence by this request; those that the run had already are not among them.' }),
        notes: f.field({ type: [NoteType], description: 'Of results that were not recorded, or that do not count yet.', resolve: ({ notes }) => [...notes] }),
      }),
    }),
    description: 'Records results of a run of checks as evidence. The same id of a run again adds to it; what it has recorded already stays.',
    extensions: { permission: 'qa.run' },
    errors: { types: CREATE_ERRORS, union: { name: 'RecordQaRunResult' } },
    args: { input: t.arg({ type: RecordRunInput, required: true, description: 'The run and its results.' }) },
    resolve: (_root, { input }, ctx) => recordRun(ctx, input),
  }),
)

const ConfirmInput = builder.inputType('ConfirmCriterionInput', {
  description: 'What somebody found of a criterion.',
  fields: (t) => ({
    projectId: projectId(t),
    itemId: t.id({ required: true, description: 'Key or id of the item.' }),
    criterion: t.string({ required: true, description: 'The criterion: its id or, without one, its text.' }),
    met: t.boolean({ required: true, description: 'Whether it is met.' }),
    note: t.string({ description: 'What was looked at, at most 500 characters.' }),
    url: url(t), commit: commit(t), branch: branch(t), idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('confirmCriterion', (t) =>
  t.field({
    type: builder.objectRef<CriterionConfirmed>('ConfirmCriterionPayload').implement({
      description: 'The evidence.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', sequence),
        evidence: f.field({ type: Evidence, description: 'The evidence.', resolve: ({ evidenceId }, _args, ctx) => readOne(ctx, 'Evidence', encodeNodeId('Evidence', evidenceId), 'id') }),
      }),
    }),
    description: 'Records that a person looked, and found a criterion met or not: one with a manual check, or with none. Where the check names a role or person, only they may.',
    extensions: { permission: 'qa.run' },
    errors: { types: WRITE_ERRORS, union: { name: 'ConfirmCriterionResult' } },
    args: { input: t.arg({ type: ConfirmInput, required: true, description: 'What was found.' }) },
    resolve: (_root, { input }, ctx) => confirmCriterion(ctx, input),
  }),
)

const PreviewInput = builder.inputType('RecordPreviewInput', {
  description: 'A preview of a milestone.',
  fields: (t) => ({
    projectId: projectId(t),
    itemId: t.id({ required: true, description: 'Key or id of the milestone.' }),
    url: t.string({ required: true, description: 'Where it is looked at: absolute, http or https.' }),
    status: t.field({ type: PreviewStatusEnum, defaultValue: 'ready', description: 'What has become of it.' }),
    provider: t.string({ description: 'Who serves it, such as `vercel`.' }),
    commit: commit(t), branch: branch(t),
    expiresAt: t.field({ type: 'DateTime', description: 'When it is over, within 365 days. Default: a week from now.' }),
    id: t.id({ description: 'An id made by the client (UUID or pvw_...). That of an earlier preview says what has become of it.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('recordPreview', (t) =>
  t.field({
    type: builder.objectRef<PreviewRecorded>('RecordPreviewPayload').implement({
      description: 'The preview as it is recorded now.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', sequence),
        preview: f.field({ type: Preview, description: 'The preview.', resolve: ({ previewId }, _args, ctx) => readOne(ctx, 'Preview', encodeNodeId('Preview', previewId), 'id') }),
      }),
    }),
    description: 'Records a preview of a milestone; with the id of an earlier one, what has become of it: address, status and expiry.',
    extensions: { permission: 'qa.run' },
    errors: { types: CREATE_ERRORS, union: { name: 'RecordPreviewResult' } },
    args: { input: t.arg({ type: PreviewInput, required: true, description: 'The preview.' }) },
    resolve: (_root, { input }, ctx) => recordPreview(ctx, { ...input, status: input.status ?? 'ready' }),
  }),
)
