/**
 * A step of a workflow that fails when the plan is invalid or blocked; see action.yml. Against the server that `npm start` runs:
 *
 *   node --conditions=@buildrunner/source examples/github-action/main.ts
 */
import { readFile } from 'node:fs/promises'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { analyzePlan, flattenPlan, hasErrors, parsePlan } from '@buildrunner/sdk/plans'
import type { Plan } from '@buildrunner/sdk/plans'
import { connection } from '../local.ts'
import { annotate, output, summarise } from './commands.ts'

interface State {
  readonly percent: number
  readonly ready: readonly string[]
  readonly blocked: readonly { key: string; reasons: readonly { kind: string; message: string }[] }[]
}

const file = process.env['PLAN_FILE'] || 'buildrunner/specs/plan.json'
const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
  annotate('error', `The plan cannot be read (${error.code}).`, { file })
  process.exit(1)
})

const { plan, problems } = parsePlan(text)
for (const { severity, message, remedy, line, column } of problems) annotate(severity, `${message} ${remedy}`, { file, line, column })
if (plan === undefined || hasErrors(problems)) {
  summarise(`### ✗ The plan is not valid\n\n${problems.map(({ message }) => `- ${message}`).join('\n')}`)
  process.exit(1)
}

const options = await connection()
const state = options === undefined ? ofFile(plan) : await ofServer(new BuildRunnerSDK({ ...options, clientName: 'github-action/1' }))
report(state)

async function ofServer(client: BuildRunnerSDK): Promise<State> {
  const { data, error } = await client.planning.getAnalysis()
  if (!error) return { percent: data.progress.percent, ready: data.ready, blocked: data.blocked }
  annotate('error', `${error.code}: ${error.message}`, { file })
  process.exit(1)
}

function ofFile(plan: Plan): State {
  const { progress, ready, blocked } = analyzePlan(flattenPlan(plan))
  return { percent: Math.round(progress.percent * 10) / 10, ready, blocked: blocked.map(({ id, reasons }) => ({ key: id, reasons })) }
}

/** Waiting for a dependency is the way of plans; a status that says so, or no way on at all, is not. */
function report({ percent, ready, blocked }: State): void {
  const stopped = blocked.filter(({ reasons }) => reasons.some(({ kind }) => kind === 'status' || kind === 'missing'))
  const stuck = ready.length === 0 && blocked.length > 0
  for (const { key, reasons } of stuck ? blocked : stopped) annotate('error', `${key} is blocked: ${reasons.map(({ message }) => message).join(' ')}`, { file, line: lineOf(key) })
  output('percent', percent)
  output('ready', ready.length)
  output('blocked', stopped.length)
  const failed = stuck || stopped.length > 0
  const list = (title: string, keys: readonly string[]): string => (keys.length === 0 ? '' : `\n\n**${title}:** ${keys.map((key) => `\`${key}\``).join(', ')}`)
  const verdict = stuck ? '✗ Nothing can start' : failed ? '✗ The plan is blocked' : '✓ The plan can go on'
  summarise(`### ${verdict}: ${percent}% done${list('Blocked', stopped.map(({ key }) => key))}${list('Ready', ready)}`)
  process.exitCode = failed ? 1 : 0
}

/** Where an item stands in the file; undefined for one that only the server has. */
function lineOf(key: string): number | undefined {
  // Ids hold no white space.
  const index = text.split('\n').findIndex((line) => line.replace(/\s/g, '').includes(`"id":${JSON.stringify(key)}`))
  return index === -1 ? undefined : index + 1
}
