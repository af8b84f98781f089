/** Reads and checks the client's options once, so that nothing behind them has to. */
import { Credentials, checkToken } from './credentials.ts'
import type { GetToken } from './credentials.ts'
import { ConfigurationError } from './errors.ts'
import type { CircuitBreaker } from './resilience/circuit-breaker.ts'
import { VERSION } from './version.ts'

/** Options of a client. */
export interface BuildRunnerOptions {
  /**
   * Sent as `Authorization: Bearer ...`. Without one only `health.check` answers.
   *
   * @defaultValue `BUILDRUNNER_API_KEY`
   */
  apiKey?: string | undefined
  /**
   * Gives the bearer token, instead of `apiKey`, where tokens expire. It is called before the first call, and again when the
   * server answers `UNAUTHENTICATED`: the call, or the subscription, then goes on with the new one. What it throws ends them.
   *
   * @example
   * ```ts
   * new BuildRunnerSDK({ getToken: async () => (await fetch('/session/token')).text() })
   * ```
   */
  getToken?: GetToken | undefined
  /**
   * The project that calls mean when they name none: a node id, a UUID or a slug.
   *
   * @defaultValue `BUILDRUNNER_PROJECT_ID`
   */
  projectId?: string | undefined
  /**
   * Where the server is; `/graphql` is added. Must be https, except on this machine (localhost, 127.0.0.0/8, [::1]).
   *
   * @defaultValue `BUILDRUNNER_BASE_URL`, else `https://api.buildrunner.com`
   */
  baseUrl?: string | undefined
  /**
   * How long one call may take, retries and back-off included, in milliseconds.
   *
   * @defaultValue 60000
   */
  timeoutMs?: number | undefined
  /**
   * How often a call is tried again after a passing failure. Only queries, and mutations with an idempotency key, are.
   *
   * @defaultValue 2
   */
  maxRetries?: number | undefined
  /**
   * What sends the requests.
   *
   * @defaultValue the global `fetch`
   */
  fetch?: typeof fetch | undefined
  /**
   * What subscriptions open their socket with, where there is no global one, as on Node 20: `import WebSocket from 'ws'`.
   *
   * @defaultValue the global `WebSocket`
   */
  webSocket?: WebSocketConstructor | undefined
  /**
   * Told of each attempt of each call when it is over: for logs and metrics.
   *
   * @remarks It is not awaited, and what it throws is dropped: it cannot fail a call.
   *
   * @example
   * ```ts
   * new BuildRunnerSDK({ onRequest: ({ method, status, durationMs }) => console.log(method, status, durationMs) })
   * ```
   */
  onRequest?: ((info: AttemptInfo) => void) | undefined
  /**
   * Stops sending to a server that keeps failing: calls then end at once with a `CircuitOpenError`, until some are let through on
   * trial. Several clients may share one.
   *
   * @defaultValue none: every call is sent
   *
   * @example
   * ```ts
   * import { CircuitBreaker } from '@buildrunner/sdk/resilience'
   *
   * const circuitBreaker = new CircuitBreaker({ name: 'the BuildRunner server' })
   * circuitBreaker.watch(({ state }) => console.log(state))
   * new BuildRunnerSDK({ circuitBreaker })
   * ```
   */
  circuitBreaker?: Pick<CircuitBreaker, 'acquire'> | undefined
  /**
   * The texts of the catalogue's operations, from `@buildrunner/sdk/documents`. The client sends the ids of operations; it
   * sends the text to a server that is older than this version and does not know the id.
   *
   * @defaultValue none: such a server answers `DOCUMENT_UNKNOWN`
   */
  documents?: Readonly<Record<string, string>> | undefined
  /**
   * Names the program in the server's event log, as `name/version`.
   *
   * @defaultValue `sdk/` and the SDK's version
   */
  clientName?: string | undefined
}

/** A class with the interface of the web's `WebSocket`: a global one, or that of `ws`. */
export type WebSocketConstructor = new (url: string, protocol: string) => object

/** One attempt of a call, after it ended. It holds no key and no variable. */
export interface AttemptInfo {
  /** `projects.list`, or `request` for a document of your own. */
  readonly method: string
  /** Where it was sent. */
  readonly url: string
  /** From 0; above it are retries. */
  readonly attempt: number
  /** How long the attempt took, in milliseconds. */
  readonly durationMs: number
  /** The HTTP status; absent when no answer arrived. */
  readonly status: number | undefined
  /** Finds the request in the server's log. */
  readonly requestId: string | undefined
  /** The code of the error it came to, if it did. */
  readonly code: string | undefined
}

export interface Config {
  readonly credentials: Credentials
  readonly projectId: string | undefined
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly maxRetries: number
  readonly fetch: typeof fetch
  readonly webSocket: WebSocketConstructor | undefined
  readonly onRequest: ((info: AttemptInfo) => void) | undefined
  readonly circuitBreaker: Pick<CircuitBreaker, 'acquire'> | undefined
  readonly documents: Readonly<Record<string, string>> | undefined
  readonly clientName: string
}

/** The longest delay that timers take; they fire at once beyond it. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

/** @throws ConfigurationError naming the option or variable that is wrong, never its value when it is the key. */
export function readConfig(options: BuildRunnerOptions): Config {
  return {
    credentials: readCredentials(options),
    projectId: setting(options.projectId, 'projectId', 'BUILDRUNNER_PROJECT_ID', (value) => value),
    baseUrl: setting(options.baseUrl, 'baseUrl', 'BUILDRUNNER_BASE_URL', checkBaseUrl) ?? 'https://api.buildrunner.com',
    timeoutMs: checkTimeout(options.timeoutMs ?? 60_000),
    maxRetries: checkRetries(options.maxRetries ?? 2),
    // Bound late, so that a global that is replaced (by a test, by instrumentation) is the one that is called.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    webSocket: options.webSocket,
    onRequest: options.onRequest,
    circuitBreaker: options.circuitBreaker,
    documents: options.documents,
    clientName: options.clientName ?? `sdk/${VERSION}`,
  }
}

export function checkTimeout(value: number): number {
  return value > 0 && value <= MAX_TIMEOUT_MS ? value : fail(`timeoutMs must lie between 1 and ${MAX_TIMEOUT_MS}, and is ${value}.`)
}

export function checkRetries(value: number): number {
  return Number.isInteger(value) && value >= 0 ? value : fail(`maxRetries must be a whole number from 0, and is ${value}.`)
}

/** An option as given, else the variable where a process has an environment; an empty variable counts as not set. */
function setting(value: string | undefined, option: string, variable: string, check: (value: string, name: string) => string): string | undefined {
  if (value === '') fail(`${option} is empty. Leave it out to use ${variable}.`)
  if (value !== undefined) return check(value, option)
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  const fallback = process?.env?.[variable]
  return fallback ? check(fallback, variable) : undefined
}

function readCredentials({ apiKey, getToken }: BuildRunnerOptions): Credentials {
  if (getToken === undefined) return new Credentials(setting(apiKey, 'apiKey', 'BUILDRUNNER_API_KEY', checkToken))
  if (apiKey !== undefined) fail('apiKey and getToken are both given. Keep one of them.')
  return new Credentials(undefined, getToken)
}

export const isThisMachine = ({ hostname }: URL): boolean => /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)

function checkBaseUrl(value: string, name: string): string {
  let url: URL
  try {
    url = new URL(value)
  } catch {
    return fail(`${name} must be a URL such as https://api.buildrunner.com, and is ${JSON.stringify(value)}.`)
  }
  if (url.username || url.password) fail(`${name} must not hold a user name or password. Give the key as apiKey.`)
  if (url.search || url.hash) fail(`${name} must end after its path.`)
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url))
  if (!allowed) fail(`${name} must begin with https:// (http:// only for this machine), and is ${JSON.stringify(value)}.`)
  return url.href.replace(/\/+$/, '')
}

function fail(message: string): never {
  throw new ConfigurationError({ code: 'INVALID_CONFIGURATION', message })
}
