import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * What a running Postgres says about itself in `postmaster.pid`, line by line: pid, data folder, start time, port, socket
 * folder, listen address, shared memory key, status (postgres: src/include/utils/pidfile.h).
 */
export interface PidFile {
  pid: number
  /** Absent while the server is still starting. */
  port?: number
  status: 'starting' | 'stopping' | 'ready' | 'standby' | ''
}

export function readPidFile(data: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) || undefined, status: (lines[7] ?? '').trim() as PidFile['status'] }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/**
 * Whether the process in the pid file is really the server of this folder. After a crash the number may belong to any other
 * program by now, and Postgres itself would refuse to start over it.
 */
export function isServerOf(data: string, pid: number): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'linux') {
    try {
      const [cwd, folder] = [statSync(`/proc/${pid}/cwd`), statSync(data)] // a postmaster changes into its data folder
      return cwd.dev === folder.dev && cwd.ino === folder.ino && programName(pid) === 'postgres'
    } catch {
      return false // gone meanwhile, or another user's
    }
  }
  return programName(pid).startsWith('postgres')
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

/** A dead child of a process 1 that never reaps, as in many containers, still answers to signal 0. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z'
  } catch {
    return true
  }
}

function programName(pid: number): string {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  // Windows checks the pid by a named pipe of Postgres's own, so that a reused number never blocks it.
  if (process.platform === 'win32') return 'postgres.exe'
  try {
    return basename(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim())
  } catch {
    return ''
  }
}

/**
 * Removes a pid file whose process is not the server of this folder any more.
 *
 * It is moved aside first and looked at again: should another process have started the server in between, its file goes back.
 */
export function removeStalePidFile(data: string): void {
  const stale = readPidFile(data)
  if (!stale || isServerOf(data, stale.pid)) return
  const [file, aside] = [join(data, 'postmaster.pid'), join(data, `postmaster.pid.stale-${process.pid}`)]
  try {
    renameSync(file, aside)
    if (Number(readFileSync(aside, 'utf8').split('\n')[0]) !== stale.pid) linkSync(aside, file)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. Resolves when the server is gone. */
export async function stopPostmaster(data: string, pid: number, pgCtl: string): Promise<void> {
  try {
    if (process.platform === 'win32') execFileSync(pgCtl, ['stop', '-D', data, '-m', 'fast', '-w'])
    else process.kill(pid, 'SIGINT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  await waitFor(() => !isAlive(pid), 60_000)
}

/** Polls a cheap condition; answers whether it came true in time. */
export async function waitFor(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  for (const end = performance.now() + timeoutMs; performance.now() < end; await delay(5)) if (condition()) return true
  return condition()
}
