/** The one error class of the CLI: a code with parameters; the catalogue renders the text and names the exit code. */
import { FileError, systemCode as codeOf } from '@buildrunner/sdk/offline/files'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { ERRORS, type ErrorCode, type ErrorParameters } from './error-catalogue.ts'
import { t } from '../text/text.ts'

/** What `--json` prints on stderr under `error`. */
export interface ErrorReport {
  code: string
  message: string
  remedy?: string
  [detail: string]: unknown
}

/** A failure with a stable code, a text for people, a remedy and an exit code. */
export class CliError extends Error {
  readonly code: string
  readonly exitCode: ExitCode
  readonly remedy: string | undefined
  /** Machine-readable facts, printed with `--json`. */
  readonly details: Record<string, unknown>

  constructor(report: ErrorReport, exitCode: ExitCode, options?: ErrorOptions) {
    const { code, message, remedy, ...details } = report
    super(message, options)
    this.name = 'CliError'
    this.code = code
    this.remedy = remedy
    this.details = details
    this.exitCode = exitCode
  }

  toReport(): ErrorReport {
    return { code: this.code, message: this.message, ...(this.remedy === undefined ? {} : { remedy: this.remedy }), ...this.details }
  }
}

/** Builds an error of the catalogue. The parameters also become its machine-readable details. */
export function failure<C extends ErrorCode>(
  code: C,
  parameters: ErrorParameters<C>,
  options?: ErrorOptions & { details?: Record<string, unknown> },
): CliError {
  const entry = ERRORS[code]
  const text = (entry.text as (parameters: ErrorParameters<C>) => readonly [string, string?])(parameters)
  const report: ErrorReport = { ...parameters, ...options?.details, code, message: text[0] }
  if (text[1] !== undefined) report.remedy = text[1]
  return new CliError(report, entry.exit, options)
}

/** A Node system error (`ENOENT`, `EACCES`, ...), or undefined. */
export const systemCode = (error: unknown): string | undefined => (error instanceof CliError ? undefined : codeOf(error))

/** Whatever was thrown, as an error with an exit code. */
export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error
  if (error instanceof FileError) return failure(error.code, error.details as ErrorParameters<typeof error.code>, { cause: error })
  const message = error instanceof Error ? error.message : String(error)
  return new CliError(
    { code: 'UNEXPECTED', message, remedy: t('This is a fault of br. Run it again with BUILDRUNNER_DEBUG=1 and report what it prints.') },
    EXIT.unexpected,
    { cause: error },
  )
}
