/** One project, open on this device: the SDK's offline client, and what it shows now. */
import type { BuildRunnerSDK } from '@buildrunner/sdk'
import type { AsOf, ConflictItem, OfflineClient, QueueItem, QueueStatus } from '@buildrunner/sdk/offline'
import type { FlatPlan, Plan, PlanAnalysis } from '@buildrunner/sdk/plans'
import { loadStore, openStore } from './device.ts'
import type { Owner } from './device.ts'

/**
 * - `connecting`: the project was opened, and the server has not answered yet.
 * - `online`: the server's events are followed.
 * - `offline`: the server is away; it is tried again by itself.
 * - `stuck`: somebody has to do something first (`status.lastError`): sign in, make room.
 */
export type Connection = 'connecting' | 'online' | 'offline' | 'stuck'

/** What an open project is, at one moment. Made anew with every change: equal parts stay the same objects. */
export interface ProjectState {
  /** Edits, comments, queue and conflicts go through it. */
  readonly offline: OfflineClient
  /** The plan as it is shown: the server's, with what waits here. */
  readonly plan: Plan
  /** The same in the flat form. */
  readonly flat: FlatPlan
  /** How old what the server said of it is. */
  readonly asOf: AsOf
  readonly status: QueueStatus
  /** Writes that wait for the server, in their order. */
  readonly pending: readonly QueueItem[]
  /** Writes that the server refused: they wait for a decision here. */
  readonly failed: readonly QueueItem[]
  /** What somebody has to decide, as far as this device knows. */
  readonly conflicts: readonly ConflictItem[]
  readonly connection: Connection
  /** False where the browser gives no storage: what waits is lost with the page. */
  readonly isKept: boolean
  /** Figures of the plan as it is shown; made once for each plan. */
  analyse(): Promise<PlanAnalysis>
}

/** Waits are short where a person looks on; the breaker spares a server that fails, for a few seconds. */
const BACKOFF = { minMs: 500, maxMs: 15_000, factor: 2, jitter: true, maxAttempts: 5 }
const BREAKER = { failureThreshold: 5, successThreshold: 1, cooldownMs: 5_000, halfOpenMaxCalls: 3 }

const loadClient = () => Promise.all([import('@buildrunner/sdk/offline'), import('./browser-clock.ts')])

/** Begins to load what opening a project takes. */
export function preloadProject(): void {
  for (const loading of [loadClient(), loadStore()]) loading.catch(() => {})
}

export class ProjectReplica {
  /** Resolves when there is something to show. @throws BuildRunnerError when it cannot be opened */
  readonly ready: Promise<void>
  readonly #listeners = new Set<() => void>()
  readonly #ending = new AbortController()
  #state: ProjectState | undefined
  #refreshing: Promise<void> | undefined
  #isStale = false
  #isKept = true

  /** @param projectId node id */
  constructor(client: BuildRunnerSDK, owner: Owner, projectId: string) {
    this.ready = this.#open(client, owner, projectId)
    this.ready.catch(() => {}) // whoever shows the project is told
  }

  readonly get = (): ProjectState | undefined => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends connection and requests; what waits stays on the device. */
  close(): void {
    this.#ending.abort()
  }

  async #open(client: BuildRunnerSDK, owner: Owner, projectId: string): Promise<void> {
    const [[{ OfflineClient }, { browserClock }], { store, isKept }] = await Promise.all([loadClient(), openStore(owner)])
    const offline = await OfflineClient.open({ client, store, projectId, clock: browserClock, backoff: BACKOFF, circuitBreaker: BREAKER })
    this.#isKept = isKept
    const stop = offline.watch(() => this.#refresh())
    const { signal } = this.#ending
    const close = (): void => {
      stop()
      void offline.close()
    }
    if (signal.aborted) return close()
    signal.addEventListener('abort', close)
    await this.#show(offline)
    this.#watchNetwork(signal)
    offline.start()
  }

  /** What the browser knows of the network is known before a request fails. */
  #watchNetwork(signal: AbortSignal): void {
    const look = (): void => this.#refresh()
    addEventListener('online', look, { signal })
    addEventListener('offline', look, { signal })
  }

  /** Changes that come while one is being shown are shown together. */
  #refresh(): void {
    const { offline } = this.#state ?? {}
    if (offline === undefined || this.#ending.signal.aborted) return
    this.#isStale = true
    this.#refreshing ??= (async () => {
      while (this.#isStale) {
        this.#isStale = false
        await this.#show(offline)
      }
    })().finally(() => (this.#refreshing = undefined))
  }

  async #show(offline: OfflineClient): Promise<void> {
    const [read, conflicts] = await Promise.all([offline.plan({ from: 'cache' }), offline.conflicts.list({ from: 'cache' })])
    const { flat, asOf } = read
    const before = this.#state
    const status = offline.queue.status()
    const items = offline.queue.items()
    const isSame = before?.flat === flat
    this.#state = {
      offline, flat, asOf, status, isKept: this.#isKept,
      plan: isSame ? before.plan : read.data,
      pending: items.filter(({ state }) => state === 'queued'),
      failed: items.filter(({ state }) => state === 'failed'),
      conflicts: conflicts.data,
      connection: connectionOf(status, before?.connection),
      analyse: isSame ? before.analyse : once(async () => (await offline.analytics({ from: 'cache' })).data),
    }
    if (status.queued > 0 && (before?.status.queued ?? 0) === 0) keepStorage()
    for (const listener of [...this.#listeners]) listener()
  }
}

/** @param before what it was: while a request is under way, nothing is known anew */
export function connectionOf({ live, liveError, state }: QueueStatus, before: Connection | undefined, hasNetwork = navigator.onLine): Connection {
  if (state === 'stuck') return 'stuck'
  if (state === 'waiting') return 'offline'
  // A server on this machine is there without any network.
  if (live) return 'online'
  return liveError !== null || !hasNetwork || before === 'offline' ? 'offline' : 'connecting'
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => (value ??= make())
}

let isAsked = false
/** A browser that is short of space deletes what a site keeps, unless it was asked to keep it: asked as soon as something waits. */
function keepStorage(): void {
  if (isAsked) return
  isAsked = true
  void navigator.storage?.persist?.().catch(() => {})
}
