/** A project that is worked on with and without a server. */
import type { Plan, PlanChange, Status } from '../domain/plans/types.ts'
import { unflattenPlan } from '../domain/plans/flat.ts'
import { errorOf } from '../errors.ts'
import { DEFAULT_CIRCUIT_BREAKER, DEFAULT_SYNC_BACKOFF } from '../resilience/policy.ts'
import { systemClock } from '../resilience/clock.ts'
import { isTransient } from '../resilience/transient.ts'
import { OfflineBrowser, cachedProject, nameProject } from './browse.ts'
import { OfflineComments } from './comments.ts'
import { OfflineConflicts } from './conflicts.ts'
import type { SyncReport } from './drain.ts'
import { SyncEngine } from './engine.ts'
import { readHealth } from './health.ts'
import type { OfflineOptions } from './options.ts'
import { queueEdit } from './outbox.ts'
import type { EditOptions } from './outbox.ts'
import { OfflineQueue } from './queue.ts'
import { Replica } from './replica.ts'
import type { ServerCall, SyncServer } from './server.ts'
import { sdkServer } from './sdk-server.ts'
import type { HealthSnapshot, OfflineStore } from './store/types.ts'
import type { AnalysisRead, AsOf, PlanRead, Read, ReadOptions } from './types.ts'

const READ_TIMEOUT_MS = 10_000

/**
 * One project on one device: read and edited at once, whether or not the server is there, and brought together with what others
 * did when it is.
 *
 * Every edit is shown and stored before its promise resolves. It is sent in order, once, and ends applied, in conflict
 * (`conflicts`) or as a dead letter with its reason (`queue`); nothing is overwritten in silence, and nothing is lost by a crash, a
 * lost answer, a second tab, or a server that is away for weeks.
 *
 * @example
 * ```ts
 * import { BuildRunnerSDK } from '@buildrunner/sdk'
 * import { OfflineClient } from '@buildrunner/sdk/offline'
 * import { fileStore } from '@buildrunner/sdk/offline/files'
 *
 * const offline = await OfflineClient.open({ client: new BuildRunnerSDK(), store: await fileStore('./.buildrunner'), projectId: 'website' })
 * await offline.setStatus('T-12', 'done')
 * const { data, asOf } = await offline.plan()
 * console.log(data.milestones.length, `milestones, ${asOf.ageMs} ms old, from the ${asOf.source}`)
 * await offline.sync()
 * ```
 */
export class OfflineClient implements AsyncDisposable {
  /** Node id of the project. */
  readonly projectId: string
  /** Projects and plans to look at. */
  readonly browse: OfflineBrowser
  /** Threads on the items of the plan. */
  readonly comments: OfflineComments
  /** What somebody has to decide. */
  readonly conflicts: OfflineConflicts
  /** What waits for the server. */
  readonly queue: OfflineQueue
  readonly #server: SyncServer
  readonly #store: OfflineStore
  readonly #replica: Replica
  readonly #engine: SyncEngine
  readonly #now: () => number
  readonly #readTimeoutMs: number
  readonly #endings: (() => void)[] = []

  private constructor(server: SyncServer, replica: Replica, { store, now = Date.now, clock = systemClock, random = Math.random, backoff = DEFAULT_SYNC_BACKOFF, circuitBreaker = DEFAULT_CIRCUIT_BREAKER, readTimeoutMs = READ_TIMEOUT_MS }: OfflineOptions) {
    this.projectId = replica.projectId
    this.#server = server
    this.#store = store
    this.#replica = replica
    this.#now = now
    this.#readTimeoutMs = readTimeoutMs
    const shared = { server, store, replica, now, ask: this.#ask, wake: () => this.#engine.wake(), asOf: (source: AsOf['source']) => this.#asOf(source) }
    this.comments = new OfflineComments(shared)
    const onSynced = async ({ commentedItems }: SyncReport, signal: AbortSignal | undefined): Promise<void> => {
      await nameProject({ server, store, now }, replica.projectId, { signal })
      await this.comments.refresh(commentedItems, { signal })
      if (replica.conflicts.length > 0) await this.conflicts.list({ signal })
    }
    this.#engine = new SyncEngine({ server, store, replica, comments: this.comments, clock, now, random, backoff, circuitBreaker, onSynced })
    this.conflicts = new OfflineConflicts({ ...shared, demand: (request) => this.#engine.ask(request), pull: (signal) => this.sync({ signal }) })
    this.queue = new OfflineQueue(replica, this.#engine, (listener) => this.watch(listener))
    this.browse = new OfflineBrowser(shared)
    // What another tab has stored is shown here too; whether it is to be sent, that tab knows.
    this.#endings.push(store.watch(() => void replica.refresh().catch(() => {})))
  }

  /**
   * Opens a project. The first time on a device the server must be there; afterwards it need not.
   *
   * @throws NetworkError when the server is away and the project was never opened here
   * @throws OfflineStoreError when the store cannot be read
   */
  static async open(options: OfflineOptions): Promise<OfflineClient> {
    const { client, store, projectId = client?.projectId, now = Date.now } = options
    const server = options.server ?? (client && sdkServer(client))
    if (server === undefined || projectId === undefined) {
      throw errorOf({ code: 'INVALID_CONFIGURATION', message: 'OfflineClient.open needs a client, and the projectId of a project.' })
    }
    const known = await cachedProject(store, projectId)
    const id = known ?? (await OfflineBrowser.fetch({ server, store, now }, projectId)).id
    const replica = await Replica.open(store, id)
    const offline = new OfflineClient(server, replica, options)
    if (replica.record.fetchedAt === 0) await offline.sync()
    return offline
  }

  /** The plan as it is shown: what the server has, with what waits. */
  async plan(options?: ReadOptions): Promise<PlanRead> {
    const source = await this.#freshen(options)
    const { view, outbox } = this.#replica
    const flat = view.plan
    let data: Plan | undefined
    return {
      // made when it is asked for: who looks at the flat form alone does not pay for it
      get data() {
        return (data ??= unflattenPlan(flat))
      },
      flat, pending: outbox.filter(({ state }) => state === 'queued').length, unapplied: [...view.unapplied], asOf: this.#asOf(source),
    }
  }

  /** What `analyzePlan` says of the plan as it is shown: progress, what is ready, what is blocked, the critical path. */
  async analytics(options?: ReadOptions): Promise<AnalysisRead> {
    const { flat, asOf, pending } = await this.plan(options)
    const { analyzePlan } = await import('../domain/plans/analysis.ts')
    return { data: analyzePlan(flat), asOf, pending }
  }

  /** The plan as it is shown, as the text of a file: `plan.json`, or markdown. */
  async export(format: 'json' | 'markdown' = 'json', options?: ReadOptions): Promise<Read<string>> {
    const { data, asOf } = await this.plan(options)
    if (format === 'json') return { data: `${JSON.stringify(data, undefined, 2)}\n`, asOf }
    const { planToMarkdown } = await import('../domain/plans/markdown-write.ts')
    return { data: planToMarkdown(data), asOf }
  }

  /** How the server is, with what it needs and uses (database, Redis, mail, ...); where it is away, how it was when it last answered. */
  health(options?: ReadOptions): Promise<Read<HealthSnapshot[]>> {
    return readHealth({ server: this.#server, store: this.#store, ask: this.#ask, now: this.#now }, options)
  }

  /**
   * Edits the plan: one write, shown and stored when this resolves, whole or not at all.
   *
   * @returns the id of the write, as `queue.items()` has it; null when it took back what was never sent
   * @throws PlanChangeError for a change that the plan does not allow; ValidationError for dependencies that do not exist or form a circle
   * @throws OfflineStoreError when it cannot be stored; then it is not shown either
   *
   * @example
   * ```ts
   * await offline.edit([{ op: 'update', id: 'T-12', set: { title: 'Sign-in page', assignee: 'ada' } }])
   * ```
   */
  async edit(changes: readonly PlanChange[], options: EditOptions = {}): Promise<string | null> {
    const id = await queueEdit(this.#replica, changes, options, this.#now)
    this.#engine.wake()
    return id
  }

  /** Reports how far a microstep is. */
  setStatus(id: string, status: Status): Promise<string | null> {
    return this.edit([{ op: 'update', id, set: { status } }])
  }

  /** Sets the notes of an item; null removes them. */
  note(id: string, notes: string | null): Promise<string | null> {
    return this.edit([{ op: 'update', id, set: { notes } }])
  }

  /**
   * Sends what waits and reads what others did, with retries.
   *
   * @throws BuildRunnerError when the server stays away, or somebody has to sign in first: everything waits on, nothing is lost
   */
  sync({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<SyncReport> {
    return this.#engine.sync(signal)
  }

  /** From now on follows the server's events and sends each edit as it is made; while the server is away, it tries again by itself. */
  start(): void {
    this.#engine.start()
  }

  /** Ends what `start` began, once the request under way is answered or ended. */
  stop(): Promise<void> {
    return this.#engine.stop()
  }

  /** Told when plan, queue, conflicts or connection have changed. @returns what ends it */
  watch(listener: () => void): () => void {
    const endings = [this.#replica.watch(listener), this.#engine.watch(listener)]
    return () => endings.forEach((end) => end())
  }

  /** Stops. The store stays open: it is the caller's. */
  async close(): Promise<void> {
    for (const end of this.#endings.splice(0)) end()
    await this.stop()
  }

  /** {@inheritDoc OfflineClient.close} */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Where the answer that follows comes from. */
  async #freshen(options: ReadOptions = {}): Promise<AsOf['source']> {
    if (this.#engine.status.live && this.#engine.status.state === 'idle') return 'server'
    const { projectId, base } = this.#replica
    const pulled = await this.#ask(options, (call) => this.#server.pull(projectId, base.sequence, call))
    if (pulled === undefined) return 'cache'
    await this.#replica.transact(() => ({ ...this.#replica.putBase(pulled, base.sequence, this.#now()), result: undefined }))
    return 'server'
  }

  readonly #ask = async <Answer>({ from = 'server', signal }: ReadOptions = {}, request: (call: ServerCall) => Promise<Answer>): Promise<Answer | undefined> => {
    if (from === 'cache') return undefined
    try {
      return await this.#engine.ask(() => request({ signal, timeoutMs: this.#readTimeoutMs }))
    } catch (error) {
      if (isTransient(error)) return undefined
      throw error
    }
  }

  #asOf(source: AsOf['source']): AsOf {
    const { base: { sequence }, record: { fetchedAt } } = this.#replica
    return { sequence, fetchedAt, ageMs: Math.max(0, this.#now() - fetchedAt), source }
  }
}
