/** Reports a run to the server, where its results become evidence. */
import { msg, t } from '../text/text.ts'
import type { QaRecordRunData } from '@buildrunner/sdk'
import { resultBatches } from '@buildrunner/sdk/quality'
import { toCliError, type CliError } from '../core/errors.ts'
import { EXIT } from '../core/exit-codes.ts'
import { connect, type Connection } from '../server/connection.ts'
import { loadPlan } from '../plan/session.ts'
import { projectFor } from '../sync/project.ts'
import { ciUrl } from './git.ts'
import { keepUnsent, unsentRuns, type Part } from './unsent.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'
import type { Workspace } from '../files/workspace.ts'
import type { RunReport } from './run-checks.ts'

/** What became of a report. */
export type Reported =
  | { readonly status: 'reported'; readonly runId: string; readonly recorded: number; readonly notes: QaRecordRunData['notes'] }
  /** There is nobody to report to, or nothing to report. */
  | { readonly status: 'not-reported'; readonly reason: string }
  /** `kept`: the next run sends it. */
  | { readonly status: 'failed'; readonly error: CliError; readonly kept: boolean }

/** Errors that say that a plan is worked on without a server, which is nobody's fault. */
const WITHOUT_SERVER: Readonly<Record<string, string>> = { NOT_SIGNED_IN: msg('you are not signed in'), PROJECT_UNKNOWN: msg('the plan is not linked to a project') }

const upper = <T extends string>(value: T): Uppercase<T> => value.toUpperCase() as Uppercase<T>

/** The requests of a run. What people confirm is no result of a run, and what was skipped is evidence of nothing. */
function partsOf({ env }: Context, projectId: string, { id, state, startedAt, finishedAt, results }: RunReport): Part[] {
  const source = env.CI === undefined || env.CI === '' || env.CI === 'false' ? 'LOCAL' : 'CI'
  const { commit = null, branch = null, dirty = false, ancestors = [], complete = false } = state ?? {}
  const run = { id, source, commit, branch, dirty, ancestors, complete, startedAt: startedAt.toISOString(), url: ciUrl(env) ?? null } as const
  const sent = results.filter(({ outcome, target }) => outcome !== 'skipped' && target.check.kind !== 'manual').map(({ target, outcome, message, output, ...counts }) => ({
    item: target.item,
    criterion: target.criterion,
    criterionDigest: target.digest,
    checkKind: upper(target.check.kind),
    outcome: upper(outcome),
    message: message.slice(0, 500),
    output,
    ...counts,
  }))
  const batches = resultBatches(sent)
  return batches.map((batch, index) => ({ projectId, run: { ...run, finishedAt: index === batches.length - 1 ? finishedAt.toISOString() : null }, results: batch }))
}

/** Never rejects for what the server is to blame for: what was found is shown in any case. */
export async function reportRun(context: Context, options: ServerOptions, workspace: Workspace, report: RunReport): Promise<Reported> {
  if (report.hasMoved) return { status: 'not-reported', reason: t('another commit was checked out while checks ran') }
  let connection: Connection | undefined
  let parts: Part[] = []
  try {
    connection = await connect(context, options)
    const projectId = await projectFor(context, connection, workspace, loadPlan(workspace).plan['x-sync'])
    parts = partsOf(context, projectId, report)
    await sendUnsent(context, connection)
    return parts.length === 0 ? { status: 'not-reported', reason: t('there are no results') } : await send(connection, parts)
  } catch (caught) {
    const error = toCliError(caught)
    const reason = WITHOUT_SERVER[error.code]
    if (reason !== undefined) return { status: 'not-reported', reason: t(reason) }
    const kept = error.exitCode === EXIT.unavailable && connection !== undefined && parts.length > 0
    // All of it: parts that arrived are recognised by the run's id.
    if (kept) keepUnsent(context, connection!.settings.baseUrl, parts)
    return { status: 'failed', error, kept }
  }
}

async function send({ client, ask }: Connection, parts: readonly Part[]): Promise<Reported & { status: 'reported' }> {
  const answers: QaRecordRunData[] = []
  for (const part of parts) answers.push(await ask(client.qa.recordRun(part)))
  return { status: 'reported', runId: answers[0]!.run.id, recorded: answers.reduce((sum, { recorded }) => sum + recorded, 0), notes: answers.flatMap(({ notes }) => notes) }
}

/** A run that the server refuses now it would always refuse. @throws CliError while the server is away */
async function sendUnsent(context: Context, connection: Connection): Promise<void> {
  for (const { parts, forget } of unsentRuns(context, connection.settings.baseUrl)) {
    try {
      await send(connection, parts)
    } catch (caught) {
      const error = toCliError(caught)
      if (error.exitCode === EXIT.unavailable) throw error
      context.out.warn(t('A run of {startedAt} that was kept for the server is refused: {message}', { startedAt: parts[0]!.run.startedAt, message: error.message }))
    }
    forget()
  }
}
