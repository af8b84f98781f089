/** GraphQL over a WebSocket (graphql-transport-ws), through the same plugins as over HTTP: limits, masking, metrics, context. */
import type { CredentialVerifier } from '@buildrunner/schema/identity/credentials'
import { newUuid } from '@buildrunner/schema/shared/ids'
import { GraphQLError } from 'graphql'
import type { DocumentNode, ExecutionArgs, GraphQLFormattedError } from 'graphql'
import { CloseCode, makeServer } from 'graphql-ws'
import type { Context as Connection, Server, SubscribePayload } from 'graphql-ws'
import type { YogaServerInstance } from 'graphql-yoga'
import type { IncomingMessage } from 'node:http'
import type { Context } from '@buildrunner/schema/context'
import { actorOf } from '../context.ts'
import type { ServerContext } from '../context.ts'
import { mayExecuteText } from '../plugins/use-trusted-documents.ts'
import type { TrustedDocuments } from '../plugins/use-trusted-documents.ts'

export interface OperationsOptions {
  readonly yoga: Pick<YogaServerInstance<ServerContext, Context>, 'getEnveloped'>
  readonly credentials: CredentialVerifier
  /** What a client learns of a failure. */
  readonly mask: (error: unknown) => Error
  /** Which text is executed. A trusted document is named in `extensions.documentId`, beside an empty `query`. */
  readonly documents: Pick<TrustedDocuments, 'select'>
  /** How long a client has to introduce itself. Default: 3000. */
  readonly initTimeoutMs?: number
}

/** What belongs to one socket. */
export interface SocketExtra {
  readonly req: IncomingMessage
  close(code: number, reason: string): void
  /** The id that errors of an operation carry, by the client's id of it. */
  readonly requestIds: Map<string, string>
}

type Params = { authorization?: unknown; client?: unknown }
type SocketContext = Connection<Params, SocketExtra>
type Enveloped = Pick<ReturnType<OperationsOptions['yoga']['getEnveloped']>, 'execute' | 'subscribe'>
type Args = ExecutionArgs & { readonly enveloped: Enveloped }

/** One socket holds the subscriptions of one page or process. */
const MAX_OPERATIONS = 100

/** The key comes with `connection_init`, because a browser cannot set headers; elsewhere the header will do. */
const authorizationOf = ({ connectionParams, extra }: SocketContext): string | undefined => {
  const given = connectionParams?.authorization
  return typeof given === 'string' ? given : extra.req.headers.authorization
}

/** Reasons are at most 123 bytes (RFC 6455, section 5.5). */
export const refuse = ({ extra }: Pick<SocketContext, 'extra'>, message: string): void => extra.close(CloseCode.Forbidden, message.slice(0, 120))

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

export function createOperations({ yoga, credentials, mask, documents, initTimeoutMs = 3_000 }: OperationsOptions): Server<SocketExtra> {
  /** Errors as the client gets them: masked, with a request id, without what only HTTP needs. */
  function present(ctx: SocketContext, id: string, errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    const requestId = ctx.extra.requestIds.get(id)
    return errors.map((error) => {
      const masked = mask(error) as GraphQLError
      // A key that no longer stands ends the whole connection: the client signs in again and resumes.
      if (codeOf(masked) === 'UNAUTHENTICATED' && authorizationOf(ctx) !== undefined) refuse(ctx, masked.message)
      const { http, ...extensions } = masked.extensions
      return { ...masked.toJSON(), extensions: { ...extensions, requestId } }
    })
  }

  async function prepare(ctx: SocketContext, id: string, payload: SubscribePayload): Promise<Args | readonly GraphQLError[]> {
    if (Object.keys(ctx.subscriptions).length > MAX_OPERATIONS) {
      return [new GraphQLError(`A socket holds at most ${MAX_OPERATIONS} operations at a time. Open another one.`, { extensions: { code: 'LIMIT_EXCEEDED' } })]
    }
    const requestId = newUuid()
    ctx.extra.requestIds.set(id, requestId)
    const client = typeof ctx.connectionParams?.client === 'string' ? ctx.connectionParams.client : undefined
    const initial = { req: ctx.extra.req, operation: { requestId, authorization: authorizationOf(ctx), client }, params: payload }
    const { schema, parse, validate, contextFactory, execute, subscribe } = yoga.getEnveloped(initial as never)
    const document = parseAs(parse, await textOf(ctx, payload))
    const errors = validate(schema, document)
    if (errors.length > 0) return errors as GraphQLError[]
    const contextValue: unknown = await contextFactory()
    return { schema, document, contextValue, operationName: payload.operationName ?? null, variableValues: payload.variables ?? null, enveloped: { execute, subscribe } }
  }

  async function textOf(ctx: SocketContext, { query, extensions }: SubscribePayload): Promise<string> {
    const maySendText = async (): Promise<boolean> => mayExecuteText(await actorOf(authorizationOf(ctx), credentials))
    return (await documents.select({ documentId: extensions?.['documentId'], query }, maySendText)) ?? ''
  }

  return makeServer<Params, SocketExtra>({
    connectionInitWaitTimeout: initTimeoutMs,
    async onConnect(ctx) {
      try {
        await actorOf(authorizationOf(ctx), credentials)
        return true
      } catch (error) {
        if (codeOf(error) !== 'UNAUTHENTICATED') throw error
        refuse(ctx, (error as Error).message)
        return false
      }
    },
    onSubscribe: (ctx, id, payload) => prepare(ctx, id, payload).catch((error: unknown) => [mask(error) as GraphQLError]),
    execute: (args) => (args as Args).enveloped.execute(args),
    subscribe: (args) => (args as Args).enveloped.subscribe(args),
    onNext: (ctx, id, _payload, _args, result) => (result.errors === undefined ? undefined : { ...result, errors: present(ctx, id, result.errors) }),
    onError: (ctx, id, _payload, errors) => present(ctx, id, errors as GraphQLError[]),
    onComplete: (ctx, id) => void ctx.extra.requestIds.delete(id),
  })
}
