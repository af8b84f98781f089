import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { StartupError } from '../exit-codes.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import { createFailover } from './failover.ts'
import type { Failover } from './failover.ts'
import { createPool } from './pool.ts'

export interface OpenDatabase {
  url: string
  /** Of the primary, and of the replica while that is away. */
  pool: Pool
  /** Absent without a replica. */
  failover?: Failover | undefined
  /** Closes the connections and, when it is ours and nobody else uses it, stops the server. */
  close(): Promise<void>
}

export interface OpenOptions {
  logger: Logger
  onProgress(message: string): void
  /** The embedded server died and could not be brought back. */
  onLost(error: Error): void
}

const OLDEST_SUPPORTED = 150_000

/**
 * Opens DATABASE_URL or, without it, the embedded Postgres of the data folder.
 *
 * With a replica, a primary that does not answer is its turn: `failover.mode` says so.
 *
 * @throws StartupError when neither answers, is too old, or cannot be started
 */
export async function openDatabase(config: Config, options: OpenOptions): Promise<OpenDatabase> {
  const { dataDir } = config
  if (config.databaseReplicaUrl !== undefined && config.databaseUrl === undefined) {
    throw new StartupError('configuration', 'DATABASE_REPLICA_URL is set without DATABASE_URL.', 'Set both: the replica must be one of that database. The embedded Postgres has none.')
  }
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir, onProgress: options.onProgress, onLost: options.onLost })
  const url = embedded?.url ?? config.databaseUrl ?? ''
  const primary = createPool(url, { max: config.databasePoolSize })
  primary.on('error', (error) => options.logger.warn({ err: error }, 'An idle database connection was lost'))
  const failover = createReplica(config, primary, options.logger)
  const pool = failover?.pool ?? primary
  const close = async (): Promise<void> => {
    await failover?.close()
    await endPool(primary)
    await embedded?.stop()
  }
  try {
    // a primary that is away is the replica's turn
    await failover?.check()
    await checkVersion(pool, failover?.mode === 'read-only' ? (config.databaseReplicaUrl ?? url) : url)
  } catch (error) {
    await close()
    throw error
  }
  return { url, pool, failover, close }
}

function createReplica({ databaseUrl, databaseReplicaUrl, databasePoolSize }: Config, primary: Pool, logger: Logger): Failover | undefined {
  if (databaseReplicaUrl === undefined || databaseUrl === undefined) return undefined
  return createFailover({ primary, primaryUrl: databaseUrl, replicaUrl: databaseReplicaUrl, max: databasePoolSize, logger })
}

const CLOSE_MS = 5_000

/** `pool.end` answers before its connections are closed, and a server that stops under them would report each as lost. */
async function endPool(pool: Pool): Promise<void> {
  let open = pool.totalCount
  const closed = new Promise<void>((resolve) => {
    if (open === 0) resolve()
    pool.on('remove', () => { if (--open === 0) resolve() })
    setTimeout(resolve, CLOSE_MS).unref() // of a database that does not answer any more
  })
  await pool.end()
  await closed
}

/** Its connection is not kept: it was made before there was a role for row-level security to become. */
async function checkVersion(pool: Pool, url: string): Promise<void> {
  const { rows } = await readVersion(pool).catch((error: Error & { code?: string }) => {
    const { host, pathname } = new URL(url)
    throw new StartupError('databaseUnreachable', `The database ${pathname.slice(1)} at ${host} cannot be reached: ${error.message || error.code}`,
      'Start it or correct DATABASE_URL. Without DATABASE_URL, BuildRunner brings its own Postgres.', { cause: error })
  })
  const version = Number(rows[0]?.server_version_num)
  if (version >= OLDEST_SUPPORTED) return
  throw new StartupError('databaseUnreachable', `The database is Postgres ${Math.floor(version / 10_000)}; BuildRunner needs 15 or newer.`,
    'Upgrade it, or unset DATABASE_URL to use the embedded Postgres.')
}

async function readVersion(pool: Pool): Promise<{ rows: { server_version_num: string }[] }> {
  const client = await pool.connect()
  try {
    return await client.query<{ server_version_num: string }>('SHOW server_version_num')
  } finally {
    client.release(true)
  }
}
