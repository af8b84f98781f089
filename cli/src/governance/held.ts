/** The policy that the server holds. */
import { NotFoundError } from '@buildrunner/sdk'
import type { GovernanceGetPolicyData } from '@buildrunner/sdk'
import type { Connection } from '../server/connection.ts'

/** Null where the project has no rules of its own, or not this version. */
export const heldPolicy = ({ client, reading }: Connection, projectId: string, version?: number): Promise<GovernanceGetPolicyData | null> =>
  reading(async () => {
    const { data, error } = await client.governance.getPolicy({ projectId, version })
    // a project that does not exist is an error of the server, which names its input
    if (error instanceof NotFoundError && (error.path ?? []).length === 0) return null
    if (error !== undefined) throw error
    return data ?? null
  })
