/** The policy in force, and the engine that reads policies: loaded when it is first needed. */
import { useEffect, useState } from 'react'
import type { ParsedPolicy, PolicyChange } from '@buildrunner/sdk/policy'
import { NotFoundError } from '@buildrunner/sdk'
import type { GovernanceGetPolicyData } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import type { Call } from '../../data/use-call.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'

export interface PolicyInForce extends Call<GovernanceGetPolicyData> {
  /** The project has no rules of its own. */
  readonly isNone: boolean
}

export function usePolicy(): PolicyInForce {
  const { client } = useSession()
  const { project } = useOpenProject()
  const call = useCall(() => client.governance.getPolicy({ projectId: project.id }), [client, project.id])
  return { ...call, isNone: call.data === null || call.error instanceof NotFoundError }
}

export interface ReadPolicy {
  readonly text: string
  readonly parsed: ParsedPolicy
  /** What changes against the policy in force; empty while the text has errors. */
  readonly changes: readonly PolicyChange[]
}

/** What the engine says of a text; undefined until it is loaded. While it reads a newer one, what it said of the one before. */
export function useReadPolicy(text: string, inForce: string | undefined): ReadPolicy | undefined {
  const [read, setRead] = useState<ReadPolicy>()
  useEffect(() => {
    let isOver = false
    void import('@buildrunner/sdk/policy').then(({ parsePolicy, policyDiff }) => {
      if (isOver) return
      const parsed = parsePolicy(text)
      const before = inForce === undefined ? null : parsePolicy(inForce).policy
      setRead({ text, parsed, changes: parsed.policy === null ? [] : policyDiff(before, parsed.policy) })
    })
    return () => {
      isOver = true
    }
  }, [text, inForce])
  return read
}
