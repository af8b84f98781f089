/**
 * Refuses requests that a foreign page could send without asking first (CORS "simple requests"): those with neither a
 * JSON body nor a header that needs a preflight. A request with `authorization` has such a header.
 */
import type { Plugin } from 'graphql-yoga'
import { GraphQLError } from 'graphql'

const PREFLIGHTED = ['authorization', 'x-buildrunner-client', 'x-graphql-yoga-csrf']

export const useCsrfPrevention = (): Plugin => ({
  onRequestParse({ request }) {
    const type = request.headers.get('content-type') ?? ''
    if (request.method === 'POST' && /^application\/(json|graphql)\b/i.test(type)) return
    if (PREFLIGHTED.some((name) => request.headers.has(name))) return
    throw new GraphQLError('Send the operation as JSON (content-type: application/json), or with an Authorization header.', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } })
  },
})
