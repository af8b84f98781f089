/** Policies that are in force, compiled: a version never changes, so that each is read and compiled once in a process. */
import { compilePolicy, parsePolicy } from '@buildrunner/sdk/policy'
import type { CompiledPolicy } from '@buildrunner/sdk/policy'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { PolicyError } from '../shared/errors.ts'

/** Projects whose policy is kept compiled. */
const KEPT = 500

const TEXT = statement<{ text: string }>('policy:text', 'SELECT text FROM policy_versions WHERE project_id = $1::uuid AND version = $2::int')

/** @returns null for what this server cannot read: it was applied to one that knew more */
export function compile(text: string): CompiledPolicy | null {
  const { policy } = parsePolicy(text)
  return policy === null ? null : compilePolicy(policy)
}

/** What stands against every write of a project whose policy cannot be read, but for applying another one. */
export const unreadable = (version: number): PolicyError =>
  new PolicyError({ rule: 'policy.readable', line: null, message: `This server cannot read version ${version} of the project's policy. Apply one that it can read: br governance apply.` })

export interface Policies {
  /** Null: the stored text cannot be read. What cannot be judged is not allowed. */
  inForce(db: Database, projectId: string, version: number): Promise<CompiledPolicy | null>
}

export function createPolicies(): Policies {
  const compiled = new Map<string, CompiledPolicy | null>()
  return {
    async inForce(db, projectId, version) {
      const key = `${projectId}/${version}`
      const known = compiled.get(key)
      if (known !== undefined) return known
      const [row] = await db.query(TEXT, [projectId, version])
      if (row === undefined) throw new Error(`version ${version} of the policy of ${projectId} is gone`)
      const policy = compile(row.text)
      if (compiled.size >= KEPT) compiled.delete(compiled.keys().next().value as string)
      compiled.set(key, policy)
      return policy
    },
  }
}
