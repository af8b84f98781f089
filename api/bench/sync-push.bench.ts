/**
 * The server's half of a sync: CPU of the server and Postgres for pushes of many writes and a pull, against one statement
 * that writes (or reads) the same rows, which arrive ready, over `node:http` and `pg`.
 */
import { randomUUID } from 'node:crypto'
import { applyChanges, flattenPlan, invertChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, Plan, PlanChange } from '@buildrunner/sdk/plans'
import { MAX_PUSH_BYTES, MAX_PUSH_WRITES } from '@buildrunner/sdk/sync-merge'
import type { SyncWrite } from '@buildrunner/sdk/sync-merge'
import { applyPlanChanges } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { pullChanges } from '@buildrunner/schema/sync/pull'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { samplePlan } from '../../sdk/bench/sample-plan.ts'
import current from '../../sdk/documents.json' with { type: 'json' }
import { compare, detail, openBench } from './harness.ts'
import type { Bench, Cpu, Served } from './harness.ts'

const MICROSTEPS = 10_000
const IN_A_STEP = 20
const STEPS = MICROSTEPS / IN_A_STEP
const [EDITS, MOVES, REMOVALS, CONFLICTS] = [500, 40, 12, 10] as const
/** An odd number each. The second push costs little, and what the plan allows of it is twelve times with the warm-up. */
const ROUNDS = { first: 3, again: 9, pull: 5 } as const
const PULLS = 20
const BAR = 3

type Row = Record<string, unknown>

/** A project, and one with the same items under other ids, which the baseline writes to. */
interface Pair {
  readonly projectId: string
  readonly twinId: string
  readonly twinOf: Map<string, string>
}

/** Where ours and theirs are loaded, and as whom. */
interface Sides {
  readonly bench: Bench
  readonly ours: Served
  readonly bare: Served
}

const request = (bench: Bench, operation: string, variables: object) =>
  ({ path: '/graphql', headers: { authorization: `Bearer ${bench.apiKey}` }, body: JSON.stringify({ documentId: `${current.id}.${operation}`, variables }) })

const times = (cpu: Cpu, count: number): Cpu => ({ server: cpu.server * count, database: cpu.database * count, total: cpu.total * count })

async function openPair(bench: Bench): Promise<Pair> {
  const [mine, twin] = [await createProject(bench.ctx, { name: `Pushed ${randomUUID()}` }), await createProject(bench.ctx, { name: `Bare ${randomUUID()}` })]
  return { projectId: mine.projectId, twinId: twin.projectId, twinOf: new Map() }
}

/** As a client makes them: each change a write, upon the plan as it saw it. */
function writesOf(view: FlatPlan, changes: readonly PlanChange[], from: number): SyncWrite[] {
  let plan = view
  return changes.map((change, index) => {
    const write = { number: from + index, changes: [change], base: invertChanges(plan, [change]) }
    plan = applyChanges(plan, [change])
    return write
  })
}

/** Batches as large as a push may be. */
function batchesOf(writes: readonly SyncWrite[]): SyncWrite[][] {
  const batches: SyncWrite[][] = [[]]
  let bytes = 2
  for (const write of writes) {
    const size = Buffer.byteLength(JSON.stringify(write)) + 1
    if ((batches.at(-1) as SyncWrite[]).length === MAX_PUSH_WRITES || bytes + size > MAX_PUSH_BYTES) {
      batches.push([])
      bytes = 2
    }
    bytes += size
    batches.at(-1)?.push(write)
  }
  return batches
}

async function push({ bench, ours }: Sides, { projectId }: Pair, replicaId: string, baseSequence: number, writes: readonly SyncWrite[]): Promise<Cpu> {
  const batches = batchesOf(writes)
  const requests = batches.map((batch) => request(bench, 'sync_push', { projectId, replicaId, baseSequence, writes: batch }))
  return times(await bench.cpuPerRequest(ours, batches.length, (index) => requests[index] as ReturnType<typeof request>), batches.length)
}

/** What a push wrote, as the parameters of the statement that writes the same to the twin. */
async function sameRows({ pool, ctx }: Bench, { projectId, twinId, twinOf }: Pair, replicaId: string, since: number): Promise<unknown[]> {
  const rowsOf = async (text: string, ...values: unknown[]): Promise<Row[]> => (await pool.query<{ json: Row }>(`SELECT row_to_json(r) AS json FROM ${text}`, values)).rows.map(({ json }) => json)
  const events = await rowsOf('runner_events r WHERE stream_id = $1 AND sequence > $2 ORDER BY sequence', projectId, since) as { created_at: string; data: { changes: unknown[]; inverse: unknown[] } }[]
  const at = events[0]?.created_at
  const items = await rowsOf('plan_items r WHERE project_id = $1', projectId)
  const present = new Set(items.map(({ id }) => id))
  for (const id of present) if (!twinOf.has(id as string)) twinOf.set(id as string, randomUUID())
  const twin = (row: Row): Row => ({ ...row, project_id: twinId, id: twinOf.get(row['id'] as string), parent_id: row['parent_id'] === null ? null : twinOf.get(row['parent_id'] as string) })
  const isNew = ({ created_at }: Row): boolean => Date.parse(created_at as string) >= Date.parse(at as string)
  const written = items.filter(({ updated_at }) => Date.parse(updated_at as string) >= Date.parse(at as string))
  const gone = [...twinOf].filter(([id]) => !present.has(id))
  for (const [id] of gone) twinOf.delete(id)
  const remembered = await rowsOf('sync_events r WHERE project_id = $1 AND replica_id = $2 ORDER BY number', projectId, replicaId)
  const conflicts = await rowsOf('conflict_logs r WHERE project_id = $1 AND replica_id = $2', projectId, replicaId)
  const { organisationId, userId } = ctx.actor as { organisationId: string; userId: string }
  return [
    twinId, organisationId, userId, JSON.stringify(written.filter(isNew).map(twin)), JSON.stringify(written.filter((row) => !isNew(row)).map(twin)), gone.map(([, id]) => id),
    JSON.stringify({ changes: events.flatMap(({ data }) => data.changes), inverse: events.toReversed().flatMap(({ data }) => data.inverse) }),
    JSON.stringify(remembered.map((row) => ({ ...row, project_id: twinId }))), JSON.stringify(conflicts.map((row) => ({ ...row, project_id: twinId, id: randomUUID() }))),
  ]
}

/** Compares pushes: `write` pushes once and says to which pair, as which replica, after which sequence. */
async function comparePushes({ bench, bare }: Sides, rounds: number, write: () => Promise<{ cpu: Cpu; pair: Pair; replicaId: string; since: number }>) {
  let rows: unknown[] = []
  return compare(
    bench, rounds,
    async () => {
      const { cpu, pair, replicaId, since } = await write()
      rows = await sameRows(bench, pair, replicaId, since)
      return cpu
    },
    () => {
      const body = JSON.stringify(rows)
      return bench.cpuPerRequest(bare, 1, () => ({ path: '/push', body }))
    },
  )
}

async function checkOutcomes({ pool }: Bench, { projectId }: Pair, replicaId: string, expected: Record<string, number>): Promise<void> {
  const { rows } = await pool.query<{ outcome: string; count: number }>('SELECT outcome, count(*)::int AS count FROM sync_events WHERE project_id = $1 AND replica_id = $2 GROUP BY outcome', [projectId, replicaId])
  const found = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]))
  if (Object.entries(expected).some(([outcome, count]) => found[outcome] !== count)) throw new Error(`the writes ended as ${JSON.stringify(found)}`)
}

/** A plan that was written away from the server: each milestone with all that is in it is one write. */
async function pushFirst(sides: Sides, plan: Plan) {
  const pair = await openPair(sides.bench)
  const [replicaId, pulled] = [randomUUID(), await pullChanges(sides.bench.ctx, pair.projectId, 0)]
  const adds = plan.milestones.map((item, index): PlanChange => ({ op: 'add', kind: 'milestone', parentId: null, after: plan.milestones[index - 1]?.id ?? null, item }))
  const cpu = await push(sides, pair, replicaId, pulled.sequence, writesOf(flattenPlan(pulled.document as Plan), adds, 1))
  await checkOutcomes(sides.bench, pair, replicaId, { APPLIED: adds.length })
  return { cpu, pair, replicaId, since: pulled.sequence }
}

const microstep = (step: number, place: number): string => `T-${step * IN_A_STEP + place}`
const edit = (id: string, by: string): PlanChange => ({ op: 'update', id, set: { title: `Edited by ${by}`, assignee: by } })
const steps = Array.from({ length: STEPS }, (_, step) => step)

/** Edits in every step, moves into the step before (which a dependency allows), removals of what nothing depends on. */
function writtenAway(round: number): PlanChange[] {
  const moved = steps.filter((step) => step % 25 > 0).slice(round * MOVES, (round + 1) * MOVES)
  return [
    ...steps.slice(0, EDITS).map((step) => edit(microstep(step, 7), `replica ${round}`)),
    ...moved.map((step): PlanChange => ({ op: 'move', id: microstep(step, 0), parentId: `S-${step - 1}`, after: null })),
    ...steps.slice(round * REMOVALS, (round + 1) * REMOVALS).map((step): PlanChange => ({ op: 'remove', id: microstep(step, IN_A_STEP - 1) })),
  ]
}
const writtenMeanwhile = (round: number): PlanChange[] => steps.slice(0, EDITS).map((step) => edit(microstep(step, step < CONFLICTS ? 7 : 11), `others ${round}`))

async function pushAgain(sides: Sides, pair: Pair, round: number) {
  const { bench } = sides
  const [replicaId, pulled] = [randomUUID(), await pullChanges(bench.ctx, pair.projectId, 0)]
  const writes = writesOf(flattenPlan(pulled.document as Plan), writtenAway(round), 1)
  const { sequence } = await applyPlanChanges(bench.ctx, { projectId: pair.projectId }, writtenMeanwhile(round), null)
  const cpu = await push(sides, pair, replicaId, pulled.sequence, writes)
  await checkOutcomes(bench, pair, replicaId, { APPLIED: writes.length - CONFLICTS, CONFLICT: CONFLICTS })
  return { cpu, pair, replicaId, since: sequence, base: pulled.sequence }
}

export default async function syncPush(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const sides: Sides = { bench, ours: await bench.serve('serve-ours.ts'), bare: await bench.serve('serve-bare.ts') }
    const plan = samplePlan(MICROSTEPS)
    const last = { pair: await openPair(bench), base: 0, round: 0 }
    const first = await comparePushes(sides, ROUNDS.first, async () => {
      const pushed = await pushFirst(sides, plan)
      last.pair = pushed.pair
      return pushed
    })
    const again = await comparePushes(sides, ROUNDS.again, async () => {
      const pushed = await pushAgain(sides, last.pair, last.round++)
      last.base = pushed.base
      return pushed
    })
    const { pair: { projectId }, base } = last
    const pulls = await compare(
      bench, ROUNDS.pull,
      () => bench.cpuPerRequest(sides.ours, PULLS, () => request(bench, 'sync_pull', { projectId, since: base })),
      () => bench.cpuPerRequest(sides.bare, PULLS, () => ({ path: '/pull', body: JSON.stringify([projectId, base]) })),
    )
    const result = (what: string, did: string, compared: Awaited<ReturnType<typeof compare>>): BenchResult => ({ what, baseline: `one statement that ${did} over pg and node:http`, ratio: compared.ratio, bar: BAR, detail: detail(compared) })
    const count = EDITS + MOVES + REMOVALS
    return [
      result('first push of 10,000 microsteps, in batches', 'writes the same rows, which arrive ready,', first),
      result(`push of ${count} writes into 10,000 microsteps, of which others changed ${EDITS}`, 'writes the same rows, which arrive ready,', again),
      result(`pull of these ${EDITS} + ${count} changes`, 'reads the same rows', pulls),
    ]
  } finally {
    await bench.close()
  }
}
