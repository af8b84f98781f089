/** Sends one document, an operation of the catalogue by its id or one of the caller's own as text, with what it needs filled in. */
import { MANIFEST } from './_generated/manifest.ts'
import type { Outcome } from './answer.ts'
import type { Config } from './config.ts'
import { errorOf } from './errors.ts'
import type { BuildRunnerError } from './errors.ts'
import type { Operation } from './request.ts'
import { send } from './transport.ts'
import type { CallOptions } from './transport.ts'

type Variables = Record<string, unknown>

/** What has to be known of a document to send it. */
export type Needs = Pick<Operation, 'kind' | 'name' | 'projectId'> & {
  /** Of a document that is no operation of the catalogue. */
  readonly text?: string
  /** Whether it declares `$idempotencyKey`. Default: a mutation does. */
  readonly key?: boolean
}

/** Clients whose server has said that it does not know the documents of this version; they send the text from then on. */
const textOnly = new WeakSet<Config>()

/**
 * The id by which the server knows an operation: a "custom document identifier" of the GraphQL-over-HTTP draft (appendix A,
 * persisted documents), so unreserved characters of RFC 3986 without a colon. The part before the dot names the catalogue.
 */
export const identify = ({ name }: Pick<Operation, 'name'>): string => `${MANIFEST}.${name}`

/** Fills in what the document takes and the caller left out. @throws InputError when that is not enough */
export function fill(config: Config, { projectId, kind, key = kind === 'mutation' }: Needs, variables: Variables, idempotencyKey?: string): Variables {
  // where it is optional, null is an answer: no project
  if (projectId === 'required' || (projectId && variables['projectId'] === undefined)) variables['projectId'] ??= config.projectId
  if (key) variables['idempotencyKey'] ??= idempotencyKey ?? crypto.randomUUID()
  if (projectId === 'required' && variables['projectId'] === undefined) {
    throw badInput('projectId', 'This call needs a projectId: give it in the call, to new BuildRunnerSDK({ projectId }), or as BUILDRUNNER_PROJECT_ID.')
  }
  return variables
}

export async function execute(config: Config, document: Needs, given: Variables, options: CallOptions, signal: AbortSignal): Promise<Outcome> {
  const { name, kind, key = kind === 'mutation' } = document
  const variables = fill(config, document, given, options.idempotencyKey)
  if (options.idempotencyKey !== undefined && kind === 'mutation' && !key) {
    throw badInput('idempotencyKey', 'The document takes no idempotency key: declare $idempotencyKey and give it to the input.')
  }
  const sendAs = (what: object): Promise<Outcome> =>
    send(config, { method: name.replace('_', '.'), body: toJson({ ...what, variables, ...extensionsOf(options) }), safe: kind !== 'mutation' || typeof variables['idempotencyKey'] === 'string' }, options, signal)
  const query = document.text ?? config.documents?.[name]
  if (document.text === undefined && (query === undefined || !textOnly.has(config))) {
    const outcome = await sendAs({ documentId: identify(document) })
    // Nothing was executed, so that it is safe to send whatever it is.
    if (outcome.error?.code !== 'DOCUMENT_UNKNOWN' || query === undefined) return outcome
    textOnly.add(config)
  }
  return sendAs({ query })
}

const extensionsOf = ({ override }: CallOptions): object => (override === undefined ? {} : { extensions: { override } })

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw errorOf({ code: 'BAD_USER_INPUT', message: 'The variables cannot be sent as JSON: they hold a cycle or a bigint.', cause })
  }
}

const badInput = (path: string, message: string): BuildRunnerError => errorOf({ code: 'BAD_USER_INPUT', path: [path], message })
