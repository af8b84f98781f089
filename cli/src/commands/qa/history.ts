/** `br qa history`: runs of checks, or the evidence of an item or a run. */
import { t } from '../../text/text.ts'
import type { Evidence, QaRun } from '@buildrunner/sdk'
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table, type Style } from '../../core/style.ts'
import { oneLine } from '../../plan/describe.ts'
import { durationText, outcomeSymbol } from '../../qa/describe.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import type { Context } from '../../core/context.ts'
import type { CheckOutcome } from '@buildrunner/sdk/quality'
import type { Command } from 'commander'

export interface HistoryOptions extends ServerOptions {
  run?: string
  flaky?: boolean
  branch?: string
  limit: string
}

export function define(command: Command): void {
  command
    .argument('[id]', 'the evidence of this item (default: the runs of the project)')
    .option('--run <run>', 'the evidence of this run')
    .option('--flaky', 'only what was flaky')
    .option('--branch <branch>', 'only runs on this branch')
    .option('--limit <count>', 'at most so many, the newest', '20')
  serverOptions(command, { project: true })
  examples(command, [
    ['br qa history', 'the last runs'],
    ['br qa history T3', 'what was found of an item, and whether it still counts'],
    ['br qa history --run qar_01a2…', 'what a run found'],
  ])
}

export async function run(context: Context, { run, flaky, branch, limit, ...options }: HistoryOptions, [itemId]: string[]): Promise<void> {
  const count = readLimit(limit)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { client, reading } = connection
  const { out } = context
  const first = pageSize(count)
  if (itemId === undefined && run === undefined && flaky !== true) {
    const runs = await reading(() => client.qa.listRuns({ projectId, branch, first }).toArray({ limit: count }))
    return out.result({ runs }, () => (runs.length === 0 ? out.style.dim(t('No runs yet: br qa run makes one.')) : table(runs.map((each) => runRow(each, out.style)))))
  }
  const evidence = await reading(() => client.qa.listEvidence({ projectId, itemId, runId: run, flaky: flaky === true ? true : undefined, first }).toArray({ limit: count }))
  out.result({ evidence }, () => (evidence.length === 0 ? out.style.dim(t('No evidence yet.')) : table(evidence.map((each) => evidenceRow(each, out.style)))))
}

const timeText = (time: string): string => time.slice(0, 19).replace('T', ' ')
const commitText = ({ commit, branch, dirty }: Pick<QaRun, 'commit' | 'branch' | 'dirty'>): string =>
  commit === null ? t('no commit') : `${commit.slice(0, 10)}${branch === null ? '' : ` ${oneLine(branch)}`}${dirty ? ` ${t('+changes')}` : ''}`

function runRow(run: QaRun, style: Style): string[] {
  const counts = [style.green(t('{passed} passed', { passed: run.passed })), run.failed > 0 ? style.red(t('{failed} failed', { failed: run.failed })) : '', run.errored > 0 ? style.yellow(t('{errored} not carried out', { errored: run.errored })) : '']
  return [style.dim(timeText(run.startedAt)), counts.filter((text) => text !== '').join(', '), commitText(run), oneLine(run.actor?.name ?? ''), style.dim(run.id)]
}

function evidenceRow(evidence: Evidence, style: Style): string[] {
  const state = [evidence.stale === null ? '' : style.yellow(t('stale: {value}', { value: evidence.stale.toLowerCase().replaceAll('_', ' ') })), evidence.flaky ? style.yellow(t('flaky')) : '']
  return [
    outcomeSymbol(evidence.outcome.toLowerCase() as CheckOutcome, style), style.dim(timeText(evidence.createdAt)), style.bold(oneLine(evidence.itemKey ?? '')), oneLine(evidence.criterion), oneLine(evidence.message ?? ''),
    style.dim(durationText(evidence.durationMs)), commitText(evidence), oneLine(evidence.actor?.name ?? ''), state.filter((text) => text !== '').join(' '),
  ]
}
