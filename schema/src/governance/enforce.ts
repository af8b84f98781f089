/** Asking the rules that a project has of its own. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import type { Consequences, Governed } from './governed.ts'

export interface Governance {
  /**
   * Asks about a write.
   *
   * @returns what is written with it; null when another writer was faster
   * @throws PolicyError naming the rule that refuses
   */
  enforce(ctx: Context, action: AuditAction, governed: Governed): Promise<Consequences | null>
}

export const createGovernance = (): Governance => ({
  enforce: () => Promise.reject(new Error('no version of a policy can be in force yet')),
})
