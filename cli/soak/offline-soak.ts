/**
 * Two `br` and one page of a browser work on one project while connections fail in every way, the server is killed and started
 * again, a `br` is killed in the middle of a command, and the page goes offline and is reloaded. Then everything is left in peace, and has to
 * end equal: the server's plan, both files, the page's view; with every operation applied, replaced by its author, or told of as
 * a conflict; and nothing there twice.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { flattenPlan, isEqual, unflattenPlan, type Plan } from '@buildrunner/sdk/plans'
import { createTestCli, samplePlan } from '../src/testing/br.ts'
import { startKillableServer, type KillableServer } from '../src/testing/killable-server.ts'
import type { FaultProxyOptions, ReplyFault, RequestFault } from '../src/testing/fault-proxy.ts'
import { BrWorker } from './br-worker.ts'
import { openSoakPage, type SoakPage } from './browser.ts'
import { Ledger } from './ledger.ts'
import { Random } from './random.ts'

export interface SoakOptions {
  readonly databaseUrl: string
  /** How long there are faults. */
  readonly disturbMs: number
  readonly seed: number
  readonly log: (text: string) => void
}

export interface SoakResult {
  /** What is wrong; empty when everything held. */
  readonly violations: readonly string[]
  readonly operations: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  /** Conflicts that were decided: those that the server has kept, and syncs of plan files that found some. */
  readonly conflicts: { readonly server: number; readonly files: number }
}

const SHARED = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6']
const PARENTS = ['S1', 'S2', 'S3']
const MAX_ROUNDS = 20
const DEAD_MS = 3_000

export async function soakOffline({ databaseUrl, disturbMs, seed, log }: SoakOptions): Promise<SoakResult> {
  const random = new Random(seed)
  const weather = new Weather(random)
  const [cli, server] = await Promise.all([createTestCli(), startKillableServer({ DATABASE_URL: databaseUrl }, weather)])
  const ledger = new Ledger()
  const { apiKey, proxy: { url: baseUrl } } = server
  const client = new BuildRunnerSDK({ baseUrl, apiKey })
  const { id: projectId } = (await client.projects.create({ name: 'Soak' }).orThrow()).project
  const document = samplePlan() as Plan
  const { sequence } = await client.planning.importPlan({ projectId, document }).orThrow()
  const environment = { BUILDRUNNER_BASE_URL: baseUrl, BUILDRUNNER_API_KEY: apiKey }
  const workers = ['anna', 'ben'].map((name) => new BrWorker({ name, cli, environment, ledger, random, plan: { ...document, 'x-sync': { projectId, sequence } }, shared: SHARED, parents: PARENTS }))
  const page = await openSoakPage({ baseUrl, apiKey, projectId })
  try {
    // What comments wait for offline comes from a first sync.
    for (const worker of workers) await worker.sync(60_000)
    log('begun')
    const done = { restarts: 0, 'page offline': 0, reloads: 0 }
    weather.bad = true
    const until = performance.now() + disturbMs
    const isOver = (): boolean => performance.now() >= until
    await Promise.all([...workers.map((worker) => repeat(isOver, () => worker.turn())), pageWork(isOver, page, ledger, random, done), outages(isOver, server, random, done)])
    weather.bad = false
    log(`disturbed: ${JSON.stringify(done)}`)
    const unsettled = await settle({ client, projectId, workers, page, ledger, log })
    const { violations, conflicts } = await audit(client, projectId, ledger)
    const kills = workers.reduce((sum, worker) => sum + worker.kills, 0)
    const files = workers.reduce((sum, worker) => sum + worker.conflicts, 0)
    return { violations: [...unsettled, ...violations], conflicts: { server: conflicts, files }, operations: ledger.counts(), faults: { ...proxyFaults(server), ...done, 'br killed': kills } }
  } finally {
    await page.close()
    await server.close()
    cli.close()
  }
}

/** What the proxy does to connections: nothing in good weather. */
class Weather implements FaultProxyOptions {
  bad = false
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  readonly onRequest = (): RequestFault | undefined => (this.#strikes(0.04) ? 'reset' : this.#strikes(0.01) ? 'half-open' : undefined)
  readonly onReply = (): ReplyFault | undefined => (this.#strikes(0.06) ? 'reset' : this.#strikes(0.04) ? 'cut' : this.#strikes(0.01) ? 'half-open' : undefined)
  readonly latencyMs = (): number => (this.#strikes(0.2) ? this.#random.between(1, 80) : 0)

  #strikes(probability: number): boolean {
    return this.bad && this.#random.chance(probability)
  }
}

const proxyFaults = ({ proxy: { counts } }: KillableServer): Record<string, number> => ({ ...counts })

async function repeat(isOver: () => boolean, work: () => Promise<void>): Promise<void> {
  while (!isOver()) await work()
}

/** The server is killed, stays away for a moment, and is started on the same data. */
async function outages(isOver: () => boolean, server: KillableServer, random: Random, done: { restarts: number }): Promise<void> {
  await repeat(isOver, async () => {
    await wait(random.between(2_000, 6_000))
    await server.kill()
    await wait(random.between(0, DEAD_MS))
    await server.start()
    done.restarts++
  })
}

async function pageWork(isOver: () => boolean, page: SoakPage, ledger: Ledger, random: Random, done: { 'page offline': number; reloads: number }): Promise<void> {
  const actor = 'page'
  await repeat(isOver, async () => {
    await wait(random.between(20, 200))
    const mark = ledger.mark(actor)
    const item = random.pick(SHARED)
    const chance = random.next()
    if (chance < 0.05) {
      await page.setOffline(true)
      done['page offline']++
    } else if (chance < 0.15) await page.setOffline(false)
    else if (chance < 0.17) {
      await page.reload()
      done.reloads++
    } else if (chance < 0.4) {
      await page.call('edit', [{ op: 'add', kind: 'microstep', parentId: random.pick(PARENTS), after: null, item: { id: mark, title: `Added ${mark}` } }])
      ledger.done({ actor, kind: 'add', place: mark, mark })
    } else if (chance < 0.9) {
      const field = random.pick(['title', 'notes'])
      await page.call('edit', [{ op: 'update', id: item, set: { [field]: mark } }])
      ledger.done({ actor, kind: 'set', place: `${item}.${field}`, mark })
    } else {
      await page.call('comment', item, mark)
      ledger.done({ actor, kind: 'comment', place: item, mark })
    }
  })
  await page.setOffline(false)
}

interface Settling {
  client: BuildRunnerSDK
  projectId: string
  workers: readonly BrWorker[]
  page: SoakPage
  ledger: Ledger
  log: (text: string) => void
}

/** Rounds of syncs in good weather, until everybody has the same. */
async function settle({ client, projectId, workers, page, ledger, log }: Settling): Promise<string[]> {
  let different: string[] = []
  let problems: string[] = []
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const clean: boolean[] = []
    for (const worker of workers) clean.push(await worker.sync(60_000))
    const left = await page.call('settle', 'local')
    ledger.told(left)
    problems = left.problems
    const server = flattenPlan((await client.planning.getDocument({ projectId }).orThrow()).document as Plan)
    const views = [...workers.map((worker) => worker.plan()), (await page.call('plan')) as unknown as Record<string, unknown>]
    different = views.flatMap((view, index) => (isEqual(unflattenPlan(flattenPlan(view as unknown as Plan)), unflattenPlan(server)) ? [] : [`${['anna', 'ben', 'page'][index]} differs from the server`]))
    if (clean.every(Boolean) && left.isSettled && different.length === 0) {
      log(`settled in ${round} rounds`)
      return []
    }
  }
  return [...different, ...problems, `not settled in ${MAX_ROUNDS} rounds`]
}

/** Every operation is somewhere, what was added once is there once, and no conflict is left open. */
async function audit(client: BuildRunnerSDK, projectId: string, ledger: Ledger): Promise<{ violations: string[]; conflicts: number }> {
  const added = new Map<string, number>()
  for await (const event of client.events.list({ projectId, since: 0 })) {
    ledger.told(event)
    const { changes = [] } = event.data as { changes?: { op: string; item?: { id: string } }[] }
    for (const { op, item } of changes) if (op === 'add' && item !== undefined) added.set(item.id, (added.get(item.id) ?? 0) + 1)
  }
  const conflicts = await client.sync.listConflicts({ projectId }).toArray()
  ledger.told(conflicts)
  const comments = (await client.comments.list({ projectId }).toArray()).map(({ body }) => body)
  ledger.told(comments)
  const twice = [
    ...[...added].filter(([id, count]) => /^(anna|ben|page)-/.test(id) && count > 1).map(([id]) => id),
    ...comments.filter((body, index) => comments.indexOf(body) !== index),
  ]
  const violations = [
    ...ledger.lost().map(({ actor, kind, place, mark }) => `lost: ${actor} ${kind} ${place} ${mark}`),
    ...twice.map((mark) => `twice: ${mark}`),
    ...conflicts.filter(({ resolvedAt }) => resolvedAt === null).map(({ id, itemKey, field }) => `open conflict ${id} at ${itemKey}.${field}`),
  ]
  return { violations, conflicts: conflicts.length }
}
