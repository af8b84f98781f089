import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { createServices } from '@buildrunner/schema/services'
import { createVault } from '@buildrunner/schema/shared/vault'
import { APP_ROLE } from '@buildrunner/schema/shared/row-level-security'
import { renewSetupKey } from '@buildrunner/schema/workspace/renew-key'
import { ensureWorkspace, type Workspace } from '@buildrunner/schema/workspace/service'
import { parsePlan } from '@buildrunner/sdk/plans'
import type { Pool } from 'pg'
import { destination, pino, type Logger } from 'pino'
import { loadAuditSigner } from './audit-key.ts'
import { readConfig, type Config, type Environment } from './config.ts'
import { openDatabase } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { migrationStatus } from './database/migrations.ts'
import { unprotectedTables } from './database/row-level-security.ts'
import { loadPolicy } from './governance/load-policy.ts'
import { StartupError } from './exit-codes.ts'
import { startAuditJobs } from './jobs/audit-jobs.ts'
import { startHousekeeping } from './jobs/housekeeping.ts'
import { prepareDataDir, readLocalFile, writeLocalFile, type LocalFile } from './local-file.ts'
import { createMail } from './mail.ts'
import { createHttpServer, type HttpServer } from './server.ts'
import { readVaultKey } from './vault-key.ts'

export interface StartOptions {
  environment: Environment
  /** Of the checkout: `.env`, migrations and the demo plan are found from here. */
  root: string
  version: string
  onProgress(message: string): void
  /** Told what must be undone, in the order in which it was done; the last comes first when stopping. */
  onStarted(closer: () => Promise<void>): void
  /** Something that the server cannot go on without is gone. */
  onLost(error: Error): void
}

export interface Started {
  config: Config
  logger: Logger
  http: HttpServer
  local: LocalFile | undefined
  apiUrl: string
  graphqlUrl: string
  /** True on the start that made the key: the only time it is known. */
  firstRun: boolean
}

/** Session lock under which one of several starting servers fills an empty database. */
const WORKSPACE_LOCK = 7_226_870_119

/**
 * Configuration, data folder, database, migrations, workspace, HTTP: each only when the one before stands.
 *
 * @throws StartupError with an exit code and a remedy for everything that a person can put right
 */
export async function startServer({ environment, root, version, onProgress, onStarted, onLost }: StartOptions): Promise<Started> {
  const config = readConfig(environment, root)
  const operator = loadPolicy({ root, file: config.policyFile })
  const logger = pino({ level: config.logLevel }, destination({ dest: 2, sync: true }))
  const migrations = join(root, 'prisma', 'migrations')
  prepareDataDir(config.dataDir)
  await probePort(config)

  onProgress('Opening the database')
  const { url, pool, failover, close } = await openDatabase(config, { logger, onProgress, onLost })
  onStarted(close)
  const isReadOnly = failover?.mode === 'read-only'
  if (isReadOnly) await requireCurrent(pool, migrations)
  else await migrate(url, { directory: migrations, onProgress })
  await tellUnprotected(pool, logger)
  const workspace = isReadOnly ? { created: false, projectId: null } : await fillWorkspace(pool, { config, root, onProgress })
  failover?.start()

  onProgress('Starting the server')
  const mail = await createMail(config, operator, logger)
  if ('close' in mail) onStarted(() => mail.close())
  const http = await createHttpServer({
    mail, vault: createVault(config.vaultKey ?? readVaultKey(config.dataDir)), publicUrl: config.publicUrl, webhookTargets: config.webhookTargets,
    pool, failover, probed: config.probed, redisUrl: config.redisUrl, operator, trustedProxies: config.trustedProxies, logger, version, migrations: () => migrationStatus(pool, migrations),
    auditSigner: loadAuditSigner(config, logger), trustedDocuments: config.trustedDocuments, releases: join(root, 'schema', 'releases'), site: join(root, 'docs-site', 'dist'), notifies: true,
  })
  onStarted(() => drain(http))
  onStarted(startHousekeeping({ pool, logger }))
  onStarted(startAuditJobs({ pool, operator, logger, location: config.auditExport }))
  const port = await listen(http.server, config)
  const apiUrl = `http://${reachableHost(config.host)}:${port}`
  const urls = { apiUrl, graphqlUrl: `${apiUrl}/graphql` }
  return { config, logger, http, ...urls, local: rememberLocally(config, workspace, urls), firstRun: workspace.apiKey !== undefined }
}

/** Only the services' own checks keep organisations apart then: the server goes on, and says what an operator can do. */
async function tellUnprotected(pool: Pool, logger: Logger): Promise<void> {
  const tables = await unprotectedTables(pool)
  if (tables.length === 0) return
  const { rows } = await pool.query<{ role: string }>('SELECT quote_ident(current_user) AS role')
  logger.warn({ tables }, `Row-level security does not hold for the role ${rows[0]?.role}. Either let BuildRunner connect as the owner of its tables without SUPERUSER and BYPASSRLS, or run as a superuser, and start again: CREATE ROLE ${APP_ROLE} NOLOGIN; GRANT ${APP_ROLE} TO ${rows[0]?.role};`)
}

/** With the primary away nothing can be migrated: the replica must hold what this release needs. @throws StartupError otherwise */
async function requireCurrent(replica: Pool, directory: string): Promise<void> {
  const { state } = await migrationStatus(replica, directory)
  if (state === 'current') return
  throw new StartupError('databaseUnreachable', `The primary database is away, and the replica does not hold what this release needs (migrations: ${state}).`, 'Start the primary once with this release; from then on the replica can stand in for it.')
}

async function fillWorkspace(pool: Pool, { config, root, onProgress }: Pick<StartOptions, 'root' | 'onProgress'> & { config: Config }): Promise<Workspace> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [WORKSPACE_LOCK])
    const { rowCount } = await client.query('SELECT FROM organisations LIMIT 1')
    if (!rowCount) onProgress('Creating the demo project')
    const services = createServices({ pool, health: async () => { throw new Error('not serving yet') } })
    // Read only where it is wanted: the plan is this repository's own, and may be half-edited on a later start.
    const workspace = await ensureWorkspace(services, { get plan() { return readDemoPlan(root) } })
    // Killed before it could tell the key, or `local.json` was lost: whoever holds the embedded database may have a new one.
    const isKeyLost = !workspace.created && !config.databaseUrl && !readLocalFile(config.dataDir)
    return isKeyLost ? { ...workspace, apiKey: await renewSetupKey(services) ?? undefined } : workspace
  } finally {
    client.release(true) // ends the session, and with it the lock
  }
}

function readDemoPlan(root: string): NonNullable<ReturnType<typeof parsePlan>['plan']> {
  const file = join(root, 'buildrunner', 'specs', 'plan.json')
  const { plan, problems } = parsePlan(readFileSync(file, 'utf8'))
  if (plan) return plan
  const [problem] = problems
  throw new StartupError('unexpected', `${file} is not a valid plan: ${problem?.message} (line ${problem?.line})`, '"npx br lint" lists every problem of it.')
}

/** Finds a taken port before anything is touched; `listen` meets the rare case that it is taken meanwhile. */
async function probePort(config: Config): Promise<void> {
  // a client that comes back to a restarted server may connect right now: it is not waited for
  const probe = createServer((connection) => connection.destroy())
  await listen(probe, config)
  await new Promise((closed) => probe.close(closed))
}

async function listen(server: Server, { host, port }: Config): Promise<number> {
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port)
  }
  return (server.address() as AddressInfo).port
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (error.code === 'EADDRINUSE') {
    return new StartupError('portTaken', `Port ${port} on ${host} is taken by another program.`,
      `Stop it (perhaps another BuildRunner), or choose another port: PORT=${port < 65535 ? port + 1 : 4000} npm start`)
  }
  if (error.code === 'EACCES') return new StartupError('portTaken', `This user may not listen on port ${port}.`, 'Choose a port above 1023 with PORT.')
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartupError('configuration', `HOST ${host} is not an address of this machine.`, 'Set HOST to 127.0.0.1, or to 0.0.0.0 for every address.')
  }
  return error
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/** The key is known on the first start only; later ones keep it and correct the address. */
function rememberLocally(config: Config, { apiKey, projectId }: Workspace, urls: Pick<LocalFile, 'apiUrl' | 'graphqlUrl'>): LocalFile | undefined {
  const known = apiKey ? { apiKey, projectId: projectId ?? '' } : readLocalFile(config.dataDir)
  if (!known) return undefined
  const local = { apiUrl: urls.apiUrl, graphqlUrl: urls.graphqlUrl, apiKey: known.apiKey, projectId: known.projectId }
  writeLocalFile(config.dataDir, local)
  return local
}

const DRAIN_MS = 10_000

/** Running requests are answered; a connection without one is closed, now or as soon as its answer is out. */
async function drain({ server, close }: HttpServer): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await close().finally(() => { clearInterval(idle); clearTimeout(deadline) })
}
