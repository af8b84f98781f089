/** How files and locks fail, and words for what the system says. */
import { BuildRunnerError } from '../../errors.ts'

/** What each code is about; `details` of the error. */
interface FileErrorDetails {
  LOCKED: { path: string; holder: string; waitedMs: number }
  LOCK_LOST: { path: string }
  NOT_WRITABLE: { path: string; reason: string }
}

const MESSAGES: { [C in keyof FileErrorDetails]: (details: FileErrorDetails[C]) => string } = {
  LOCKED: ({ path, holder }) => `${path} is locked by ${holder}: wait for it to end, then try again.`,
  LOCK_LOST: ({ path }) => `The lock ${path} was taken away; nothing was written. Try again.`,
  NOT_WRITABLE: ({ path, reason }) => `${path} cannot be written: ${reason}. The old content is untouched.`,
}

/**
 * A file cannot be replaced (`NOT_WRITABLE`), is locked by another process (`LOCKED`), or its lock was taken away (`LOCK_LOST`). Nothing
 * was written.
 */
export class FileError extends BuildRunnerError {
  declare readonly code: keyof FileErrorDetails

  override get name(): string {
    return 'FileError'
  }
}

/** @internal */
export const fileError = <C extends keyof FileErrorDetails>(code: C, details: FileErrorDetails[C], options: ErrorOptions = {}): FileError =>
  new FileError({ code, message: MESSAGES[code](details), details: { ...details }, ...options })

/** The code of a Node system error (`ENOENT`, `EACCES`, ...); undefined for every other value. */
export function systemCode(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && !(error instanceof BuildRunnerError) && typeof (error as NodeJS.ErrnoException).code === 'string'
  return isSystemError ? (error as NodeJS.ErrnoException).code : undefined
}

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
