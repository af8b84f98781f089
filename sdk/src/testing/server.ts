/** The test server: what tests order and see of it. What it does with a request is in `dispatch.ts`. */
import type { ViewerGetData } from '../_generated/identity.ts'
import type { Plan } from '../domain/plans/types.ts'
import { addComment } from './comments.ts'
import { Dispatcher } from './dispatch.ts'
import type { Handler, RecordedRequest } from './dispatch.ts'
import type { Failure } from './faults.ts'
import type { DataOf, OperationName, VariablesOf } from './operations.ts'
import { importPlan } from './plans.ts'
import { archiveProject, createProject, slugOf } from './projects.ts'
import { State } from './state.ts'
import type { Call } from './state.ts'
import { viewDocument } from './views.ts'

/** A comment that is there from the start: the first of a thread. */
export interface TestComment {
  /** Key of the item it is about. */
  itemId: string
  /** Markdown, 1 to 50,000 characters. */
  body: string
  /**
   * UUID, or `cmt_` and a UUID without dashes.
   *
   * @defaultValue counted up
   */
  id?: string | undefined
  /**
   * Who wrote it: node id and display name. What others wrote is changed with the scope `comments.moderate` alone.
   *
   * @defaultValue the viewer
   */
  author?: { id: string; name: string } | undefined
}

/** A project that is there from the start. */
export interface TestProject {
  /**
   * Display name.
   *
   * @defaultValue the plan's own, else the slug
   */
  name?: string | undefined
  /**
   * a-z, 0-9 and dashes.
   *
   * @defaultValue made of the name
   */
  slug?: string | undefined
  /** Markdown. */
  description?: string | undefined
  /** Its plan, in the form of `plan.json`. It must be valid. */
  plan?: Plan | undefined
  /** Comments on the items of its plan, oldest first. */
  comments?: readonly TestComment[] | undefined
  /**
   * Whether it can be read and not changed.
   *
   * @defaultValue false
   */
  archived?: boolean | undefined
}

/** What {@link createTestServer} takes. */
export interface TestServerOptions {
  /** Projects that are there from the start, oldest first. */
  projects?: readonly TestProject[] | undefined
  /**
   * The only API key that is accepted.
   *
   * @defaultValue every key is
   */
  apiKey?: string | undefined
  /**
   * What a key may do: `projects.read`, `projects.write`, `planner.read`, `planner.write`, `comments.read`, `comments.write`,
   * `comments.moderate`, `comments.promote`, or `*` for all.
   *
   * @defaultValue `['*']`
   */
  scopes?: readonly string[] | undefined
  /** Who the key belongs to, over what it is by default. */
  viewer?: Partial<ViewerGetData> | undefined
  /**
   * The time, in milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  now?: (() => number) | undefined
}

/**
 * A BuildRunner server in memory. It follows the real one's rules with the same plan engine; a test of the SDK holds the two equal.
 *
 * @remarks What concerns people, their keys and the audit log (the groups `auth`, `organisations`, `members`, `teams`, `keys`,
 * `audit` and `admin`) is not simulated: such an operation fails with the code `NOT_IN_TEST_SERVER` until {@link TestServer.on}
 * gives it an answer.
 */
export interface TestServer {
  /** Give it to the client. */
  readonly fetch: typeof fetch
  /** Every request that came in, oldest first, failed ones and retries included. */
  readonly requests: readonly RecordedRequest[]
  /**
   * Answers an operation in the server's place.
   *
   * @remarks What the handler throws as an error of the SDK (`new NotFoundError({ code: 'NOT_FOUND', message: '...' })`) reaches the
   * client as such; anything else it throws fails the call with a `NetworkError` whose cause it is.
   * @returns a function that ends it
   *
   * @example
   * ```ts
   * server.on('projects_list', async (variables, { next }) => ({ ...(await next()), totalCount: 1_000 }))
   * ```
   */
  on<Name extends OperationName>(operation: Name, handler: Handler<VariablesOf<Name>, DataOf<Name>>): () => void
  /**
   * Answers a named document of the caller's own (`query Overview { ... }`) with the whole `data`.
   *
   * @returns a function that ends it
   */
  onDocument(name: string, handler: Handler<Readonly<Record<string, unknown>>, unknown>): () => void
  /**
   * Makes the next requests of an operation fail; `*` is for every operation. Orders are met one after the other.
   *
   * @example
   * ```ts
   * server.fail('planning_getPlan', { status: 503, times: 2 })
   * server.fail('*', { code: 'RATE_LIMITED', retryAfterSeconds: 1 })
   * server.fail('planning_setStatus', { fault: 'answer-lost' })
   * ```
   */
  fail(operation: OperationName | '*', failure: Failure): void
  /**
   * Lets the next requests of an operation wait, in milliseconds.
   *
   * @param options - `times`: how many requests; 1 when absent.
   */
  delay(operation: OperationName | '*', ms: number, options?: { times?: number | undefined }): void
  /** Resolves when as many requests have come in all. */
  waitForRequests(count: number): Promise<void>
  /**
   * The plan of a project as it stands, in the form of `plan.json`.
   *
   * @param projectId - Node id, UUID or slug.
   * @throws NotFoundError
   */
  planOf(projectId: string): Plan
  /** Forgets requests, orders, handlers and every change: the projects are again those of the start. */
  reset(): void
}

const VIEWER: ViewerGetData = {
  id: 'usr_0000000000007000a000000000000000', name: 'Ada', email: 'ada@example.com', language: null,
  organisation: { id: 'org_0000000000007000a000000000000000', name: 'Acme', slug: 'acme' },
  apiKey: { id: 'key_0000000000007000a000000000000000', name: 'Test key', prefix: 'test0000', scopes: ['*'] },
  impersonation: null,
}

/**
 * A server for tests: hand its `fetch` to the client, and nothing leaves the process.
 *
 * @throws ValidationError when a project, its plan or a comment is not valid; NotFoundError for a comment on an item that is not in the plan
 *
 * @example
 * ```ts
 * const server = createTestServer({ projects: [{ slug: 'website', plan }] })
 * const client = new BuildRunnerSDK({ fetch: server.fetch, apiKey: 'test', baseUrl: 'http://localhost', projectId: 'website' })
 * ```
 */
export function createTestServer(options: TestServerOptions = {}): TestServer {
  const scopes = options.scopes ?? ['*']
  const start = (): State => startState(options, scopes)
  const dispatcher = new Dispatcher(start(), (key) => (key !== undefined && (options.apiKey === undefined || options.apiKey === key) ? scopes : null))
  return {
    fetch: (input, init) => dispatcher.fetch(new Request(input, init)),
    requests: dispatcher.requests,
    on: (operation, handler) => dispatcher.handle(operation, handler as Handler),
    onDocument: (name, handler) => dispatcher.handle(name, handler as Handler),
    fail: (operation, failure) => dispatcher.failures.add(operation, failure, failure.times),
    delay: (operation, ms, { times } = {}) => dispatcher.delays.add(operation, ms, times),
    waitForRequests: (count) => dispatcher.waitForRequests(count),
    planOf: (projectId) => {
      const project = dispatcher.state.project(projectId)
      return structuredClone(viewDocument(project, project.plan))
    },
    reset: () => dispatcher.reset(start()),
  }
}

function startState({ projects = [], viewer, now = Date.now }: TestServerOptions, scopes: readonly string[]): State {
  const state = new State({ ...VIEWER, apiKey: { ...VIEWER.apiKey!, scopes: [...scopes] }, ...viewer }, now)
  const call: Call = { state, scopes: ['*'], requestId: 'start', origin: 'test' }
  for (const { name, slug, description, plan, comments = [], archived } of projects) {
    const title = name ?? plan?.project.name ?? slug ?? 'Project'
    const projectId = slug ?? slugOf(title)
    createProject(call, { name: title, slug: projectId, description: description ?? null })
    if (plan !== undefined) importPlan(call, { projectId, document: structuredClone(plan) })
    for (const { author, itemId, body, id = null } of comments) addComment({ ...call, ...(author && { person: author }) }, { projectId, itemId, body, id })
    if (archived) archiveProject(call, { projectId })
  }
  return state
}
