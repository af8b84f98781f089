/** The state of the server and of what it needs; each probe has a time limit, so that the answer always comes. */
import type { HealthReport } from '@buildrunner/schema/context'
import type pg from 'pg'
import type { MigrationStatus } from './database/migrations.ts'

const PROBE_MS = 2_000

export interface Probed {
  ping(): Promise<void>
}

async function probe(run: () => Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_MS} ms`)), PROBE_MS)
    })
    await Promise.race([run(), late])
    return 'ok'
  } catch (error) {
    return error instanceof Error && error.message !== '' ? error.message : 'unreachable'
  } finally {
    clearTimeout(timer)
  }
}

const describe = (status: MigrationStatus): string | null =>
  status.state === 'current' ? null : `${status.state}${status.pending.length > 0 ? `: ${status.pending.join(', ')} pending` : ''}`

export const createHealth =
  ({ pool, version, migrations }: { pool: pg.Pool; version: string; migrations: () => Promise<MigrationStatus> }, redis: Probed | null) =>
  async (): Promise<HealthReport> => {
    const [database, redisState, migrated] = await Promise.all([
      probe(() => pool.query('SELECT 1')),
      redis === null ? 'not configured' : probe(() => redis.ping()),
      probe(async () => {
        const fault = describe(await migrations())
        if (fault !== null) throw new Error(fault)
      }),
    ])
    const down = database !== 'ok' || migrated !== 'ok'
    const degraded = redisState !== 'ok' && redisState !== 'not configured'
    return { status: down ? 'down' : degraded ? 'degraded' : 'ok', version, database, redis: redisState, migrations: migrated }
  }
