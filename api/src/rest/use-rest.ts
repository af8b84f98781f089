/**
 * Lets the REST facade execute an operation inside Yoga: its request passes every plugin that a GraphQL request passes
 * (authentication, limits, trusted documents, masking, metrics), and only the two ends differ. The parameters are taken
 * as they are instead of being read from a body, and the result is handed over instead of being written as JSON.
 */
import type { ExecutionResult } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'

/** One execution. It travels in the server context. */
export interface RestCall {
  readonly params: GraphQLParams
  result?: ExecutionResult | AsyncIterable<ExecutionResult>
}

const callOf = (serverContext: unknown): RestCall | undefined => (serverContext as { restCall?: RestCall } | undefined)?.restCall

/** Must be the last plugin, so that no other result processor is chosen after it. */
export const useRest = (): Plugin => ({
  onRequestParse({ serverContext, setRequestParser }) {
    const call = callOf(serverContext)
    if (call !== undefined) setRequestParser(() => call.params)
  },
  onResultProcess({ serverContext, setResultProcessor }) {
    const call = callOf(serverContext)
    if (call === undefined) return
    setResultProcessor((result, fetchAPI) => {
      call.result = result as ExecutionResult
      return new fetchAPI.Response(null)
    }, 'application/json')
  },
})
