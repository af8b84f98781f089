/** What all calls go through: the configuration, and GraphQL documents of your own. */
import { readConfig } from './config.ts'
import type { BuildRunnerOptions, Config } from './config.ts'
import { textOf } from './document.ts'
import type { Rest, TypedDocument } from './document.ts'
import { execute } from './execute.ts'
import type { Needs } from './execute.ts'
import { Request } from './request.ts'
import type { CallOptions } from './transport.ts'

type Variables = Readonly<Record<string, unknown>>

/** @internal */
export let configOf: (client: Client) => Config

/**
 * Holds the configuration for the standalone functions (`@buildrunner/sdk/projects` and so on). A program that uses a few
 * of them and this class loads those few; `BuildRunnerSDK` is the same with every method.
 *
 * @example
 * ```ts
 * import { Client } from '@buildrunner/sdk/client'
 * import { listProjects } from '@buildrunner/sdk/projects'
 *
 * const client = new Client({ apiKey: 'br_...', baseUrl: 'https://api.buildrunner.com' })
 * for await (const project of listProjects(client)) console.log(project.slug)
 * ```
 *
 * @throws ConfigurationError when an option or a `BUILDRUNNER_*` variable is wrong
 */
export class Client {
  readonly #config: Config

  constructor(options: BuildRunnerOptions = {}) {
    this.#config = readConfig(options)
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
   * A document that holds a mutation is retried only when it declares `$idempotencyKey`. A server that executes trusted
   * documents only takes it from API keys with the scope `graphql.text`.
   *
   * @example
   * ```ts
   * const { data } = await client.request<{ viewer: { name: string } }>('{ viewer { name } }')
   * ```
   */
  request<Data = unknown>(document: string, variables?: Variables, options?: CallOptions): Request<Data>
  /**
   * Sends a document of `graphql()`, typed by the schema; see `@buildrunner/sdk/graphql`.
   *
   * @example
   * ```ts
   * const { data } = await client.request(graphql('{ viewer { name } }'))
   * ```
   */
  request<Data, Given>(document: TypedDocument<Data, Given>, ...rest: Rest<Given>): Request<Data>
  request<Data>(document: string | TypedDocument<Data, never>, variables: Variables = {}, options: CallOptions = {}): Request<Data> {
    return new Request(async (signal) => execute(this.#config, needsOf(textOf(document)), { ...variables }, options, signal))
  }

  static {
    configOf = (client) => client.#config
  }
}

function needsOf(text: string): Needs {
  const declares = (name: string): boolean => new RegExp(`\\$${name}\\b`).test(text)
  return {
    name: 'request',
    text,
    // The word in a string or a comment counts too: the mistake only costs a retry.
    kind: /\bmutation\b/.test(text) ? 'mutation' : 'query',
    projectId: declares('projectId') ? (/\$projectId\s*:\s*ID\s*!/.test(text) ? 'required' : 'optional') : undefined,
    key: declares('idempotencyKey'),
  }
}
