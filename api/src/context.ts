/** From an HTTP request to the context that services receive: who asks, from where, under which request id. */
import type { IncomingMessage } from 'node:http'
import type { Actor, Context, Services } from '@buildrunner/schema/context'
import type { CredentialVerifier } from '@buildrunner/schema/identity/credentials'
import { createContext } from '@buildrunner/schema/request'
import { newUuid } from '@buildrunner/schema/shared/ids'
import { matchLanguage, parseAcceptLanguage } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { GraphQLError } from 'graphql'
import { OVERRIDE_HEADER, overrideOf } from './override.ts'
import type { SharedSubscription } from './plugins/use-shared-execution.ts'

/** What is asked of a request once it is read; a socket keeps no more of the one that opened it. */
export type RequestHead = Pick<IncomingMessage, 'headers' | 'socket'>

/** What the HTTP layer hands to Yoga. */
export interface ServerContext {
  readonly req: RequestHead
  /** What the request asks for: Yoga's own. */
  readonly params?: { readonly extensions?: Readonly<Record<string, unknown>> | undefined }
  /** For an operation over a WebSocket: what its own request would have carried. */
  readonly operation?: {
    readonly requestId: string
    readonly authorization: string | undefined
    readonly client: string | undefined
    /** Takes a subscription that pushes: its results are then not iterated. */
    readonly push: (subscription: SharedSubscription) => void
  }
}

const REQUEST_ID = /^[A-Za-z0-9_.:-]{1,100}$/
const requestIds = new WeakMap<RequestHead, string>()

/** The id of a request: the caller's own `x-request-id` when it is well-formed, else a new one. */
export function requestIdOf(req: RequestHead): string {
  let id = requestIds.get(req)
  if (id === undefined) {
    const given = req.headers['x-request-id']
    id = typeof given === 'string' && REQUEST_ID.test(given) ? given : newUuid()
    requestIds.set(req, id)
  }
  return id
}

/** Which client: `x-buildrunner-client` (`cli/0.1.0`), else the start of the user agent. */
function originOf(req: RequestHead, client: unknown = req.headers['x-buildrunner-client']): string {
  return (typeof client === 'string' ? client : (req.headers['user-agent'] ?? 'unknown')).slice(0, 100)
}

/** What `Accept-Language` asks for. `*` alone asks for nothing: Node's `fetch` sends it where nobody chose. */
export function languageOf({ headers }: Pick<RequestHead, 'headers'>): Language | null {
  const header = headers['accept-language']
  return header?.trim() === '*' ? null : matchLanguage(parseAcceptLanguage(header))
}

const BEARER = /^Bearer\s+(\S+)$/i

export const unauthenticated = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } } })

/**
 * The actor behind an `Authorization` header; null without one.
 *
 * @param guessed counts a key or session that nobody knows; what it answers is thrown instead
 * @throws GraphQLError for a key that is not valid.
 */
export async function actorOf(header: string | undefined, credentials: CredentialVerifier, guessed: () => GraphQLError | null = () => null): Promise<Actor | null> {
  if (header === undefined) return null
  const key = BEARER.exec(header)?.[1]
  if (key === undefined) throw unauthenticated('The Authorization header must read: Bearer <API key or session token>.')
  const actor = await credentials.verify(key)
  if (actor === null) throw guessed() ?? unauthenticated('The API key or session is unknown, revoked or expired. Check it, or sign in again: br login.')
  return actor
}

export const createContextFactory =
  (services: Services, addressOf: (req: RequestHead) => string | null, guessed: (req: RequestHead) => GraphQLError | null) =>
  async ({ req, operation, params }: ServerContext): Promise<Context> => {
    const context = createContext(services, {
      actor: await actorOf(operation ? operation.authorization : req.headers.authorization, services.credentials, () => guessed(req)),
      requestId: operation?.requestId ?? requestIdOf(req),
      origin: originOf(req, operation?.client),
      address: addressOf(req),
      language: languageOf(req),
      override: overrideOf({ extensions: params?.extensions, header: operation ? undefined : req.headers[OVERRIDE_HEADER] }),
    })
    services.keyUses.note(context)
    return context
  }
