import { spawn } from 'node:child_process'
import { closeSync, fchownSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartupError } from '../exit-codes.ts'
import { findBinaries } from './binaries.ts'
import { cannotExecute, launchOptions, openCluster, reachablePaths, SUPERUSER, type Cluster } from './cluster.ts'
import { freePort } from './free-port.ts'
import { Lease } from './lease.ts'
import { isServerOf, readPidFile, removeStalePidFile, stopPostmaster, waitFor } from './postmaster.ts'

export interface EmbeddedOptions {
  /** The folder that holds everything the server keeps; made when missing. */
  dataDir: string
  /** Name of the database to connect to; made when missing. @defaultValue 'buildrunner' */
  database?: string
  /** False trades durability for speed: for tests. @defaultValue true */
  durable?: boolean
  /** Told in a few words what takes time. */
  onProgress?: (message: string) => void
  /** The server died while we used it and could not be brought back on its port. */
  onLost?: (error: Error) => void
}

export interface EmbeddedPostgres {
  /** Of the database, with its password; TCP on 127.0.0.1. */
  readonly url: string
  /** Of the maintenance database on the same server. */
  readonly adminUrl: string
  readonly port: number
  /** Of the postmaster. */
  readonly pid: number
  /** The server was running already: it outlived its parent, or another process uses the same folder. */
  readonly adopted: boolean
  /** Gives our claim back and stops the server, unless another process uses it. Resolves when that is done. */
  stop(): Promise<void>
}

interface Running { lease: Lease; port: number; pid: number; adopted: boolean }

const START_TIMEOUT_MS = 60_000
const MAX_LOG_BYTES = 5_000_000

/**
 * Starts the real Postgres in `dataDir`, or joins the one that runs there already.
 *
 * Who may stop it: each user holds a {@link Lease}, and the last to give it back stops the server. A process that is killed
 * leaves the server running without a lease; the next start adopts it. Should the server itself be killed, it is started
 * again on its port.
 *
 * @throws StartupError where there is no Postgres for the platform, the folder is not writable, or the server does not start
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const home = resolve(options.dataDir)
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    const cluster = await openCluster(home, findBinaries(), options.onProgress ?? (() => {}))
    return await use(cluster, await acquire(cluster, options), options)
  } catch (error) {
    throw asStartupError(error, home)
  }
}

async function use(cluster: Cluster, first: Running, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const database = options.database ?? 'buildrunner'
  let running = first
  let restart: Promise<void> | undefined
  let stopped: Promise<void> | undefined
  const bringBack = async (): Promise<void> => {
    running = await acquire(cluster, options, running.port)
    running.lease.onLost(onLost)
  }
  const onLost = (): void => {
    if (!stopped) restart = bringBack().catch((error: Error) => options.onLost?.(error))
  }
  const stop = async (): Promise<void> => {
    await restart
    await running.lease.release(() => stopPostmaster(cluster.data, running.pid, cluster.binaries.pgCtl))
  }
  await running.lease.createDatabase(database)
  running.lease.onLost(onLost)
  return {
    url: urlOf(cluster, running.port, database),
    adminUrl: urlOf(cluster, running.port, 'postgres'),
    port: running.port,
    get pid() { return running.pid },
    adopted: running.adopted,
    stop: () => stopped ??= stop(),
  }
}

/** Adopts the server of the folder, or launches one: whichever the state on disk asks for, until we hold a lease. */
async function acquire(cluster: Cluster, options: EmbeddedOptions, fixedPort?: number): Promise<Running> {
  const { durable = true } = options
  let launched: number | undefined
  let refusals = 0
  for (const end = performance.now() + START_TIMEOUT_MS; performance.now() < end; await delay(10)) {
    const file = readPidFile(cluster.data)
    if (!file || !isServerOf(cluster.data, file.pid)) {
      const { pid, refusal } = await launch(cluster, fixedPort ?? await freePort(), durable)
      launched = pid
      if (refusal) overcome(cluster, refusal, ++refusals)
      continue
    }
    if (file.status !== 'ready' || !file.port) continue // it starts, recovers or stops
    const lease = await Lease.take(urlOf(cluster, file.port, 'postgres')).catch(ifNotReady)
    if (!lease) continue
    if (await lease.serves(cluster.data)) return { lease, port: file.port, pid: file.pid, adopted: launched !== file.pid }
    await lease.release(async () => {})
    throw new StartupError('databaseUnreachable', `Port ${file.port} answers for another folder than ${cluster.data}.`,
      `Remove ${cluster.data}/postmaster.pid if process ${file.pid} is not the server of this folder; otherwise stop that process.`)
  }
  throw new StartupError('databaseUnreachable', `The embedded Postgres was not ready within ${START_TIMEOUT_MS / 1000} seconds.`, `Its log is ${cluster.log}.`)
}

/** Starts a postmaster and waits until it is ready; `refusal` is what it logged when it gave up instead. */
async function launch(cluster: Cluster, port: number, durable: boolean): Promise<{ pid?: number; refusal?: string }> {
  rotateLog(cluster.log)
  const log = openSync(cluster.log, 'a', 0o600)
  if (cluster.binaries.account) fchownSync(log, cluster.binaries.account.uid, cluster.binaries.account.gid) // its owner may be the next to start
  const logStart = fstatSync(log).size
  const paths = reachablePaths(cluster.binaries, [cluster.data])
  const child = spawn(cluster.binaries.postgres, ['-D', paths.names[0] ?? cluster.data, ...settings(port, durable)], {
    ...launchOptions(cluster.binaries), stdio: ['ignore', log, log, ...paths.descriptors],
  })
  closeSync(log)
  paths.close()
  child.unref()
  let failure: Error | undefined
  let exited = false
  child.on('error', (error) => { failure = cannotExecute(error) }).on('exit', () => { exited = true })
  await waitFor(() => failure !== undefined || exited || isReady(cluster, child.pid), START_TIMEOUT_MS)
  if (failure) throw failure
  return { pid: child.pid, refusal: exited ? readFileSync(cluster.log).subarray(logStart).toString() : undefined }
}

function isReady(cluster: Cluster, pid: number | undefined): boolean {
  const file = readPidFile(cluster.data)
  return file?.pid === pid && file?.status === 'ready'
}

/** The settings follow the code and not the day on which the cluster was made. Listens on the loopback address only. */
function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    port, listen_addresses: '127.0.0.1', unix_socket_directories: '',
    max_connections: 100, shared_buffers: '128MB',
    // Containers often have 64 MB of /dev/shm, which parallel queries exhaust; one small machine gains nothing from them.
    dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'mmap', max_parallel_workers_per_gather: 0,
    io_method: 'sync', log_checkpoints: 'off', log_min_messages: 'warning', timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Clears what kept Postgres from starting, where another try can help; throws its own words where it cannot. */
function overcome(cluster: Cluster, refusal: string, refusals: number): void {
  // Of another process that was faster; of a killed server whose pid another program has now; or of its last backends.
  const transient = /lock file "postmaster.pid" already exists|could not bind|pre-existing shared memory block/.test(refusal)
  if (!transient || refusals > 20) {
    throw new StartupError('databaseUnreachable', `The embedded Postgres did not start:\n${refusal.trim()}`, `Its log is ${cluster.log}.`)
  }
  removeStalePidFile(cluster.data)
}

/** Errors of a server that is just starting, stopping or recovering from a crash; anything else is not worth a retry. */
function ifNotReady(error: Error & { code?: string }): undefined {
  if (!['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(error.code ?? '') && !error.message.startsWith('Connection terminated')) throw error
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

function rotateLog(log: string): void {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(log, `${log}.1`)
}

function asStartupError(error: unknown, home: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof StartupError || !['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) return error
  return new StartupError('folderNotWritable', `The data folder ${home} cannot be used: ${message}`,
    'Make it writable for this user, or choose another one with BUILDRUNNER_DATA_DIR.', { cause: error })
}
