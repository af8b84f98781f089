/** One run: what is selected and trusted is carried out, and bound to the commit that is checked out. */
import { CHECK_KINDS, CHECK_OUTCOMES, type CheckKind, type CheckOutcome } from '@buildrunner/sdk/quality'
import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { beforeLeaving } from '../core/leaving.ts'
import { failure } from '../core/errors.ts'
import { loadPlan, requireItem } from '../plan/session.ts'
import { readCredentials } from '../server/credentials.ts'
import { assertTrusted } from './ask-trust.ts'
import { commitState, headOf, treeFingerprint, type CommitState } from './git.ts'
import { changedTargets, rememberResults } from './last-results.ts'
import { runTargets, type Result, type RunnerOptions } from './runner.ts'
import { secretMask } from './secrets.ts'
import { allTargets, selectTargets, type Selection, type Target } from './targets.ts'
import { t } from '../text/text.ts'
import type { Context } from '../core/context.ts'
import type { Workspace } from '../files/workspace.ts'
import type { FlatPlan } from '@buildrunner/sdk/plans'

export interface RunRequest extends Pick<RunnerOptions, 'jobs' | 'repeat' | 'bail' | 'onBegin' | 'onResult'> {
  readonly items: readonly string[]
  readonly milestone?: string | undefined
  readonly kinds?: readonly CheckKind[] | undefined
  /** Leaves out what passed on just these files. */
  readonly changed: boolean
  /** The digest of what the plan may do. */
  readonly trust?: string | undefined
  /** Ends what runs. */
  readonly signal?: AbortSignal
  /** Told what is about to be carried out. */
  onSelect?(targets: readonly Target[]): void
}

/** What a run found. */
export interface RunReport {
  /** A UUID. */
  readonly id: string
  /** Name of the plan's project. */
  readonly project: string
  /** Null outside of a repository. */
  readonly state: CommitState | null
  /** Another commit was checked out while checks ran: what was found is of neither. */
  readonly hasMoved: boolean
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly results: readonly Result[]
  /** Criteria that nothing verifies. */
  readonly withoutCheck: number
  /** Left out, because they passed on just these files. */
  readonly unchanged: number
}

/** @throws PLAN_HAS_ERRORS, ITEM_NOT_FOUND, NOT_TRUSTED: before anything runs */
export async function runChecks(context: Context, workspace: Workspace, request: RunRequest): Promise<RunReport> {
  const { plan, flat } = loadPlan(workspace)
  const selected = selectTargets(flat, selectionOf(flat, request))
  // Before anything else: also git runs programs that a repository's own settings name.
  await assertTrusted(context, workspace, { all: allTargets(flat), wanted: selected.targets, ...(request.trust !== undefined && { trust: request.trust }) })
  const root = fs.realpathSync(workspace.root)
  const tree = await treeFingerprint(root, context.env)
  const targets = request.changed ? changedTargets(workspace, selected.targets, tree) : selected.targets
  const state = (await commitState(root, context.env)) ?? null
  request.onSelect?.(targets)
  const startedAt = new Date()
  const results = await carriedOut(context, root, targets, request)
  rememberResults(workspace, results, tree)
  const hasMoved = state !== null && (await headOf(root, context.env)) !== state.commit
  const counts = { withoutCheck: selected.withoutCheck, unchanged: selected.targets.length - targets.length }
  return { id: randomUUID(), project: plan.project.name, state, hasMoved, startedAt, finishedAt: new Date(), results, ...counts }
}

/** On a signal everything that runs is ended before br leaves. */
async function carriedOut(context: Context, root: string, targets: readonly Target[], request: RunRequest): Promise<Result[]> {
  const leaving = new AbortController()
  const signal = request.signal === undefined ? leaving.signal : AbortSignal.any([request.signal, leaving.signal])
  const mask = secretMask(context.env, storedSecrets(context))
  const running = runTargets(targets, { ...request, context: { root, env: context.env, signal, mask } })
  const stay = beforeLeaving(() => {
    leaving.abort()
    return running
  })
  try {
    return await running
  } finally {
    stay()
  }
}

/** What br itself is signed in with: a command could print its file. */
function storedSecrets({ env }: Context): string[] {
  const { servers, impersonations = {} } = readCredentials(env)
  return [...Object.values(servers).map(({ apiKey }) => apiKey), ...Object.values(impersonations).map(({ token }) => token)]
}

function selectionOf(flat: FlatPlan, { items, milestone, kinds }: RunRequest): Selection {
  if (milestone === undefined) return { items, kinds }
  if (requireItem(flat, milestone).kind !== 'milestone') throw failure('INVALID_VALUE', { option: '--milestone', value: milestone, expected: 'a milestone' })
  return { items: [...items, milestone], kinds }
}

/** How many checks came to what. */
export function totalsOf(results: readonly Result[]): Record<CheckOutcome, number> {
  const totals = Object.fromEntries(CHECK_OUTCOMES.map((outcome) => [outcome, 0])) as Record<CheckOutcome, number>
  for (const { outcome } of results) totals[outcome]++
  return totals
}

/** @throws INVALID_VALUE */
export function readKinds(values: readonly string[] | undefined): CheckKind[] | undefined {
  return values?.map((value) => {
    const kind = CHECK_KINDS.find((each) => each === value)
    if (kind === undefined) throw failure('INVALID_VALUE', { option: '--kind', value, expected: t('one of {CHECK_KINDS}', { CHECK_KINDS: CHECK_KINDS.join(', ') }) })
    return kind
  })
}
