/** Tells what rules said that let a write pass: in `extensions.policy.warnings` and in a header. */
import type { Context } from '@buildrunner/schema/context'
import type { PolicyWarning } from '@buildrunner/schema/governance/governed'
import type { ExecutionArgs } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestHead, ServerContext } from '../context.ts'
import { createAnswerNotes, extended } from './answer-notes.ts'
import type { Answered } from './answer-notes.ts'

/** `rule=freeze; line=12; message=...`, one after the other with a comma between, the message percent-encoded. */
export const WARNINGS_HEADER = 'buildrunner-policy-warnings'

export interface PolicyWarnings {
  readonly plugin: Plugin
  /** Header fields of a request that a rule warned of; none otherwise. */
  headersOf(req: RequestHead): Record<string, string>
}

const valueOf = ({ rule, line, message }: PolicyWarning): string => `rule=${encodeURIComponent(rule)}; line=${line}; message=${encodeURIComponent(message)}`

export function createPolicyWarnings(): PolicyWarnings {
  const { set, headersOf, onResponse } = createAnswerNotes<readonly PolicyWarning[]>((warnings) => ({ [WARNINGS_HEADER]: warnings.map(valueOf).join(', ') }))
  const plugin: Plugin = {
    onExecute({ args }) {
      const { warnings, req } = (args as unknown as ExecutionArgs).contextValue as Context & ServerContext
      return {
        onExecuteDone: (({ result, setResult }: Answered): void => {
          if (warnings.length === 0) return
          set(req, warnings)
          setResult(extended(result, { policy: { warnings } }))
        }) as never,
      }
    },
    onResponse,
  }
  return { plugin, headersOf }
}
