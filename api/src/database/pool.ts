import { confineConnection } from '@buildrunner/schema/shared/row-level-security'
import { Pool } from 'pg'
import type { PoolConfig } from 'pg'

/**
 * The one pool of a process; Prisma and our own statements share it.
 *
 * Statements that are repeated are prepared by name, and none of them gains from being planned for its values again:
 * a generic plan halves what Postgres spends on a small write. It is set on each connection and not as a start-up
 * option, which connection poolers refuse.
 */
export function createPool(url: string, { readOnly = false, ...options }: Omit<PoolConfig, 'connectionString'> & { /** Refuses writes, whatever the database would do. */ readOnly?: boolean } = {}): Pool {
  return new Pool({
    connectionString: url, application_name: 'buildrunner', connectionTimeoutMillis: 10_000, keepAlive: true, ...options,
    onConnect: async (client) => {
      await client.query("SET plan_cache_mode = 'force_generic_plan'")
      if (readOnly) await client.query('SET default_transaction_read_only = on')
      await confineConnection(client)
    },
  })
}
