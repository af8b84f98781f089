/**
 * `br sync` of 10,000 microsteps: CPU of the command, the server and Postgres together, against one process that parses
 * the same file and writes the same rows with one statement.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { applyChangesToText, flattenPlan, parsePlan } from '@buildrunner/sdk/plans'
import type { Plan, PlanChange } from '@buildrunner/sdk/plans'
import { createProject } from '@buildrunner/schema/projects/service'
import { applyPlanChanges } from '@buildrunner/schema/plans/service'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { samplePlan } from '../../sdk/bench/sample-plan.ts'
import { median, openBench } from './harness.ts'
import type { Bench, Served } from './harness.ts'

const MICROSTEPS = 10_000
const EDITS = 500
const ROUNDS = 3
const BAR = 4
const run = promisify(execFile)
const cli = path.join(import.meta.dirname, '../../cli/dist/br.js')

interface Cost {
  readonly cpu: number
  readonly seconds: number
  readonly parts: string
}

/** Runs a command; its CPU, the server's and Postgres's together. */
async function costOf(bench: Bench, served: Served | null, file: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<Cost> {
  const before = await bench.cpuNow(served)
  const started = performance.now()
  await run(process.execPath, [file, ...args], { ...options, env: { ...process.env, ...options.env }, maxBuffer: 1 << 28 })
  const seconds = (performance.now() - started) / 1000
  const after = await bench.cpuNow(served)
  const [client, server, database] = [after.children - before.children, after.server - before.server, after.database - before.database]
  return { cpu: client + server + database, seconds, parts: `client ${client}, server ${server}, database ${database}` }
}

/** The n-th of the plan's microsteps, spread over it. */
const pick = (plan: Plan, count: number, offset: number): string[] => {
  const ids = [...flattenPlan(plan).items.values()].filter((item) => item.kind === 'microstep').map((item) => item.id)
  return Array.from({ length: count }, (_, index) => ids[Math.floor((index * ids.length) / count) + offset] as string)
}
const retitle = (ids: readonly string[], by: string): PlanChange[] => ids.map((id, index) => ({ op: 'update', id, set: { title: `Edited by ${by}, number ${index}`, assignee: by } }))

async function syncOnce(bench: Bench, served: Served, plan: Plan): Promise<Record<'first' | 'again' | 'firstBare' | 'againBare', Cost>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'br-sync-bench-'))
  try {
    const { projectId } = await createProject(bench.ctx, { name: `Sync ${folder.slice(-6)}` })
    const file = path.join(folder, 'buildrunner/specs/plan.json')
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, `${JSON.stringify(plan, null, 2)}\n`)
    const env = { BUILDRUNNER_API_KEY: bench.apiKey, BUILDRUNNER_BASE_URL: served.url, BUILDRUNNER_PROJECT_ID: projectId, XDG_CONFIG_HOME: folder }
    const first = await costOf(bench, served, cli, ['sync', '--json'], { cwd: folder, env })
    await applyPlanChanges(bench.ctx, { projectId }, retitle(pick(plan, EDITS, 3), 'remote'), null)
    await writeFile(file, applyChangesToText(await readFile(file, 'utf8'), retitle(pick(plan, EDITS, 7), 'local')))
    const again = await costOf(bench, served, cli, ['sync', '--json'], { cwd: folder, env })
    await checkEqual(bench, projectId, file)
    const bare = path.join(import.meta.dirname, 'bulk-bare.mjs')
    const firstBare = await costOf(bench, null, bare, [bench.databaseUrl, file, 'insert'], { cwd: folder })
    const againBare = await costOf(bench, null, bare, [bench.databaseUrl, file, 'update', String(EDITS)], { cwd: folder })
    return { first, again, firstBare, againBare }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function checkEqual(bench: Bench, projectId: string, file: string): Promise<void> {
  const { plan } = parsePlan(await readFile(file, 'utf8'))
  const titles = plan === undefined ? [] : [...flattenPlan(plan).items.values()].map((item) => item.fields.title).toSorted()
  const { rows } = await bench.pool.query<{ title: string }>('SELECT title FROM plan_items WHERE project_id = $1 ORDER BY title COLLATE "C"', [projectId])
  const stored = rows.map((row) => row.title).toSorted()
  if (titles.filter((title) => title.startsWith('Edited by')).length !== 2 * EDITS || JSON.stringify(titles) !== JSON.stringify(stored)) throw new Error('file and server differ after the sync')
}

export default async function syncBench(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const plan = samplePlan(MICROSTEPS)
    const served = await bench.serve('serve-ours.ts')
    await syncOnce(bench, served, plan) // a server that has just started compiles its code
    const rounds: Awaited<ReturnType<typeof syncOnce>>[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await syncOnce(bench, served, plan))
    const result = (what: string, ours: 'first' | 'again', theirs: 'firstBare' | 'againBare'): BenchResult => {
      const ratios = rounds.map((round) => round[ours].cpu / round[theirs].cpu)
      const typical = rounds[ratios.indexOf(median(ratios))] as Awaited<ReturnType<typeof syncOnce>>
      return {
        what, baseline: 'one process: parse the file, one bulk statement for the same rows', ratio: median(ratios), bar: BAR,
        detail: `${typical[ours].cpu} ms (${typical[ours].parts}; ${typical[ours].seconds.toFixed(2)} s) against ${typical[theirs].cpu} ms of CPU (${typical[theirs].parts})`,
      }
    }
    return [result(`first br sync of 10,000 microsteps`, 'first', 'firstBare'), result(`br sync again, ${EDITS} edits on each side`, 'again', 'againBare')]
  } finally {
    await bench.close()
  }
}
