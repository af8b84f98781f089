/**
 * While the primary database is away: mutations are refused before anything is done, queries are answered from the replica, and
 * every answer says so, in a header and in `extensions.mode`.
 */
import type { ERROR_CODES } from '@buildrunner/schema/shared/errors'
import { GraphQLError, getOperationAST } from 'graphql'
import type { ExecutionArgs, ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Failover } from '../database/failover.ts'
import { extended } from './answer-notes.ts'
import type { Answered } from './answer-notes.ts'

export const MODE_HEADER = 'x-buildrunner-mode'
const RETRY_AFTER_SECONDS = 5

export const readOnlyError = (): GraphQLError =>
  new GraphQLError('The primary database is away: queries are answered from its replica, and this changed nothing. Try again in a moment.', {
    extensions: { code: 'READ_ONLY' satisfies keyof typeof ERROR_CODES, http: { status: 503, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } } },
  })

export interface DegradedMode {
  /** Must come after every plugin that chooses how to execute. */
  readonly plugin: Plugin
  /** Of every answer; none in normal operation. */
  headers(): Record<string, string>
}

type Execute = (args: ExecutionArgs) => unknown

export function createDegradedMode(failover: Pick<Failover, 'mode' | 'onPrimary'> | undefined): DegradedMode {
  const told = (result: ExecutionResult): ExecutionResult => extended(result, { mode: failover?.mode })
  const tell = ({ result, setResult }: Answered): void => setResult(told(result))
  const headers = (): Record<string, string> => (failover?.mode === 'read-only' ? { [MODE_HEADER]: failover.mode } : {})

  const plugin: Plugin = {
    onExecute({ args, executeFn, setExecuteFn, setResultAndStopExecution }) {
      if (failover === undefined) return undefined
      const isMutation = getOperationAST((args as unknown as ExecutionArgs).document, args.operationName)?.operation === 'mutation'
      if (isMutation && failover.mode === 'read-only') return setResultAndStopExecution(told({ errors: [readOnlyError()] }) as never)
      if (isMutation) setExecuteFn(((given) => failover.onPrimary(() => (executeFn as Execute)(given))) as Execute as never)
      // asked again when it is done: it may have been answered from the replica though it began before
      return { onExecuteDone: ((answered: Answered) => (failover.mode === 'read-only' ? tell(answered) : undefined)) as never }
    },
    onResponse({ response }) {
      for (const [name, value] of Object.entries(headers())) response.headers.set(name, value)
    },
  }
  return { plugin, headers }
}
