/** Puts the request id on every response and on every error. */
import type { Plugin } from 'graphql-yoga'
import { requestIdOf } from '../context.ts'
import type { RequestHead, ServerContext } from '../context.ts'

const reqOf = (serverContext: unknown): RequestHead | undefined => (serverContext as Partial<ServerContext> | undefined)?.req

export const useRequestId = (): Plugin => ({
  onResultProcess({ result, serverContext }) {
    const req = reqOf(serverContext)
    if (req === undefined || !('errors' in result) || result.errors === undefined) return
    for (const error of result.errors) (error.extensions as Record<string, unknown>)['requestId'] = requestIdOf(req)
  },
  onResponse({ response, serverContext }) {
    const req = reqOf(serverContext)
    if (req !== undefined) response.headers.set('x-request-id', requestIdOf(req))
  },
})
