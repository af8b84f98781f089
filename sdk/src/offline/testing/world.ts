/** Several devices, some with two tabs, one server, a network that loses, repeats and delays: what property tests let loose. */
import { PlanChangeError } from '../../domain/plans/change-error.ts'
import { applyChanges } from '../../domain/plans/changes.ts'
import { validateFlat } from '../../domain/plans/graph-rules.ts'
import { flattenPlan } from '../../domain/plans/flat.ts'
import { BuildRunnerError } from '../../errors.ts'
import { OfflineClient } from '../client.ts'
import type { PushedBatch, SyncServer } from '../server.ts'
import { memoryStore, MemoryStoreData } from '../store/memory.ts'
import type { OutboxItem } from '../store/types.ts'
import { randomEdit } from './edits.ts'
import { MemoryServer } from './memory-server.ts'
import type { Fault } from './memory-server.ts'
import { HOUSE, TestClock } from './setup.ts'
import { Crash, spyStore } from './spy-store.ts'
import type { Seen } from './spy-store.ts'

export const ACTIONS = [
  'edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'edit', 'comment', 'reply', 'editComment', 'deleteComment', 'sync', 'sync', 'sync', 'offline', 'online', 'online',
  'crash', 'fault', 'fault', 'deliverLate', 'repeat', 'skew', 'desk', 'desk', 'cut', 'resolve', 'retry', 'drop', 'bothTabs',
] as const

export interface Action { readonly do: (typeof ACTIONS)[number]; readonly device: number; readonly tab: number; readonly a: number; readonly b: number; readonly c: number }

const FAULTS: readonly (Fault | 'late')[] = ['lost', 'answer-lost', 'answer-lost', 'late', { code: 'SERVICE_UNAVAILABLE' }, { code: 'RATE_LIMITED', retryAfterMs: 9 }, { code: 'INTERNAL' }]
/** Two attempts, so that a long list of actions is not a long list of retries. */
const BACKOFF = { minMs: 1, maxMs: 2, factor: 2, jitter: true, maxAttempts: 2 }
const BREAKER = { failureThreshold: 5, successThreshold: 1, cooldownMs: 1, halfOpenMaxCalls: 3 }

class Device {
  readonly data = new MemoryStoreData()
  readonly tabs: (OfflineClient | undefined)[] = [undefined, undefined]
  readonly seen: Seen
  readonly #world: World
  online = true
  skewMs = 0
  #life = { left: Infinity, after: false }
  readonly comments: string[] = []

  constructor(world: World) {
    this.#world = world
    this.seen = { record: undefined, outbox: new Map(), isCarriedOut: (replicaId, item) => world.isCarriedOut(replicaId, item) }
  }

  async tab(index: number): Promise<OfflineClient> {
    const { server } = this.#world
    return (this.tabs[index] ??= await OfflineClient.open({
      server: this.#port(), store: spyStore(memoryStore(this.data), this.seen, this.#life), projectId: server.project.slug, now: () => 1e12 + this.skewMs,
      clock: new TestClock(), random: () => 0, backoff: BACKOFF, circuitBreaker: BREAKER,
    }))
  }

  /** The process dies at one of its next calls of the store; then it is started again. */
  async crash(left: number, after: boolean): Promise<void> {
    const tab = await this.tab(0)
    Object.assign(this.#life, { left, after })
    await tolerant(() => tab.sync())
    this.#life = { left: Infinity, after: false }
    for (const [index, other] of this.tabs.entries()) {
      await other?.close()
      this.tabs[index] = undefined
    }
  }

  #port(): SyncServer {
    const { server, faults, late } = this.#world
    const port = server.port((method) => {
      if (!this.online) return 'lost'
      const fault = method === 'pull' || method === 'push' || method === 'comment' ? faults.shift() : undefined
      return fault === 'late' ? (method === 'push' ? undefined : 'lost') : fault
    })
    // A push that is late is told as lost, and arrives when nobody waits for it any more.
    return { ...port, push: async (id, batch, call) => {
      if (!this.online || faults[0] !== 'late') return port.push(id, batch, call)
      faults.shift()
      late.push(structuredClone(batch))
      throw new BuildRunnerError({ code: 'NETWORK', message: 'The request is under way (test).' })
    } }
  }
}

/** What may happen to anybody; everything else is a fault of the engine. */
async function tolerant(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof BuildRunnerError || error instanceof PlanChangeError || error instanceof Crash)) throw error
  }
}

export class World {
  readonly server = new MemoryServer(flattenPlan(HOUSE))
  readonly faults: (Fault | 'late')[] = []
  readonly late: PushedBatch[] = []
  readonly devices: Device[]
  #ids = 0

  constructor(devices: number) {
    this.devices = Array.from({ length: devices }, () => new Device(this))
  }

  isCarriedOut(replicaId: string, { id, kind, number }: OutboxItem): boolean {
    return kind === 'comment' ? this.server.carriedOut.has(id) : this.server.carriedOut.has(`${replicaId}/${number}`)
  }

  /** One action of one device. */
  async act({ do: action, device: n, tab: which, a, b, c }: Action): Promise<void> {
    const device = this.devices[n % this.devices.length]!
    const tab = device.online ? await device.tab(which % 2).catch(() => undefined) : device.tabs[which % 2]
    if (action === 'online') device.online = true
    else if (action === 'offline') device.online = false
    else if (action === 'fault') this.faults.push(FAULTS[a % FAULTS.length]!)
    else if (action === 'deliverLate') this.#deliver(this.late.splice(a % Math.max(1, this.late.length), 1)[0])
    else if (action === 'repeat') this.#deliver(this.server.pushes[a % Math.max(1, this.server.pushes.length)])
    else if (action === 'skew') device.skewMs = (a % 7 - 3) * 86_400_000 * (b % 400)
    else if (action === 'desk') this.#desk({ a, b, c })
    else if (action === 'cut') this.server.cutHistory()
    else if (tab !== undefined) await tolerant(() => this.#actOn(device, tab, { do: action, device: n, tab: which, a, b, c }))
  }

  async #actOn(device: Device, tab: OfflineClient, { do: action, a, b, c }: Action): Promise<unknown> {
    const plan = async () => (await tab.plan({ from: 'cache' })).flat
    const comment = device.comments[a % Math.max(1, device.comments.length)]
    switch (action) {
      case 'edit': return tab.edit(randomEdit(await plan(), { a, b, c }, this.#fresh()))
      case 'comment': {
        const items = [...(await plan()).items.keys()]
        return items.length > 0 && device.comments.push(await tab.comments.add(items[a % items.length]!, `text ${b}`))
      }
      case 'reply': return comment && device.comments.push(await tab.comments.reply(comment, `answer ${b}`))
      case 'editComment': return comment && tab.comments.edit(comment, `edited ${b}`)
      case 'deleteComment': return comment && tab.comments.delete(comment)
      case 'sync': return tab.sync()
      case 'crash': return device.crash(a % 12, b % 2 === 0)
      case 'resolve': {
        const { data } = await tab.conflicts.list()
        const open = data[a % Math.max(1, data.length)]
        return open && tab.conflicts.resolve(open.id, { keep: b % 2 === 0 ? 'local' : 'remote' })
      }
      case 'retry': return tab.queue.retry()
      case 'drop': return tab.queue.drop(tab.queue.items().slice(0, 2).map(({ id }) => id))
      case 'bothTabs': {
        const other = await device.tab(device.tabs[0] === tab ? 1 : 0)
        return Promise.all([tab, other].map((each) => tolerant(() => each.sync())))
      }
      default: return undefined
    }
  }

  /** Everybody is back, the network is well, and everything has been said. */
  async settle(): Promise<void> {
    this.faults.length = 0
    for (const batch of this.late.splice(0).reverse()) this.#deliver(batch)
    // Twice: what the last one sends, the first one reads.
    for (let round = 0; round < 2; round++) {
      for (const device of this.devices) {
        device.online = true
        await (await device.tab(0)).sync()
        await (await device.tab(1)).sync()
      }
    }
  }

  async close(): Promise<void> {
    for (const { tabs } of this.devices) for (const tab of tabs) await tab?.close()
  }

  #deliver(batch: PushedBatch | undefined): void {
    if (batch !== undefined) this.server.push(batch)
  }

  #desk(numbers: { a: number; b: number; c: number }): void {
    const changes = randomEdit(this.server.plan, numbers, this.#fresh())
    try {
      const after = applyChanges(this.server.plan, changes)
      if (validateFlat(after).every(({ severity }) => severity !== 'error')) this.server.edit(changes)
    } catch (error) {
      if (!(error instanceof PlanChangeError)) throw error
    }
  }

  #fresh(): string {
    return `n${++this.#ids}`
  }
}
