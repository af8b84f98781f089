/** What a call returns: a request that can be awaited, made to throw, cancelled and, for a list, iterated. */
import { BuildRunnerError, errorFromMember, errorOf, record } from './errors.ts'
import type { ImpersonationBanner, Outcome, PolicyWarning, RateLimit, ServerMode } from './answer.ts'

export type { CallOptions } from './transport.ts'

/**
 * A named operation of the catalogue, as the generated modules hold it. Its text is known to the server, and to the entry
 * `@buildrunner/sdk/documents`.
 *
 * @internal
 */
export interface Operation {
  /** `<group>_<method>`. */
  readonly name: string
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** Whether it takes `$projectId`, and can do without. */
  readonly projectId?: 'required' | 'optional'
  /** A mutation that takes no `$idempotencyKey`: it is not sent again. */
  readonly key?: false
  /** How many fields lead to what the method answers. Default: 1. */
  readonly depth?: number
  /** For a list: the key of one page's items. */
  readonly items?: string
}

/** Stands for a member of a union that this version does not know: a newer server may answer further ones. */
export interface UnknownMember {
  /** Never this text: it stands for any other name. */
  __typename: '%other'
}

interface Received {
  /** Finds the request in the server's log; absent when no server answered. */
  requestId: string | undefined
  /** What may still be asked for; absent when the server did not say. */
  rateLimit: RateLimit | undefined
  /** Who really acts, when the session acts as somebody else. */
  impersonation: ImpersonationBanner | undefined
  /** `read-only` while the server's primary database is away: what was read may be behind. Absent in normal operation. */
  mode: ServerMode | undefined
  /** What rules of the project's policy said that let the write pass; absent when none did. */
  warnings: readonly PolicyWarning[] | undefined
}

/**
 * What awaiting a call gives: `data`, or `error`. Both are there when only a part of the answer failed.
 */
export type Result<Data> = ({ data: Data; error: undefined } | { data: Data | undefined; error: BuildRunnerError }) & Received

/** One call. It is sent once, on the next microtask, whether or not anyone awaits it; awaiting it never throws. */
export class Request<Data> implements PromiseLike<Result<Data>> {
  readonly #cancel = new AbortController()
  readonly #result: Promise<Result<Data>>

  /** @internal */
  constructor(run: (signal: AbortSignal) => Promise<Outcome>) {
    this.#result = Promise.resolve(this.#cancel.signal).then(run).then(toResult<Data>, failed)
  }

  then<Fulfilled = Result<Data>, Rejected = never>(
    onFulfilled?: ((result: Result<Data>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#result.then(onFulfilled, onRejected)
  }

  /**
   * The data alone.
   *
   * @throws BuildRunnerError what the result has as `error`, also when part of the data arrived
   */
  async orThrow(): Promise<Data> {
    const { data, error } = await this.#result
    if (error) throw error
    return data
  }

  /** Ends the call, and all loops over it: their error is an `AbortedError`. Whether the server carried a mutation out is not known then. */
  cancel(): void {
    this.#cancel.abort()
  }

  /** Aborted by `cancel()`. */
  protected get signal(): AbortSignal {
    return this.#cancel.signal
  }
}

type Position = Record<string, unknown>

/**
 * A call for a list. Awaiting it gives the first page; iterating it gives every item, asking for pages as they are needed.
 * Any number of loops can run over one request: they share the first page, and each reads on by itself.
 *
 * @example
 * ```ts
 * for await (const project of client.projects.list()) console.log(project.name)
 * ```
 */
export class ListRequest<Data, Item> extends Request<Data> implements AsyncIterable<Item> {
  readonly #run: (position: Position, signal: AbortSignal) => Promise<Outcome>
  readonly #items: string | undefined

  /** @internal */
  constructor(run: (position: Position, signal: AbortSignal) => Promise<Outcome>, items: string | undefined) {
    super((signal) => run({}, signal))
    this.#run = run
    this.#items = items
  }

  /**
   * Page by page. It ends when the server says so, and on a cursor that is null or was there before.
   *
   * @throws BuildRunnerError when a page fails
   */
  async *pages(): AsyncGenerator<Data, void, undefined> {
    const seen = new Set<unknown>()
    let page = await this.orThrow()
    for (;;) {
      yield page
      const [name, cursor] = this.#next(page)
      if (cursor === null || cursor === undefined || seen.has(cursor)) return
      seen.add(cursor)
      page = await new Request<Data>(() => this.#run({ [name]: cursor }, this.signal)).orThrow()
    }
  }

  /**
   * Item by item, through all pages.
   *
   * @throws BuildRunnerError when a page fails; `HISTORY_GAP` when events between two pages are gone
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) {
      const { gap } = record(page)
      if (typeof gap === 'number') throw errorOf({ code: 'HISTORY_GAP', message: `The events before ${gap} are gone. Read the plan again.`, details: { gap } })
      yield* this.#itemsOf(page)
    }
  }

  /**
   * All items, or the first `limit`, in one array.
   *
   * @throws BuildRunnerError when a page fails
   */
  async toArray({ limit = Infinity }: { limit?: number } = {}): Promise<Item[]> {
    const items: Item[] = []
    if (limit <= 0) return items
    for await (const item of this) if (items.push(item) >= limit) break
    return items
  }

  #itemsOf(page: Data): readonly Item[] {
    const items = record(page)[this.#items ?? '']
    return Array.isArray(items) ? (items as Item[]) : []
  }

  /** The variable that asks for the next page, and its value: a connection goes on after a cursor, a log after a sequence. */
  #next(page: Data): [string, unknown] {
    const { pageInfo, hasMore } = record(page)
    const { hasNextPage, endCursor } = record(pageInfo)
    return pageInfo ? ['after', hasNextPage ? endCursor : null] : ['since', hasMore ? record(this.#itemsOf(page).at(-1))['sequence'] : null]
  }
}

const toResult = <Data>({ data, error, ...received }: Outcome): Result<Data> => ({ data: data as Data, error: error as undefined, requestId: received.requestId, rateLimit: received.rateLimit, impersonation: received.impersonation, mode: received.mode, warnings: received.warnings })

function failed(error: unknown): Result<never> {
  if (!(error instanceof BuildRunnerError)) throw error
  return { data: undefined, error, requestId: error.requestId, rateLimit: undefined, impersonation: undefined, mode: undefined, warnings: undefined }
}

/** Takes an operation's own answer out of a GraphQL answer: unwraps it, and turns an error in its place into `error`. */
export function unwrap({ name, kind, depth = 1 }: Operation, { data, error, ...rest }: Outcome): Outcome {
  let value = data
  for (let level = 0; level < depth; level++) value = Object.values(record(value))[0]
  if (value === null || value === undefined) return { error: error ?? nothing(name, rest.requestId), ...rest }
  const refused = kind === 'mutation' && !String(record(value)['__typename']).endsWith('Payload')
  return refused ? { error: error ?? errorFromMember(value, rest.requestId), ...rest } : { data: value, error, ...rest }
}

const nothing = (name: string, requestId: string | undefined): BuildRunnerError =>
  errorOf({ code: 'NOT_FOUND', message: `${name.replace('_', '.')} found nothing that this API key may see. Check the ids.`, requestId })
