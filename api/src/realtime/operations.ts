/** GraphQL over a WebSocket, through the same plugins as over HTTP: limits, masking, metrics, context. */
import type { Context } from '@buildrunner/schema/context'
import type { CredentialVerifier } from '@buildrunner/schema/identity/credentials'
import type { RealtimeLimits } from '@buildrunner/schema/shared/operator-policy'
import { GraphQLError, getOperationAST } from 'graphql'
import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql'
import { CloseCode } from 'graphql-ws'
import type { SubscribePayload } from 'graphql-ws'
import type { YogaServerInstance } from 'graphql-yoga'
import { actorOf } from '../context.ts'
import type { RequestHead, ServerContext } from '../context.ts'
import type { SharedSubscription } from '../plugins/use-shared-execution.ts'
import { mayExecuteText } from '../plugins/use-trusted-documents.ts'
import type { TrustedDocuments } from '../plugins/use-trusted-documents.ts'
import { Delivery } from './delivery.ts'
import type { Outlet } from './delivery.ts'
import type { Place } from './places.ts'
import type { Handlers, Operation, Peer } from './protocol.ts'

export interface OperationsOptions {
  readonly yoga: Pick<YogaServerInstance<ServerContext, Context>, 'getEnveloped'>
  readonly credentials: CredentialVerifier
  /** Counts a key or session that nobody knows; what it answers is told instead. */
  readonly guessed: (head: RequestHead) => GraphQLError | null
  /** What a client learns of a failure. */
  readonly mask: (error: unknown) => Error
  /** Which text is executed. A trusted document is named in `extensions.documentId`, beside an empty `query`. */
  readonly documents: Pick<TrustedDocuments, 'select'>
  readonly limits: Pick<RealtimeLimits, 'maxSubscriptionsPerSocket'>
}

/** One socket. */
export interface SocketPeer extends Peer, Outlet {
  /** Of the request that opened it. */
  readonly head: RequestHead
  readonly place: Place
  /** Who it says it is, and with what: from `connection_init`, because a browser cannot set headers; else from `head`. */
  authorization: string | undefined
  client: string | undefined
  /** Why it is closed after the next message: that says it with its code. */
  refusal: string | undefined
}

interface Prepared {
  readonly run: (args: ExecutionArgs) => unknown
  readonly args: ExecutionArgs
  /** Set when it runs and its source pushes. */
  pushed: SharedSubscription | undefined
}

export const TRY_AGAIN_LATER = 1013

/** The close codes of those whose introduction is refused. */
const REFUSALS: Readonly<Record<string, number>> = { UNAUTHENTICATED: CloseCode.Forbidden, RATE_LIMITED: TRY_AGAIN_LATER }

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

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export function createOperations({ yoga, credentials, guessed, mask, documents, limits }: OperationsOptions): Handlers<SocketPeer> {
  async function textOf({ authorization }: SocketPeer, { query, extensions }: SubscribePayload): Promise<string> {
    const maySendText = async (): Promise<boolean> => mayExecuteText(await actorOf(authorization, credentials))
    return (await documents.select({ documentId: extensions?.['documentId'], query }, maySendText)) ?? ''
  }

  async function prepare(peer: SocketPeer, { requestId }: Operation, payload: SubscribePayload): Promise<Prepared | readonly GraphQLError[]> {
    if (peer.operations.size > limits.maxSubscriptionsPerSocket) {
      return [new GraphQLError(`A socket holds at most ${limits.maxSubscriptionsPerSocket} operations at a time. Open another one.`, { extensions: { code: 'LIMIT_EXCEEDED' } })]
    }
    const { head, authorization, client } = peer
    const push = (subscription: SharedSubscription): void => void (prepared.pushed = subscription)
    // what is noted about an operation by its request goes with it
    const { schema, parse, validate, contextFactory, execute, subscribe } = yoga.getEnveloped({ req: { ...head }, operation: { requestId, authorization, client, push }, params: payload } as never)
    const document = parseAs(parse, await textOf(peer, payload))
    const errors = validate(schema, document)
    if (errors.length > 0) return errors as GraphQLError[]
    const { operationName = null, variables: variableValues = null } = payload
    const operation = getOperationAST(document, operationName)
    if (operation == null) return [new GraphQLError('Unable to identify operation')]
    const args: ExecutionArgs = { schema, document, contextValue: await contextFactory(), operationName, variableValues }
    const prepared: Prepared = { args, run: operation.operation === 'subscription' ? subscribe : execute, pushed: undefined }
    return prepared
  }

  return {
    async connect(peer, { authorization, client }) {
      peer.authorization = textIn(authorization) ?? peer.head.headers.authorization
      peer.client = textIn(client)
      try {
        const actor = await actorOf(peer.authorization, credentials, () => guessed(peer.head))
        const crowded = actor === null ? undefined : peer.place.claim(actor)
        if (crowded !== undefined) peer.close(TRY_AGAIN_LATER, crowded)
        return crowded === undefined
      } catch (error) {
        const refusal = REFUSALS[String(codeOf(error))]
        if (refusal === undefined) throw error
        peer.close(refusal, (error as Error).message)
        return false
      }
    },
    async execute(peer, operation, payload) {
      const prepared = await prepare(peer, operation, payload).catch((error: unknown) => [mask(error) as GraphQLError])
      if (!('run' in prepared)) return prepared
      const result = await prepared.run(prepared.args) as ExecutionResult | AsyncIterable<ExecutionResult>
      const { pushed } = prepared
      return pushed === undefined ? result : new Delivery({ outlet: peer, operation, ...pushed })
    },
    /** Masked, with a request id, without what only HTTP needs. */
    present: (peer, { requestId }, errors) => errors.map((error) => {
      const masked = mask(error) as GraphQLError
      // A key that no longer stands ends the whole connection: the client signs in again and resumes.
      if (codeOf(masked) === 'UNAUTHENTICATED' && peer.authorization !== undefined) peer.refusal = masked.message
      const { http, ...extensions } = masked.extensions
      return { ...masked.toJSON(), extensions: { ...extensions, requestId } }
    }),
  }
}
