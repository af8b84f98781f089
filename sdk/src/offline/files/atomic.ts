/**
 * Atomic replacement of a file: at every moment, and after kill -9 or a full disk at any moment, the path holds either
 * the whole old content or the whole new one. The new content is flushed to disk before it gets the name.
 *
 * Synchronous on purpose: no signal handler and no other code of this process runs between the steps.
 */
import { randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import path from 'node:path'
import { fileError, reasonOf, systemCode } from './errors.ts'
import { systemFiles, type FileSystem } from './file-system.ts'

const TEMPORARY = /^\.(.+)\.br-(\d+)-[0-9a-f]{12}\.tmp$/

/** The file that a path leads to, through symbolic links, also when the last one dangles. */
function resolveTarget(file: string, fs: FileSystem): string {
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

/** How {@link writeFileAtomic} writes. */
export interface WriteFileOptions {
  /** Of a new file; an existing one keeps its own. Default: 0o666 less the umask. */
  mode?: number
  /** Make the folders on its path. Default: false. */
  createFolder?: boolean
  /** Default: the machine's own. */
  fs?: FileSystem
}

/**
 * Replaces `file` by `content`. Mode and owner of an existing file are kept; a symbolic link is written through.
 *
 * @throws FileError `NOT_WRITABLE`; the old content is then untouched and nothing is left behind
 */
export function writeFileAtomic(file: string, content: string | Uint8Array, options: WriteFileOptions = {}): void {
  const { fs = systemFiles } = options
  const target = resolveTarget(file, fs)
  const folder = path.dirname(target)
  const temporary = path.join(folder, `.${path.basename(target)}.br-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
  try {
    if (options.createFolder === true) fs.mkdirSync(folder, { recursive: true })
    const before = fs.statSync(target, { throwIfNoEntry: false })
    if (before?.isDirectory() === true) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
    // A file that its owner made read-only is not replaced, although the folder would allow it.
    if (before !== undefined) fs.accessSync(target, constants.W_OK)
    writeFlushed(fs, temporary, content, before, options.mode)
    fs.renameSync(temporary, target)
  } catch (error) {
    removeQuietly(temporary, fs)
    throw fileError('NOT_WRITABLE', { path: file, reason: reasonOf(error) }, { cause: error })
  }
  flushFolder(fs, folder)
}

/** Removes a file where that is possible: used when something else is being reported already. */
export function removeQuietly(file: string, fs: FileSystem = systemFiles): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // Left for `removeLeftovers` of the next process.
  }
}

function writeFlushed(fs: FileSystem, temporary: string, content: string | Uint8Array, before: Stats | undefined, mode: number | undefined): void {
  const descriptor = fs.openSync(temporary, 'wx', mode ?? 0o666)
  try {
    if (before !== undefined) {
      if (before.uid !== process.getuid?.() || before.gid !== process.getgid?.()) keepOwner(fs, descriptor, before)
      fs.fchmodSync(descriptor, before.mode & 0o7777)
    }
    writeAll(fs, descriptor, typeof content === 'string' ? Buffer.from(content) : content)
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Writes all of `bytes`: a single write may take only a part of them. @param position default: where the file stands */
export function writeAll(fs: FileSystem, descriptor: number, bytes: Uint8Array, position?: number): void {
  for (let written = 0; written < bytes.length; ) {
    written += fs.writeSync(descriptor, bytes, written, bytes.length - written, position === undefined ? null : position + written)
  }
}

/** Only root may give files away; for others the new file is theirs, as with every editor that replaces files. */
function keepOwner(fs: FileSystem, descriptor: number, before: Stats): void {
  try {
    fs.fchownSync(descriptor, before.uid, before.gid)
  } catch (error) {
    if (systemCode(error) !== 'EPERM') throw error
  }
}

/** Makes the rename itself durable, where the system can flush a folder. */
function flushFolder(fs: FileSystem, folder: string): void {
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

/** Removes temporary files that killed processes left beside `file`. Call it under the lock. */
export function removeLeftovers(file: string, isAlive: (pid: number) => boolean, fs: FileSystem = systemFiles): void {
  const target = resolveTarget(file, fs)
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
