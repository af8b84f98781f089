/**
 * Use cases of quality: record a run of checks, confirm a criterion, record a preview. Each is one event in the project's stream, that
 * names the evidence and not what checks printed.
 */
import { branchMove, criteriaOf, demandOf } from '@buildrunner/sdk/quality'
import type { Context } from '../context.ts'
import { breaksUnique } from '../shared/database.ts'
import { AlreadyExistsError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { chosenUuid, encodeNodeId, newUuid } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import { checkPlace, checkResults, checkRun, checkUrl } from './check-input.ts'
import type { CheckedRun, ResultInput, RunInput } from './check-input.ts'
import { MAX_CRITERION_KEY, decideResults } from './decide-run.ts'
import type { DecidedResults, Note } from './decide-run.ts'
import { requireConfirmer } from './confirmers.ts'
import { continueRun, insertEvidence, insertPreview, insertRun, markCommits, moveHead, updatePreview, upsertCommit } from './rows.ts'
import type { PreviewStatus } from './rows.ts'
import { readItemTarget, readPreviewTarget, readRunTarget } from './targets.ts'
import type { ItemTarget, PreviewTarget, ProjectRequest, RunTarget } from './targets.ts'
import { writeQuality } from './write.ts'
import type { Written } from './write.ts'

type Optional<Value> = Value | null | undefined

export interface RecordRun extends ProjectRequest {
  readonly run: RunInput
  readonly results: readonly ResultInput[]
}

export interface RunRecorded extends Written {
  readonly runId: string
  /** How many results became evidence by this request. */
  readonly recorded: number
  readonly notes: readonly Note[]
}

/** Regressions that an event names. */
const MAX_TOLD = 50

/**
 * Records results of a run as evidence. The same id of a run again adds to it: what it has recorded already stays as it is, so that
 * a request that is sent twice, and one that is resumed, are harmless.
 *
 * @throws ValidationError; AlreadyExistsError when the id belongs to another run
 */
export async function recordRun(ctx: Context, input: RecordRun): Promise<RunRecorded> {
  requirePermission(ctx, 'qa.run')
  const runId = chosenUuid('QaRun', input.run.id, ctx.clock.now())
  const [run, results] = [checkRun(input.run), checkResults(input.results)]
  const commits = run.commit === null ? [] : [run.commit, ...run.ancestors]
  return writeQuality<RunTarget, Omit<RunRecorded, 'sequence'>>(ctx, {
    action: 'qa.record', input,
    read: () => readRunTarget(ctx, input, { ...run, id: runId, commits }, results),
    decide(target) {
      requireSameRun(ctx, target, run)
      const decided = decideResults(results, target.results, () => newUuid(ctx.clock.now().getTime()))
      const result = { runId, recorded: decided.evidence.length, notes: decided.notes }
      const ends = run.finishedAt !== null && target.run?.finished === false
      if (target.run !== null && decided.evidence.length === 0 && !ends) return { unchanged: result }
      return { target: { type: 'qa_run', id: runId }, ...aboutOne(decided), event: runEvent(runId, run, decided), before: null, after: auditOf(run, decided), rows: rowsOf(runId, run, decided, target), result }
    },
  }).catch(taken('qa_runs_pkey', 'A run'))
}

const taken = (constraint: string, what: string) => (error: unknown): never => {
  throw breaksUnique(error, constraint) ? new AlreadyExistsError(`${what} with this id exists already, elsewhere. Use a new id.`, ['id']) : error
}

function requireSameRun(ctx: Context, { run: known, project_id }: RunTarget, run: CheckedRun): void {
  if (known === null) return
  const isSame = known.project_id === project_id && known.actor_id === ctx.actor?.userId && known.source === run.source && known.commit === run.commit && known.branch === run.branch && known.dirty === run.dirty
  if (!isSame) throw new AlreadyExistsError('A run with this id exists already: of another project, commit or branch, or reported by somebody else. Use a new id.', ['run', 'id'])
}

/** What a policy may ask of: the item, where all evidence is of one. */
function aboutOne({ evidence }: DecidedResults): { itemKey?: string } {
  const [first] = evidence
  return first !== undefined && evidence.every(({ item_id }) => item_id === first.item_id) ? { itemKey: first.item_key } : {}
}

const evidenceNode = (uuid: string): string => encodeNodeId('Evidence', uuid)

function runEvent(runId: string, { source, commit, branch, dirty, finishedAt }: CheckedRun, { evidence, regressions, totals }: DecidedResults) {
  return {
    kind: 'qa.run.recorded',
    data: {
      runId: encodeNodeId('QaRun', runId), source, commit, branch, dirty, finished: finishedAt !== null, ...totals, items: [...new Set(evidence.map(({ item_key }) => item_key))],
      regressions: regressions.slice(0, MAX_TOLD).map(({ itemKey, criterion, evidenceId, beforeId }) => ({ itemKey, criterion, evidenceId: evidenceNode(evidenceId), beforeId: evidenceNode(beforeId) })),
    },
  }
}

/** What the digest of the audit record stands for. */
const auditOf = ({ source, commit, branch, dirty }: CheckedRun, { evidence }: DecidedResults): object => ({ source, commit, branch, dirty, evidence })

function rowsOf(runId: string, run: CheckedRun, { evidence, totals }: DecidedResults, { run: known, head, present, left }: RunTarget): RowChange[] {
  const rows = [known === null ? insertRun(runId, run, totals) : continueRun(runId, run, totals)]
  if (evidence.length > 0) rows.push(insertEvidence(runId, run, evidence))
  const { commit, branch } = run
  if (known !== null || commit === null || branch === null) return rows
  const move = branchMove({ head, present, left }, { commit, ancestors: run.ancestors, complete: run.complete })
  const back = move.back.filter((one) => one !== commit)
  rows.push(upsertCommit(branch, commit, run.ancestors))
  if (move.isHead) rows.push(moveHead(branch, commit))
  if (move.left.length > 0) rows.push(markCommits(branch, move.left, true))
  if (back.length > 0) rows.push(markCommits(branch, back, false))
  return rows
}

export interface ConfirmCriterion extends ProjectRequest {
  /** Key or id of the item. */
  readonly itemId: string
  /** The criterion's id, or its text. */
  readonly criterion: string
  readonly met: boolean
  readonly note?: Optional<string>
  readonly url?: Optional<string>
  readonly commit?: Optional<string>
  readonly branch?: Optional<string>
}

export interface CriterionConfirmed extends Written {
  readonly evidenceId: string
}

const MAX_NOTE = 500

function requireItem<Target extends ItemTarget>(target: Target, ref: string): NonNullable<Target['item']> {
  if (target.item === null) throw new NotFoundError('plan item', ref, ['itemId'])
  return target.item
}

/**
 * Records that a person looked, and found a criterion met or not. Only of criteria with a manual check, or none; of one that names a
 * role or person, only by them.
 *
 * @throws ValidationError for a criterion that is checked otherwise; ForbiddenError for who is not named
 */
export async function confirmCriterion(ctx: Context, input: ConfirmCriterion): Promise<CriterionConfirmed> {
  requirePermission(ctx, 'qa.run')
  const [place, url] = [checkPlace(input), checkUrl(input.url, ['url'])]
  if ((input.note?.length ?? 0) > MAX_NOTE) throw new ValidationError(`A note has at most ${MAX_NOTE} characters.`, ['note'])
  return writeQuality(ctx, {
    action: 'qa.confirm', input,
    read: () => readItemTarget(ctx, input, input.itemId),
    async decide(target) {
      const item = requireItem(target, input.itemId)
      const criterion = criteriaOf(item.criteria).get(input.criterion)
      if (criterion === undefined) throw new NotFoundError('criterion', input.criterion, ['criterion'])
      if (input.criterion.length > MAX_CRITERION_KEY) throw new ValidationError(`The criterion is longer than ${MAX_CRITERION_KEY} characters. Give it an id.`, ['criterion'])
      const { digest, checkKind } = demandOf(criterion)
      if (checkKind !== 'manual') throw new ValidationError(`This criterion is not for people to confirm: its check is a ${checkKind}. Run it: br qa run ${item.key}.`, ['criterion'])
      await requireConfirmer(ctx, target, criterion)
      const id = newUuid(ctx.clock.now().getTime())
      const outcome = input.met ? 'passed' : 'failed'
      const row = {
        id, item_id: item.id, item_key: item.key, criterion_key: input.criterion, criterion_digest: digest, outcome, check_kind: 'manual', duration_ms: 0, attempts: 1, passed_attempts: input.met ? 1 : 0,
        flaky: false, contradicts_id: null, message: input.note?.trim() || null, output: null, url,
      } as const
      return {
        target: { type: 'evidence', id }, itemKey: item.key, before: null, after: { ...row, ...place }, rows: [insertEvidence(null, { ...place, dirty: false }, [row])], result: { evidenceId: id },
        event: { kind: 'evidence.recorded', data: { evidenceId: evidenceNode(id), itemKey: item.key, criterion: input.criterion, outcome, ...place } },
      }
    },
  })
}

export interface RecordPreview extends ProjectRequest {
  /** Key or id of the milestone. */
  readonly itemId: string
  readonly url: string
  readonly status: PreviewStatus
  readonly provider?: Optional<string>
  readonly commit?: Optional<string>
  readonly branch?: Optional<string>
  /** Default: a week from now. */
  readonly expiresAt?: Optional<Date>
  readonly id?: Optional<string>
}

export interface PreviewRecorded extends Written {
  readonly previewId: string
}

const DAY_MS = 86_400_000
const DEFAULT_PREVIEW_DAYS = 7
const MAX_PREVIEW_DAYS = 365
const MAX_PROVIDER = 50

function checkExpiry(ctx: Context, expiresAt: Optional<Date>): Date {
  const now = ctx.clock.now().getTime()
  if (expiresAt != null && (expiresAt.getTime() <= now || expiresAt.getTime() > now + MAX_PREVIEW_DAYS * DAY_MS)) throw new ValidationError(`A preview expires in the future, within ${MAX_PREVIEW_DAYS} days.`, ['expiresAt'])
  return expiresAt ?? new Date(now + DEFAULT_PREVIEW_DAYS * DAY_MS)
}

/** Records a preview of a milestone; with the id of an earlier one, what has become of it: its address, status and expiry. */
export async function recordPreview(ctx: Context, input: RecordPreview): Promise<PreviewRecorded> {
  requirePermission(ctx, 'qa.run')
  const id = chosenUuid('Preview', input.id, ctx.clock.now())
  const [place, url, expiresAt] = [checkPlace(input), checkUrl(input.url, ['url']) as string, checkExpiry(ctx, input.expiresAt)]
  if ((input.provider?.length ?? 0) > MAX_PROVIDER) throw new ValidationError(`The name of a provider has at most ${MAX_PROVIDER} characters.`, ['provider'])
  const { status } = input
  return writeQuality(ctx, {
    action: 'qa.preview', input,
    read: () => readPreviewTarget(ctx, input, input.itemId, id),
    decide(target) {
      const item = requireItem(target, input.itemId)
      if (item.kind !== 'milestone') throw new ValidationError(`A preview is of a milestone; ${item.key} is a ${item.kind}.`, ['itemId'])
      const known = knownPreview(target, item.id)
      const after = { status, url, expiresAt: input.expiresAt == null && known !== null ? new Date(known.expires_at) : expiresAt }
      const row = known === null ? insertPreview({ id, itemId: item.id, itemKey: item.key, phase: item.phase, provider: input.provider ?? null, ...place, ...after }) : updatePreview({ id, ...after })
      return {
        target: { type: 'preview', id }, itemKey: item.key, before: known, after, rows: [row], result: { previewId: id },
        event: { kind: 'preview.recorded', data: { previewId: encodeNodeId('Preview', id), itemKey: item.key, phase: item.phase, status } },
      }
    },
  }).catch(taken('previews_pkey', 'A preview'))
}

/** @throws AlreadyExistsError when the id belongs to a preview of something else */
function knownPreview({ preview, project_id }: PreviewTarget, itemId: string): PreviewTarget['preview'] {
  if (preview !== null && (preview.project_id !== project_id || preview.item_id !== itemId)) throw new AlreadyExistsError('A preview with this id exists already, of another milestone. Use a new id.', ['id'])
  return preview
}
