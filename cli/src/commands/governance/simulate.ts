/** `br governance simulate`: what a policy would have stopped, had it been in force. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { effectText, when } from '../../governance/describe.ts'
import { readPolicyFile } from '../../governance/policy-file.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { readVersion } from './show.ts'
import { t } from '../../text/text.ts'
import type { GovernanceSimulateData } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

const DAY_MS = 86_400_000
const SPANS: Readonly<Record<string, number>> = { d: DAY_MS, w: 7 * DAY_MS, h: DAY_MS / 24 }

export interface SimulateOptions extends ServerOptions {
  file?: string
  policyVersion?: string
  since: string
  samples: string
}

export function define(command: Command): void {
  command
    .option('-f, --file <file>', 'the policy file (default: the nearest governance/policy.yml)')
    .option('--policy-version <number>', 'one of the server instead (br governance history)')
    .option('--since <time>', 'how far back: 30d, 2w, 12h, or a time such as 2026-11-01T00:00:00Z', '30d')
    .option('--samples <count>', 'how many hits of each rule are shown', '5')
  serverOptions(command, { project: true })
  examples(command, [
    ['br governance simulate', 'what the file here would have stopped in the last 30 days'],
    ['br governance simulate --policy-version 3 --since 2w', 'what version 3 would have'],
  ])
}

/** @throws INVALID_VALUE */
function sinceOf(value: string): string {
  const [, count, span] = /^(\d+)([dwh])$/.exec(value) ?? []
  const time = span === undefined ? Date.parse(value) : Date.now() - Number(count) * (SPANS[span] as number)
  if (Number.isNaN(time)) throw failure('INVALID_VALUE', { option: '--since', value, expected: t('30d, 2w, 12h, or a time such as 2026-11-01T00:00:00Z') })
  return new Date(time).toISOString()
}

function countOf(value: string): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 0 || count > 100) throw failure('INVALID_VALUE', { option: '--samples', value, expected: t('a count from 0 to 100') })
  return count
}

export async function run(context: Context, { file, policyVersion, since, samples, ...options }: SimulateOptions): Promise<void> {
  const asked = policyVersion === undefined ? { text: readPolicyFile(context, file).text } : { version: readVersion('--policy-version', policyVersion) }
  const limits = { since: sinceOf(since), samples: countOf(samples) }
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const simulation = await connection.reading(() => connection.client.governance.simulate({ projectId, ...asked, ...limits }).orThrow())
  context.out.result(simulation, () => simulationLines(simulation, context.out.style))
}

function simulationLines({ events, writes, stopped, rules }: GovernanceSimulateData, style: Style): string[] {
  return [
    `${stopped === 0 ? style.green('✓') : style.yellow('!')} ${t('{stopped, plural, one {# write} other {# writes}} of {writes} would have been stopped, in {events, plural, one {# event} other {# events}}', { stopped, writes, events })}`,
    ...rules.flatMap(({ rule, line, effect, hits, unknown, samples }) => [
      `${String(hits).padStart(6)}  ${style.bold(rule)}${style.dim(`:${line}`)}  ${effectText(effect, style)}${unknown.length === 0 ? '' : `  ${style.yellow(t('not judged: the past of {unknown} is not known', { unknown: unknown.join(', ') }))}`}`,
      ...samples.map(({ sequence, at, itemKey, message }) => `        ${style.dim(`${sequence} ${when(at)}`)}  ${itemKey ?? ''}  ${message}`),
    ]),
  ]
}
