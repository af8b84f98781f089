/** Files that a check may look at: inside the repository, whatever its paths, globs and symbolic links say. */
import * as fs from 'node:fs'
import path from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { systemCode } from '../core/errors.ts'
import { CheckError } from './check.ts'

/** More files than that, and the glob means something else. */
const MOST_FILES = 5_000

/** @param root a real path. @returns the real path of what is there; undefined where there is nothing. @throws CheckError for what lies outside */
export function insideOf(root: string, relative: string): string | undefined {
  assertRelative(relative)
  let real: string
  try {
    real = fs.realpathSync(path.join(root, relative))
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined
    throw new CheckError(`${relative} cannot be looked at: ${systemCode(error)}`)
  }
  if (real !== root && !real.startsWith(root === path.sep ? root : root + path.sep)) throw new CheckError(`${relative} leads out of the repository`)
  return real
}

function assertRelative(pattern: string): void {
  if (path.isAbsolute(pattern) || pattern.split(/[/\\{},()|]/).includes('..')) throw new CheckError(`${pattern} leads out of the repository`)
  if (pattern.includes('\0')) throw new CheckError('the path holds a NUL character')
}

/** Real paths of what a path or glob names, sorted. Folders count where `kind` is `any`. @throws CheckError */
export async function filesOf(root: string, pattern: string, kind: 'any' | 'file'): Promise<string[]> {
  assertRelative(pattern)
  const names = isDynamicPattern(pattern) ? await found(root, pattern, kind) : [pattern]
  if (names.length > MOST_FILES) throw new CheckError(`${pattern} names more than ${MOST_FILES} files`)
  const real = names.flatMap((name) => insideOf(root, name) ?? [])
  return [...new Set(real)].filter((file) => kind === 'any' || fs.statSync(file).isFile()).sort()
}

const found = (root: string, pattern: string, kind: 'any' | 'file'): Promise<string[]> =>
  glob(pattern, {
    cwd: root,
    dot: true,
    onlyFiles: kind === 'file',
    followSymbolicLinks: false,
    expandDirectories: false,
    // Large, and rarely meant; a pattern that is about them names them.
    ignore: ['node_modules', '.git', 'buildrunner/state'].filter((name) => !pattern.includes(name)).map((name) => `**/${name}/**`),
  })

/** Reads a regular file; never what waits for a writer or has no end. @throws CheckError */
export function openFile(file: string, name: string, most: number): fs.ReadStream {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants
  let descriptor: number
  try {
    descriptor = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    throw new CheckError(`${name} cannot be read: ${systemCode(error)}`)
  }
  const stat = fs.fstatSync(descriptor)
  if (stat.isFile() && stat.size <= most) return fs.createReadStream('', { fd: descriptor })
  fs.closeSync(descriptor)
  throw new CheckError(stat.isFile() ? `${name} is larger than ${most / 1e6} MB` : `${name} is no regular file`)
}
