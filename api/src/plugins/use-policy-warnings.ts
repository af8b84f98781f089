/** Tells what rules said that let a write pass: in `extensions.policy.warnings` and in a header. */
import type { Context } from '@buildrunner/schema/context'
import type { PolicyWarning } from '@buildrunner/schema/governance/governed'
import type { ExecutionArgs, ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestHead, ServerContext } from '../context.ts'

/** `rule=freeze; line=12; message=...`, one after the other with a comma between, the message percent-encoded. */
export const WARNINGS_HEADER = 'buildrunner-policy-warnings'

export interface PolicyWarnings {
  readonly plugin: Plugin
  /** Header fields of a request that a rule warned of; none otherwise. */
  headersOf(req: RequestHead): Record<string, string>
}

interface Answered {
  readonly result: ExecutionResult
  setResult(result: ExecutionResult): void
}

const valueOf = ({ rule, line, message }: PolicyWarning): string => `rule=${encodeURIComponent(rule)}; line=${line}; message=${encodeURIComponent(message)}`

export function createPolicyWarnings(): PolicyWarnings {
  const noted = new WeakMap<RequestHead, readonly PolicyWarning[]>()

  const headersOf = (req: RequestHead): Record<string, string> => {
    const warnings = noted.get(req)
    return warnings === undefined ? {} : { [WARNINGS_HEADER]: warnings.map(valueOf).join(', ') }
  }

  const plugin: Plugin = {
    onExecute({ args }) {
      const { warnings, req } = (args as unknown as ExecutionArgs).contextValue as Context & ServerContext
      return {
        onExecuteDone: (({ result, setResult }: Answered): void => {
          if (warnings.length === 0) return
          noted.set(req, warnings)
          setResult({ ...result, extensions: { ...result.extensions, policy: { warnings } } })
        }) as never,
      }
    },
    onResponse({ response, serverContext }) {
      for (const [name, value] of Object.entries(headersOf((serverContext as unknown as ServerContext).req))) response.headers.set(name, value)
    },
  }
  return { plugin, headersOf }
}
