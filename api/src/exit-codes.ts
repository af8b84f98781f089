/** What the server process (and `npm start`) exits with. Documented in the README; scripts and supervisors match on them. */
export const EXIT_CODES = {
  ok: 0,
  unexpected: 1,
  configuration: 10,
  portTaken: 11,
  folderNotWritable: 12,
  databaseUnreachable: 13,
  migrationFailed: 14,
  noEmbeddedPostgres: 15,
  redisUnreachable: 16,
  installFailed: 17,
} as const

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]

/** A failure to start that the person at the terminal can act on: shown as one message, without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError'
  readonly exitCode: ExitCode
  /** What to do about it, in one sentence or a few lines. */
  readonly remedy: string

  constructor(reason: keyof typeof EXIT_CODES, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = EXIT_CODES[reason]
    this.remedy = remedy
  }
}
