/** GraphQL over a WebSocket (graphql-transport-ws), through the same plugins as over HTTP: limits, masking, metrics, context. */
import type { Context } from '@buildrunner/schema/context'
import type { CredentialVerifier } from '@buildrunner/schema/identity/credentials'
import { newUuid } from '@buildrunner/schema/shared/ids'
import type { RealtimeLimits } from '@buildrunner/schema/shared/operator-policy'
import { GraphQLError } from 'graphql'
import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLFormattedError } from 'graphql'
import { CloseCode, makeServer } from 'graphql-ws'
import type { Context as Introduced, Server, SubscribePayload } from 'graphql-ws'
import type { YogaServerInstance } from 'graphql-yoga'
import { actorOf } from '../context.ts'
import type { RequestHead, ServerContext } from '../context.ts'
import type { SharedSubscription } from '../plugins/use-shared-execution.ts'
import { mayExecuteText } from '../plugins/use-trusted-documents.ts'
import type { TrustedDocuments } from '../plugins/use-trusted-documents.ts'
import { Delivery } from './delivery.ts'
import type { Outlet } from './delivery.ts'
import type { Place } from './places.ts'

export interface OperationsOptions {
  readonly yoga: Pick<YogaServerInstance<ServerContext, Context>, 'getEnveloped'>
  readonly credentials: CredentialVerifier
  /** What a client learns of a failure. */
  readonly mask: (error: unknown) => Error
  /** Which text is executed. A trusted document is named in `extensions.documentId`, beside an empty `query`. */
  readonly documents: Pick<TrustedDocuments, 'select'>
  readonly limits: Pick<RealtimeLimits, 'initTimeoutSeconds' | 'maxSubscriptionsPerSocket'>
}

/** What belongs to one socket. */
export interface SocketExtra extends Outlet {
  /** Of the request that opened it. */
  readonly head: RequestHead
  readonly place: Place
  close(code: number, reason: string): void
  /** The id that errors of an operation carry, by the client's id of it. */
  readonly requestIds: Map<string, string>
  /** Why it is closed after the next message: that says it with its code. */
  refusal: string | undefined
}

type Params = { authorization?: unknown; client?: unknown }
type SocketContext = Introduced<Params, SocketExtra>
type Enveloped = Pick<ReturnType<OperationsOptions['yoga']['getEnveloped']>, 'execute' | 'subscribe'>

/** What graphql-ws carries from the message to its execution. It keeps both as long as the subscription lasts. */
interface Args extends ExecutionArgs {
  readonly payload: Pick<SubscribePayload, 'variables' | 'extensions'>
  enveloped: Enveloped | undefined
  /** The iterator of one that pushes, made when its source is known. */
  pushed: Delivery | undefined
}

export const TRY_AGAIN_LATER = 1013

/** The key comes with `connection_init`, because a browser cannot set headers; elsewhere the header will do. */
const authorizationOf = ({ connectionParams, extra }: SocketContext): string | undefined => {
  const given = connectionParams?.authorization
  return typeof given === 'string' ? given : extra.head.headers.authorization
}

/** Over HTTP Yoga adds the code. */
function parseAs(parse: (text: string) => DocumentNode, text: string): DocumentNode {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions['code'] ??= 'GRAPHQL_PARSE_FAILED'
    throw error
  }
}

const codeOf = (error: unknown): unknown => (error instanceof GraphQLError ? error.extensions['code'] : undefined)

/** What pushes needs nothing of it any more. */
function forget(args: Args): void {
  Object.assign(args.payload, { variables: undefined, extensions: undefined })
  args.variableValues = null
  args.contextValue = undefined
  args.enveloped = undefined
  args.pushed = undefined
}

export function createOperations({ yoga, credentials, mask, documents, limits }: OperationsOptions): Server<SocketExtra> {
  /** Errors as the client gets them: masked, with a request id, without what only HTTP needs. */
  function present(ctx: SocketContext, id: string, errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    const requestId = ctx.extra.requestIds.get(id)
    return errors.map((error) => {
      const masked = mask(error) as GraphQLError
      // A key that no longer stands ends the whole connection: the client signs in again and resumes.
      if (codeOf(masked) === 'UNAUTHENTICATED' && authorizationOf(ctx) !== undefined) ctx.extra.refusal = masked.message
      const { http, ...extensions } = masked.extensions
      return { ...masked.toJSON(), extensions: { ...extensions, requestId } }
    })
  }

  async function prepare(ctx: SocketContext, id: string, payload: SubscribePayload): Promise<Args | readonly GraphQLError[]> {
    if (Object.keys(ctx.subscriptions).length > limits.maxSubscriptionsPerSocket) {
      return [new GraphQLError(`A socket holds at most ${limits.maxSubscriptionsPerSocket} operations at a time. Open another one.`, { extensions: { code: 'LIMIT_EXCEEDED' } })]
    }
    const requestId = newUuid()
    ctx.extra.requestIds.set(id, requestId)
    const client = typeof ctx.connectionParams?.client === 'string' ? ctx.connectionParams.client : undefined
    const push = (subscription: SharedSubscription): void => {
      args.pushed = new Delivery({ outlet: ctx.extra, id, subscription, present: (result) => ({ ...result, errors: present(ctx, id, result.errors ?? []) }) })
    }
    // what is noted about an operation by its request goes with it
    const initial = { req: { ...ctx.extra.head }, operation: { requestId, authorization: authorizationOf(ctx), client, push }, params: payload }
    const { schema, parse, validate, contextFactory, execute, subscribe } = yoga.getEnveloped(initial as never)
    const document = parseAs(parse, await textOf(ctx, payload))
    const errors = validate(schema, document)
    if (errors.length > 0) return errors as GraphQLError[]
    const contextValue: unknown = await contextFactory()
    const args: Args = { payload, schema, document, contextValue, operationName: payload.operationName ?? null, variableValues: payload.variables ?? null, enveloped: { execute, subscribe }, pushed: undefined }
    return args
  }

  async function subscribe(args: Args): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const result = await args.enveloped!.subscribe(args) as AsyncIterableIterator<ExecutionResult> | ExecutionResult
    const { pushed } = args
    if (pushed === undefined) return result
    forget(args)
    return pushed
  }

  async function textOf(ctx: SocketContext, { query, extensions }: SubscribePayload): Promise<string> {
    const maySendText = async (): Promise<boolean> => mayExecuteText(await actorOf(authorizationOf(ctx), credentials))
    return (await documents.select({ documentId: extensions?.['documentId'], query }, maySendText)) ?? ''
  }

  return makeServer<Params, SocketExtra>({
    connectionInitWaitTimeout: limits.initTimeoutSeconds * 1_000,
    async onConnect(ctx) {
      try {
        const actor = await actorOf(authorizationOf(ctx), credentials)
        const crowded = actor === null ? undefined : ctx.extra.place.claim(actor)
        if (crowded !== undefined) ctx.extra.close(TRY_AGAIN_LATER, crowded)
        return crowded === undefined
      } catch (error) {
        if (codeOf(error) !== 'UNAUTHENTICATED') throw error
        ctx.extra.close(CloseCode.Forbidden, (error as Error).message)
        return false
      }
    },
    onSubscribe: (ctx, id, payload) => prepare(ctx, id, payload).catch((error: unknown) => [mask(error) as GraphQLError]),
    execute: (args) => (args as Args).enveloped!.execute(args),
    subscribe: (args) => subscribe(args as Args),
    onNext: (ctx, id, _payload, _args, result) => (result.errors === undefined ? undefined : { ...result, errors: present(ctx, id, result.errors) }),
    onError: (ctx, id, _payload, errors) => present(ctx, id, errors as GraphQLError[]),
    onComplete: (ctx, id) => void ctx.extra.requestIds.delete(id),
  })
}
