/** The client: options, the methods of the catalogue, and raw GraphQL. */
import { groups } from './_generated/index.ts'
import type { Groups } from './_generated/index.ts'
import { readConfig } from './config.ts'
import type { BuildRunnerOptions, Config } from './config.ts'
import { errorOf } from './errors.ts'
import type { BuildRunnerError } from './errors.ts'
import { ListRequest, Request, unwrap } from './request.ts'
import type { Operation } from './request.ts'
import { send } from './transport.ts'
import type { CallOptions, Outcome } from './transport.ts'

type Variables = Readonly<Record<string, unknown>>

/**
 * A client of the BuildRunner API. Cheap to make, opens nothing until a call, safe to share.
 *
 * @example
 * ```ts
 * const client = new BuildRunnerSDK({ apiKey: 'br_...', projectId: 'website', baseUrl: 'https://api.buildrunner.com' })
 * const { data, error } = await client.projects.list()
 * ```
 *
 * @throws ConfigurationError when an option or a `BUILDRUNNER_*` variable is wrong
 */
export class BuildRunnerSDK {
  readonly #config: Config

  constructor(options: BuildRunnerOptions = {}) {
    this.#config = readConfig(options)
    for (const [group, operations] of Object.entries(groups)) Object.assign(this, { [group]: bind(this.#config, operations) })
  }

  /** Where the server is, without `/graphql`. */
  get baseUrl(): string {
    return this.#config.baseUrl
  }

  /** The project that calls mean when they name none. */
  get projectId(): string | undefined {
    return this.#config.projectId
  }

  /**
   * Sends a GraphQL document of your own. `data` is the whole data of the answer; the errors in a mutation's result stay in it.
   *
   * @remarks `$projectId` and `$idempotencyKey` are filled in when the document declares them, as in every other call.
   * A document that holds a mutation is retried only when it declares `$idempotencyKey`.
   *
   * @example
   * ```ts
   * const { data } = await client.request<{ viewer: { name: string } }>('{ viewer { name } }')
   * ```
   */
  request<Data = unknown>(document: string, variables: Variables = {}, options: CallOptions = {}): Request<Data> {
    return new Request((signal) => execute(this.#config, document, variables, options, signal))
  }
}

/** The methods of the catalogue; the constructor makes them. */
export interface BuildRunnerSDK extends Groups {}

type Method = (variables?: Variables, options?: CallOptions) => Request<unknown>

function bind(config: Config, operations: Readonly<Record<string, Operation>>): Record<string, Method> {
  const methods: Record<string, Method> = {}
  for (const [method, operation] of Object.entries(operations)) {
    methods[method] = (variables = {}, options = {}) => {
      const document = operation.text.join('')
      const run = async (position: Variables, signal: AbortSignal): Promise<Outcome> =>
        unwrap(operation, await execute(config, document, { ...variables, ...position }, options, signal))
      return operation.items === undefined ? new Request((signal) => run({}, signal)) : new ListRequest(run, operation.items)
    }
  }
  return methods
}

/** Fills in what the document declares and the caller left out, and sends it. */
async function execute(config: Config, document: string, given: Variables, options: CallOptions, signal: AbortSignal): Promise<Outcome> {
  const variables = { ...given }
  const fill = (name: string, value: () => string | undefined): void => {
    if (new RegExp(`\\$${name}\\b`).test(document)) variables[name] ??= value()
  }
  fill('projectId', () => config.projectId)
  fill('idempotencyKey', () => options.idempotencyKey ?? crypto.randomUUID())
  if (/\$projectId\s*:\s*ID\s*!/.test(document) && variables['projectId'] === undefined) throw missingProject()
  // The word in a string or a comment counts too: the mistake only costs a retry.
  const isMutation = /\bmutation\b/.test(document)
  if (options.idempotencyKey !== undefined && isMutation && variables['idempotencyKey'] === undefined) throw unusedKey()
  return send(config, { body: toJson({ query: document, variables }), safe: !isMutation || typeof variables['idempotencyKey'] === 'string' }, options, signal)
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw errorOf({ code: 'BAD_USER_INPUT', message: 'The variables cannot be sent as JSON: they hold a cycle or a bigint.', cause })
  }
}

const badInput = (path: string, message: string): BuildRunnerError => errorOf({ code: 'BAD_USER_INPUT', path: [path], message })

const missingProject = (): BuildRunnerError =>
  badInput('projectId', 'This call needs a projectId: give it in the call, to new BuildRunnerSDK({ projectId }), or as BUILDRUNNER_PROJECT_ID.')

const unusedKey = (): BuildRunnerError =>
  badInput('idempotencyKey', 'The document takes no idempotency key: declare $idempotencyKey and give it to the input.')
