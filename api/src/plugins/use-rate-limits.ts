/**
 * Rate limits, before anything is executed: an operation costs points, and its key, session or address has so many a minute. What
 * is refused costs no more than parsing. What an answer leaves is told in its headers, in `extensions.rateLimit`, and to the query
 * `rateLimit`.
 */
import { isIPv6 } from 'node:net'
import type { Context, RateLimit } from '@buildrunner/schema/context'
import { createCosts } from '@buildrunner/schema/cost'
import type { RateName } from '@buildrunner/schema/shared/field-permissions'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import { GraphQLError, Kind, getOperationAST } from 'graphql'
import type { DocumentNode, ExecutionArgs, ExecutionResult, FragmentDefinitionNode, GraphQLSchema, SelectionSetNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestHead, ServerContext } from '../context.ts'
import type { Attempts } from '../limits/attempts.ts'
import { rateLimitHeaders, retryAfter } from '../limits/headers.ts'
import type { Asked, Points } from '../limits/points.ts'
import { createAnswerNotes, extended } from './answer-notes.ts'
import type { Answered } from './answer-notes.ts'

export interface RateLimitsOptions {
  readonly schema: GraphQLSchema
  readonly operator: OperatorPolicy
  readonly points: Points
  readonly attempts: Attempts
}

export interface RateLimits {
  readonly plugin: Plugin
  /** Header fields about what a request has left; none before it was counted. */
  headersOf(req: RequestHead): Record<string, string>
  /** Counts a key or session that nobody knows, at the cost of its address. Null while the address has points left. */
  countGuess(address: string | null): GraphQLError | null
}

type Args = ExecutionArgs & { readonly contextValue: Context & Partial<ServerContext> }

/** The /64 of an IPv6 address: whoever has one address has all of its network. */
export const networkOf = (address: string): string => (isIPv6(address) ? `${expand(address).slice(0, 4).join(':')}::/64` : address)

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const [left, right] = [groups(head), groups(tail ?? '')]
  return [...left, ...Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => '0'), ...right].map((group) => Number.parseInt(group, 16).toString(16))
}

/** What an unknown key costs: looking it up, and where its prefix is known a slow hash. */
const GUESS_COST = 20

type Account = Omit<Asked, 'cost'>

const addressAccount = (address: string | null, { rates }: OperatorPolicy): Account => ({ key: `address:${networkOf(address ?? 'unknown')}`, limit: rates.anonymousPointsPerMinute })

/** Whose points an operation spends, and how many there are. */
function accountOf({ actor, address }: Context, operator: OperatorPolicy): Account {
  if (actor === null) return addressAccount(address, operator)
  return { key: actor.apiKeyId === null ? `session:${actor.sessionId}` : `key:${actor.apiKeyId}`, limit: operator.tiers[actor.tier].pointsPerMinute }
}

const inSeconds = (time: Date): string => `in ${retryAfter(time)} s`

function rateLimited(message: string, resetAt: Date): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED', resetAt: resetAt.toISOString(), http: { status: 429, headers: { 'retry-after': retryAfter(resetAt) } } } })
}

export function createRateLimits({ schema, operator, points, attempts }: RateLimitsOptions): RateLimits {
  const costs = createCosts(schema)
  const ratesIn = createRateReader(schema)
  const { set, headersOf, onResponse } = createAnswerNotes<RateLimit>(rateLimitHeaders)

  /** Counts an operation: the one place where what is asked for is measured. Null when it may run. */
  function count({ document, variableValues, contextValue }: Args): GraphQLError | null {
    const { allowed, ...limit } = points.take({ ...accountOf(contextValue, operator), cost: costs.costOf(document, variableValues ?? {}) })
    contextValue.rateLimit = limit
    if (contextValue.req !== undefined) set(contextValue.req, limit)
    if (allowed) return null
    if (limit.cost > limit.limit) {
      return new GraphQLError(`The operation costs ${limit.cost} points; a minute has ${limit.limit}. Select fewer fields, or smaller pages.`, { extensions: { code: 'LIMIT_EXCEEDED' } })
    }
    return rateLimited(`The operation costs ${limit.cost} points, and ${limit.remaining} of ${limit.limit} are left. Ask again ${inSeconds(limit.resetAt)}.`, limit.resetAt)
  }

  async function attempt(rates: ReadonlyMap<RateName, number>, { address }: Context): Promise<GraphQLError | null> {
    for (const [rate, times] of rates) {
      const resetAt = await attempts.take(rate, networkOf(address ?? 'unknown'), times)
      if (resetAt !== null) return rateLimited(`Too many attempts from your address. Try again ${inSeconds(resetAt)}.`, resetAt)
    }
    return null
  }

  /** Null when it may run; a promise only where a rate of its own is asked. */
  function refusalOf(args: Args): GraphQLError | null | Promise<GraphQLError | null> {
    const refused = count(args)
    const rates = refused === null ? ratesIn(args.document, args.operationName) : NO_RATES
    return rates.size === 0 ? refused : attempt(rates, args.contextValue)
  }

  const told = (result: ExecutionResult, rateLimit: RateLimit | undefined): ExecutionResult => (rateLimit === undefined ? result : extended(result, { rateLimit }))

  const before = ({ args, stop }: { args: Args; stop: (result: ExecutionResult) => void }): void | Promise<void> => {
    const settle = (refused: GraphQLError | null): void => {
      if (refused !== null) stop(told({ errors: [refused] }, args.contextValue.rateLimit))
    }
    const refused = refusalOf(args)
    return refused instanceof Promise ? refused.then(settle) : settle(refused)
  }

  function countGuess(address: string | null): GraphQLError | null {
    const { allowed, resetAt } = points.take({ ...addressAccount(address, operator), cost: GUESS_COST })
    return allowed ? null : rateLimited(`Too many unknown keys from your address. Try again ${inSeconds(resetAt)}.`, resetAt)
  }

  const plugin: Plugin = {
    onExecute({ args, setResultAndStopExecution }) {
      const counted = args as unknown as Args
      const after = {
        onExecuteDone({ result, setResult }: Answered) {
          if (!(Symbol.asyncIterator in result)) setResult(told(result, counted.contextValue.rateLimit))
        },
      }
      const waiting = before({ args: counted, stop: setResultAndStopExecution as never })
      return (waiting instanceof Promise ? waiting.then(() => after) : after) as never
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => before({ args: args as unknown as Args, stop: setResultAndStopExecution as never }),
    onResponse,
  }
  return { plugin, headersOf, countGuess }
}

const NO_RATES: ReadonlyMap<RateName, number> = new Map()

/** How often each rate of its own is met by an operation: its root fields, those in fragments too. Read once for each document. */
function createRateReader(schema: GraphQLSchema): (document: DocumentNode, operationName: string | null | undefined) => ReadonlyMap<RateName, number> {
  const known = new WeakMap<DocumentNode, Map<string, ReadonlyMap<RateName, number>>>()
  const fields = schema.getMutationType()?.getFields() ?? {}

  function read(document: DocumentNode, operationName: string | null | undefined): ReadonlyMap<RateName, number> {
    const operation = getOperationAST(document, operationName)
    if (operation?.operation !== 'mutation') return NO_RATES
    const fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])))
    const found = new Map<RateName, number>()
    visitRoots(operation.selectionSet, fragments, (name) => {
      const rate = fields[name]?.extensions.rate
      if (rate !== undefined) found.set(rate, (found.get(rate) ?? 0) + 1)
    })
    return found
  }

  return (document, operationName) => {
    let operations = known.get(document)
    if (operations === undefined) known.set(document, (operations = new Map()))
    let rates = operations.get(operationName ?? '')
    if (rates === undefined) operations.set(operationName ?? '', (rates = read(document, operationName)))
    return rates
  }
}

function visitRoots({ selections }: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, visit: (field: string) => void): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) visit(selection.name.value)
    else {
      const inside = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)?.selectionSet
      if (inside !== undefined) visitRoots(inside, fragments, visit)
    }
  }
}
