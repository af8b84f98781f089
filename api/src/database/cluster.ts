import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync, closeSync, constants, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { StartupError } from '../exit-codes.ts'
import { isOld, REMEDY, type Account, type PostgresBinaries } from './binaries.ts'

/** Everything of one embedded database: moved into place as a whole, so the cluster and its password never part. */
export interface Cluster {
  /** The Postgres data directory. */
  data: string
  log: string
  password: string
  /** The programs to run it with, as the account that owns it. */
  binaries: PostgresBinaries
}

/** The major version of the binaries; a data directory belongs to one major version. */
export const POSTGRES_MAJOR = 18
export const SUPERUSER = 'buildrunner'

/** Opens the cluster below `home`, making it when there is none. Two processes may do so at once: one of them wins. */
export async function openCluster(home: string, binaries: PostgresBinaries, onProgress: (message: string) => void): Promise<Cluster> {
  const folder = join(home, 'postgres')
  if (!existsSync(folder)) {
    onProgress('Creating the database')
    await createCluster(home, folder, binaries)
  }
  const data = join(folder, 'data')
  const major = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (Number(major) !== POSTGRES_MAJOR) {
    throw new StartupError('databaseUnreachable', `The database in ${folder} was made by Postgres ${major}; this release brings Postgres ${POSTGRES_MAJOR}.`,
      `Start once with the release that made it, pg_dump the database, move the folder away, start this release and restore. ${REMEDY}`)
  }
  const password = readFileSync(join(folder, 'password'), 'utf8')
  return { data, log: join(folder, 'postgres.log'), password, binaries: { ...binaries, account: binaries.account && ownerOf(data) } }
}

/** Postgres insists on owning its data. As root we may open a cluster that an ordinary user made. */
function ownerOf(data: string): Account {
  const { uid, gid } = statSync(data)
  return { uid, gid }
}

async function createCluster(home: string, folder: string, binaries: PostgresBinaries): Promise<void> {
  for (const name of readdirSync(home)) {
    if (name.startsWith('postgres-new-') && isOld(join(home, name))) rmSync(join(home, name), { recursive: true, force: true })
  }
  const staging = mkdtempSync(join(home, 'postgres-new-'))
  const data = join(staging, 'data')
  const passwordFile = join(staging, 'password')
  try {
    mkdirSync(data, { mode: 0o700 })
    writeFileSync(passwordFile, randomBytes(32).toString('base64url'), { mode: 0o600 })
    if (binaries.account) for (const path of [data, passwordFile]) chownSync(path, binaries.account.uid, binaries.account.gid)
    await runInitdb(binaries, data, passwordFile)
    renameSync(staging, folder)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // another process was faster otherwise
  }
}

async function runInitdb(binaries: PostgresBinaries, data: string, passwordFile: string): Promise<void> {
  const paths = reachablePaths(binaries, [data, passwordFile])
  const child = spawn(binaries.initdb, [
    '-D', paths.names[0] ?? data, `--pwfile=${paths.names[1]}`, '-U', SUPERUSER, '--auth=scram-sha-256', '--encoding=UTF8',
    // Code point order on every platform and version, with upper and lower case for all letters.
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
    // Stretching is for passwords that people choose: this one is 256 random bits, and each new connection would pay.
    '-c', 'scram_iterations=1',
  ], { ...launchOptions(binaries), stdio: ['ignore', 'ignore', 'pipe', ...paths.descriptors] })
  paths.close()
  // Interrupted at this point, the half-made cluster goes with us.
  const abandon = (): void => {
    killGroup(child.pid)
    rmSync(dirname(data), { recursive: true, force: true })
  }
  process.once('exit', abandon)
  let messages = ''
  child.stderr?.on('data', (chunk: Buffer) => { messages += chunk.toString() })
  const exit = new Promise<number | null>((resolve, reject) => child.on('error', (error) => reject(cannotExecute(error))).on('close', resolve))
  if (await exit.finally(() => process.removeListener('exit', abandon)) === 0) return
  throw new StartupError('databaseUnreachable', `The embedded database could not be created in ${data}.\n${messages.trim()}`,
    `Put that right, or choose another folder with BUILDRUNNER_DATA_DIR. ${REMEDY}`)
}

/** The programs are there, but not for this system: built for another C library, or on a file system that forbids execution. */
export function cannotExecute(cause: Error): StartupError {
  return new StartupError('noEmbeddedPostgres', `The embedded Postgres cannot be executed on this system: ${cause.message}`,
    REMEDY, { cause })
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

/** In a session of its own, so that the terminal's Ctrl-C reaches us only and the database is stopped last. */
export function launchOptions(binaries: PostgresBinaries): { detached: true; cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
  return { ...binaries.account, detached: true, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env.SystemRoot } }
}

/**
 * Names under which the account that Postgres runs as can open our paths.
 *
 * A path below a folder which that account cannot enter is of no use to it, but an open descriptor is: `/proc/self/fd/3`
 * leads straight to the folder, and Postgres changes into its data directory before anything else.
 */
export function reachablePaths(binaries: PostgresBinaries, paths: string[]): { names: string[]; descriptors: number[]; close(): void } {
  if (!binaries.account) return { names: paths, descriptors: [], close() {} }
  const descriptors = paths.map((path) => openSync(path, constants.O_RDONLY))
  return {
    names: descriptors.map((_, index) => `/proc/self/fd/${index + 3}`),
    descriptors,
    close: () => descriptors.forEach((descriptor) => closeSync(descriptor)),
  }
}
