/**
 * Locks between processes, of a plan (`buildrunner/state/.lock`) and of an offline store: held while files are read again and replaced, so
 * milliseconds; or, with `keepAlive`, as long as it takes.
 *
 * Protocol. The lock file names its holder and carries a random nonce. It comes into being complete, by linking a
 * finished file to its name, so nobody ever reads half a lock. A lock is stale when its process on this machine is
 * dead (or its number now belongs to another process), or when another machine made it longer ago than anyone holds
 * one. A stale lock is taken over by whoever creates the claim file of its nonce; the claimant looks again, then
 * renames its own lock over the stale one: there is no moment without a lock, and no two claimants. Before replacing a
 * file the holder checks that the lock is still its own (`assertHeld`).
 */
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeQuietly } from './atomic.ts'
import { fileError, reasonOf, systemCode } from './errors.ts'
import { hold } from './held.ts'
import { isAlive, startMark } from './processes.ts'

interface LockContent {
  pid: number
  /** See `startMark`; absent where the system has none. */
  started?: string
  host: string
  nonce: string
  /** ISO 8601. */
  at: string
}

/** How {@link acquireLock} waits and holds. */
export interface LockOptions {
  /** How long to wait for another holder. Default: 5000. */
  waitMs?: number
  /** After how long a lock of another machine counts as left behind. Default: 60000. */
  foreignExpiryMs?: number
  /** Ends the wait; its reason is thrown. */
  signal?: AbortSignal
  /** Refresh the lock while it is held, so that no other machine takes a long holder for a dead one. Default: false. */
  keepAlive?: boolean
}

/** A lock that is held. */
export interface Lock {
  /** Call it right before a file is replaced. @throws FileError `LOCK_LOST` when someone took it for stale */
  assertHeld(): void
  /** Lets the next one in. */
  release(): void
}

/** Host and process number space: numbers of another container mean nothing here. */
function machine(): string {
  try {
    return `${hostname()} ${fs.readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/** Takes the lock, waiting for its holder. @throws FileError `LOCKED` after the wait, `NOT_WRITABLE` where no lock can be made */
export async function acquireLock(file: string, options: LockOptions = {}): Promise<Lock> {
  const { waitMs = 5000, foreignExpiryMs = 60_000, signal } = options
  const content: LockContent = {
    pid: process.pid,
    started: startMark(process.pid),
    host: machine(),
    nonce: randomBytes(8).toString('hex'),
    at: new Date().toISOString(),
  }
  const mine = `${file}.${process.pid}-${content.nonce}`
  const deadline = performance.now() + waitMs
  try {
    prepare(file, mine, content)
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
      signal?.throwIfAborted()
      if (tryLink(mine, file) || takeOver(file, mine, foreignExpiryMs)) return held(file, content.nonce, options.keepAlive === true ? foreignExpiryMs / 4 : undefined)
      if (performance.now() >= deadline) {
        const holder = readLock(file)
        throw fileError('LOCKED', {
          path: file,
          holder: holder === undefined ? 'another program' : `process ${holder.pid} on ${holder.host.split(' ')[0]}`,
          waitedMs: waitMs,
        })
      }
      await sleep(pauseMs, undefined, { signal })
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (systemCode(error) === undefined) throw error
    throw fileError('NOT_WRITABLE', { path: file, reason: reasonOf(error) }, { cause: error })
  } finally {
    removeQuietly(mine)
  }
}

/** Runs `work` under the lock. */
export async function withLock<T>(file: string, work: (lock: Lock) => T | Promise<T>, options?: LockOptions): Promise<T> {
  const lock = await acquireLock(file, options)
  try {
    return await work(lock)
  } finally {
    lock.release()
  }
}

function prepare(file: string, mine: string, content: LockContent): void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(mine, JSON.stringify(content), { flag: 'wx', mode: 0o644 })
  removeDeadFiles(file)
}

/** True when the lock is ours now. */
function tryLink(mine: string, file: string): boolean {
  try {
    fs.linkSync(mine, file)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK'].includes(systemCode(error) ?? '')) throw error
    return tryCopy(mine, file)
  }
}

/** For file systems without hard links (exFAT, some shares): exclusive, though for an instant not complete. */
function tryCopy(mine: string, file: string): boolean {
  try {
    fs.copyFileSync(mine, file, fs.constants.COPYFILE_EXCL)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

function takeOver(file: string, mine: string, foreignExpiryMs: number): boolean {
  const stale = readLock(file)
  if (stale === undefined || !isStale(stale, foreignExpiryMs)) return false
  const claim = `${file}.claim-${stale.nonce}`
  try {
    fs.writeFileSync(claim, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
  try {
    if (readLock(file)?.nonce !== stale.nonce) return false
    fs.renameSync(mine, file)
    return true
  } finally {
    fs.rmSync(claim, { force: true })
  }
}

/** Undefined when there is none; a lock that makes no sense counts as one of an unknown machine. */
function readLock(file: string): LockContent | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8')
    const at = fs.statSync(file).mtime.toISOString()
    try {
      const value = JSON.parse(text) as LockContent
      if (Number.isInteger(value.pid) && typeof value.host === 'string' && typeof value.nonce === 'string') return { ...value, at }
    } catch {
      // Fall through: cut short, or another program's.
    }
    return { pid: 0, host: 'an unknown machine', nonce: 'unreadable', at }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function isStale(lock: LockContent, foreignExpiryMs: number): boolean {
  if (lock.host !== machine()) return Date.now() - Date.parse(lock.at) > foreignExpiryMs
  if (!isAlive(lock.pid)) return true
  return lock.started !== undefined && lock.started !== startMark(lock.pid)
}

/** Own files and claims of processes that were killed between two steps. */
function removeDeadFiles(file: string): void {
  const folder = path.dirname(file)
  const prefix = `${path.basename(file)}.`
  for (const name of fs.readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue
    const full = path.join(folder, name)
    const rest = name.slice(prefix.length)
    const pid = rest.startsWith('claim-') ? Number(readIfThere(full)) : Number.parseInt(rest, 10)
    if (Number.isInteger(pid) && pid > 0 && pid !== process.pid && !isAlive(pid)) fs.rmSync(full, { force: true })
  }
}

function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function held(file: string, nonce: string, refreshMs: number | undefined): Lock {
  const isMine = (): boolean => readLock(file)?.nonce === nonce
  const refresh = (): void => {
    // A lock that was taken is the other's to refresh; one that is gone is noticed by `assertHeld`.
    if (isMine()) fs.utimesSync(file, new Date(), new Date())
  }
  const timer = refreshMs === undefined ? undefined : setInterval(refresh, refreshMs).unref()
  const release = (): void => {
    clearInterval(timer)
    forget()
    if (isMine()) fs.rmSync(file, { force: true })
  }
  const forget = hold(release)
  return {
    assertHeld() {
      if (!isMine()) throw fileError('LOCK_LOST', { path: file })
    },
    release,
  }
}
