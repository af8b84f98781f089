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

/** The same in words, for the documentation. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  ok: 'It was stopped in order.',
  unexpected: 'Something unexpected; please report it.',
  configuration: 'A variable of the environment or the policy file is wrong.',
  portTaken: 'Another program listens on the port.',
  folderNotWritable: 'The data folder cannot be used.',
  databaseUnreachable: 'The database cannot be reached, or is older than Postgres 15.',
  migrationFailed: 'A migration failed, or the database does not fit this release.',
  noEmbeddedPostgres: 'There is no embedded Postgres for this platform.',
  redisUnreachable: 'Redis cannot be reached.',
  installFailed: 'Dependencies could not be installed, or the build failed.',
}

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
