/**
 * Atomic replacement of a file: at every moment, and after kill -9 or a full disk at any moment, the path holds either
 * the whole old content or the whole new one. The new content is flushed to disk before it gets the name.
 *
 * Synchronous on purpose: no signal handler and no other code of this process runs between the steps.
 */
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import path from 'node:path'
import { failure, systemCode } from '../core/errors.ts'

const TEMPORARY = /^\.(.+)\.br-(\d+)-[0-9a-f]{12}\.tmp$/

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  ENOTDIR: 'a folder on its path is a file',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  EIO: 'the disk reports an error',
  ENOENT: 'its folder does not exist',
  EMFILE: 'too many files are open',
}

/** Words for a system error. */
export const reasonOf = (error: unknown): string => REASONS[systemCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error))

/** The file that a path leads to, through symbolic links, also when the last one dangles. */
export function resolveTarget(file: string): string {
  let target = path.resolve(file)
  for (let depth = 0; depth < 40; depth++) {
    let link: string
    try {
      link = fs.readlinkSync(target)
    } catch {
      // Not a link, or not there: this is what a write must replace. The folder's own links are left to the system.
      return target
    }
    target = path.resolve(path.dirname(target), link)
  }
  return target
}

/**
 * Replaces `file` by `text`. Mode and owner of an existing file are kept; a symbolic link is written through.
 * @param options.mode for a new file. Default: 0o666 less the umask.
 * @throws CliError NOT_WRITABLE; the old content is then untouched and nothing is left behind.
 */
export function writeFileAtomic(file: string, text: string, options: { mode?: number; createFolder?: boolean } = {}): void {
  const target = resolveTarget(file)
  const folder = path.dirname(target)
  const temporary = path.join(folder, `.${path.basename(target)}.br-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
  try {
    if (options.createFolder === true) fs.mkdirSync(folder, { recursive: true })
    const before = fs.statSync(target, { throwIfNoEntry: false })
    if (before?.isDirectory() === true) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
    // A file that its owner made read-only is not replaced, although the folder would allow it.
    if (before !== undefined) fs.accessSync(target, fs.constants.W_OK)
    writeFlushed(temporary, text, before, options.mode)
    fs.renameSync(temporary, target)
  } catch (error) {
    removeQuietly(temporary)
    throw failure('NOT_WRITABLE', { path: file, reason: reasonOf(error) }, { cause: error })
  }
  flushFolder(folder)
}

/** Removes a file where that is possible: used when something else is being reported already. */
export function removeQuietly(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // Left for `removeLeftovers` of the next br.
  }
}

function writeFlushed(temporary: string, text: string, before: fs.Stats | undefined, mode: number | undefined): void {
  const descriptor = fs.openSync(temporary, 'wx', mode ?? 0o666)
  try {
    if (before !== undefined) {
      if (before.uid !== process.getuid?.() || before.gid !== process.getgid?.()) keepOwner(descriptor, before)
      fs.fchmodSync(descriptor, before.mode & 0o7777)
    }
    fs.writeFileSync(descriptor, text)
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Only root may give files away; for others the new file is theirs, as with every editor that replaces files. */
function keepOwner(descriptor: number, before: fs.Stats): void {
  try {
    fs.fchownSync(descriptor, before.uid, before.gid)
  } catch (error) {
    if (systemCode(error) !== 'EPERM') throw error
  }
}

/** Makes the rename itself durable, where the system can flush a folder. */
function flushFolder(folder: string): void {
  try {
    const descriptor = fs.openSync(folder, 'r')
    try {
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
  } catch {
    // Windows and some network file systems cannot: the rename is done all the same.
  }
}

/** Removes temporary files that a killed br left beside `file`. Call it under the lock. */
export function removeLeftovers(file: string, isAlive: (pid: number) => boolean): void {
  const target = resolveTarget(file)
  const folder = path.dirname(target)
  let names: string[]
  try {
    names = fs.readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) {
    const match = TEMPORARY.exec(name)
    if (match?.[1] === path.basename(target) && !isAlive(Number(match[2]))) fs.rmSync(path.join(folder, name), { force: true })
  }
}
