/** What a client learns of a failure: everything about its own fault, and only a request id about ours. */
import { DomainError } from '@buildrunner/schema/shared/errors'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { isReadOnly, isUnavailable } from '../database/unavailable.ts'
import { readOnlyError } from './use-degraded-mode.ts'

/** The error that lies under the wrapping of the executor. */
function rootOf(error: unknown): unknown {
  let root = error
  while (root instanceof GraphQLError && root.originalError instanceof Error) root = root.originalError
  return root
}

function extensionsOf(error: DomainError): Record<string, unknown> {
  const { code, inputPath } = error
  const details: Record<string, unknown> = { code }
  if (inputPath !== null) details['path'] = inputPath
  for (const name of ['permission', 'problems', 'conflicts', 'rule', 'line', 'remedy', 'satisfiedBy', 'lockedUntil'] as const) {
    const value = (error as unknown as Record<string, unknown>)[name]
    if (value !== undefined && value !== null) details[name] = value
  }
  if (code === 'UNAUTHENTICATED') details['http'] = { status: 401, headers: { 'www-authenticate': 'Bearer' } }
  return details
}

/** The same error in our words, at the same place of the document. */
const located = (error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError =>
  new GraphQLError(message, error instanceof GraphQLError ? { nodes: error.nodes, path: error.path, extensions } : { extensions })

/** Yoga's `maskError`. */
export const createErrorMask =
  (logger: Logger) =>
  (error: unknown): Error => {
    const root = rootOf(error)
    if (root instanceof DomainError) return located(error, root.message, extensionsOf(root))
    // GraphQL's own errors (syntax, validation, coercion) speak about the caller's document
    if (root instanceof GraphQLError) return root.extensions['code'] === undefined ? located(root, root.message, { ...root.extensions, code: 'BAD_USER_INPUT' }) : root
    if (isReadOnly(root)) return located(error, readOnlyError().message, readOnlyError().extensions)
    if (isUnavailable(root)) {
      logger.warn({ err: root }, 'database unavailable')
      return located(error, 'The server cannot reach its database. Try again in a moment.', { code: 'SERVICE_UNAVAILABLE', http: { status: 503, headers: { 'retry-after': '1' } } })
    }
    logger.error({ err: root }, 'unexpected error')
    return located(error, 'Something went wrong on our side. The request id finds it in the log.', { code: 'INTERNAL', http: { status: 500 } })
  }
