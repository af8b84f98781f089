/** What the file backend needs of a file system, so that a test can give it one whose disk is full or loses what was not flushed. */
import * as fs from 'node:fs'

/** The functions of `node:fs` by which content is read and replaced. */
export type FileSystem = Pick<
  typeof fs,
  | 'accessSync' | 'closeSync' | 'fchmodSync' | 'fchownSync' | 'fstatSync' | 'fsyncSync' | 'ftruncateSync' | 'mkdirSync' | 'openSync' | 'readSync'
  | 'readdirSync' | 'readlinkSync' | 'renameSync' | 'rmSync' | 'statSync' | 'writeSync'
>

/** The machine's own. */
export const systemFiles: FileSystem = fs
