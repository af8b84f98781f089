/**
 * A dry run of 20 rules over 100,000 events against reading the same events: CPU of this process and Postgres together, and what
 * the process holds. The events are those of a busy project: statuses, titles, estimates, labels.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pastEvents, planBefore, spanOf } from '@buildrunner/schema/governance/history'
import type { Span } from '@buildrunner/schema/governance/history'
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { compilePolicy, parsePolicy, simulatePolicy } from '@buildrunner/sdk/policy'
import type { CompiledPolicy } from '@buildrunner/sdk/policy'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { samplePlan } from '../../sdk/bench/sample-plan.ts'
import { median, openBench } from './harness.ts'
import type { Bench } from './harness.ts'

const EVENTS = 100_000
const MICROSTEPS = 1_000
const ROUNDS = 3
const BAR = 2
/** How much more than one page and one plan a dry run may hold at its end, in MB. */
const MEMORY_BAR = 32

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const CONDITIONS = [
  "item.status == 'done' && item.criteria.total > 0 && before.status != 'in_review'", "item.kind == 'microstep' && item.estimateHours > 8", "'Viewer' in actor.roles",
  "'status' in change.fields && item.assignee == ''", "item.title.startsWith('Hotfix') && item.priority != 'critical'", 'size(item.labels) > 4', "project.tier == 'free' && item.status == 'blocked'",
  'plan.progress > 0.999', 'cost.addedHours > 40', "item.status in ['in_progress', 'done'] && item.openDependencies > 3",
]

function policyOf20(): CompiledPolicy {
  const rules = Array.from({ length: 20 }, (_, index) => `  - id: rule-${index}\n    when: [plan.*]\n    condition: ${JSON.stringify(CONDITIONS[index % CONDITIONS.length])}\n    effect: warn\n    message: Mind {{item.id}}.\n`)
  const { policy } = parsePolicy(`version: 1\nrules:\n${rules.join('')}`)
  if (policy === null) throw new Error('the policy of the benchmark is wrong')
  return compilePolicy(policy)
}

/** Writes the log in one statement: what a year of work leaves behind. */
async function writeEvents({ pool, ctx }: Bench, projectId: string): Promise<void> {
  const { rows: [project] } = await pool.query<{ id: string; sequence: number }>('SELECT p.id, s.sequence FROM projects p JOIN event_streams s ON s.id = p.id WHERE p.organisation_id = $1 ORDER BY p.created_at DESC LIMIT 1', [ctx.actor?.organisationId])
  if (project === undefined) throw new Error(`no project ${projectId}`)
  await pool.query(
    `INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, version, actor_id, origin, request_id, data, created_at)
     SELECT $1::uuid, $2::int + n, $3::uuid, 'plan.changed', 1, $4::uuid, 'bench', 'bench', json_build_object(
       'changes', json_build_array(json_build_object('op', 'update', 'id', k.key, 'set', json_build_object('status', (ARRAY['todo', 'in_progress', 'done'])[1 + n % 3], 'notes', 'n' || n))),
       'inverse', json_build_array(json_build_object('op', 'update', 'id', k.key, 'set', json_build_object('status', 'todo', 'notes', null)))), now()
     FROM generate_series(1, $5::int) n JOIN (SELECT key, row_number() OVER (ORDER BY key) AS place, count(*) OVER () AS many FROM plan_items WHERE project_id = $1::uuid AND kind = 'microstep') k ON k.place = 1 + n % k.many`,
    [project.id, project.sequence, ctx.actor?.organisationId, ctx.actor?.userId, EVENTS],
  )
  await pool.query('UPDATE event_streams SET sequence = sequence + $2 WHERE id = $1', [project.id, EVENTS])
}

async function readAll(bench: Bench, organisationId: string, span: Span): Promise<number> {
  let count = 0
  for await (const page of pastEvents(bench.ctx, organisationId, span)) count += page.length
  return count
}

async function cpuOf(bench: Bench, run: () => Promise<number>): Promise<number> {
  const [own, others] = [process.cpuUsage(), await bench.cpuNow(null)]
  const count = await run()
  if (count < EVENTS) throw new Error(`${count} events were read`)
  const { user, system } = process.cpuUsage(own)
  return (user + system) / 1_000 + (await bench.cpuNow(null)).database - others.database
}

export default async function simulationBench(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Dry run' })
    await importPlan(bench.ctx, { projectId }, samplePlan(MICROSTEPS), false)
    await writeEvents(bench, projectId)
    const organisationId = bench.ctx.actor?.organisationId ?? ''
    const { rows: [stream] } = await bench.pool.query<{ stream_id: string }>(`SELECT stream_id FROM runner_events WHERE origin = 'bench' LIMIT 1`)
    const span = await spanOf(bench.ctx, stream?.stream_id ?? '', new Date(0), new Date(Date.now() + 60_000))
    if (span === null) throw new Error('the log is empty')
    const [compiled, plan] = [policyOf20(), await planBefore(bench.ctx, span)]
    const project = { id: projectId, slug: 'dry-run', name: 'Dry run', tier: 'enterprise', archived: false }
    const simulate = async () => (await simulatePolicy(compiled, { project, plan, events: pastEvents(bench.ctx, organisationId, span) })).events
    const times = { read: [] as number[], simulate: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      times.read.push(await cpuOf(bench, () => readAll(bench, organisationId, span)))
      times.simulate.push(await cpuOf(bench, simulate))
    }
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    await simulate()
    collectGarbage()
    const grown = Math.max(0, process.memoryUsage().heapUsed - before) / 2 ** 20
    const [read, ran] = [median(times.read), median(times.simulate)]
    return [
      { what: `dry run of 20 rules over ${EVENTS} events`, baseline: 'reading the events', ratio: ran / read, bar: BAR, detail: `${ran.toFixed(0)} ms of CPU against ${read.toFixed(0)}` },
      { what: 'what a dry run leaves in memory', baseline: `${MEMORY_BAR} MB`, ratio: grown / MEMORY_BAR, bar: 1, detail: `${grown.toFixed(1)} MB after a collection` },
    ]
  } finally {
    await bench.close()
  }
}
