/** Runs one command line: parse, run, report, exit code. */
import { createContext } from './core/context.ts'
import { LANGUAGES } from '@buildrunner/sdk/languages'
import { failure, systemCode, toCliError } from './core/errors.ts'
import { EXIT } from './core/exit-codes.ts'
import { cleanUp, mustCleanUp } from './core/leaving.ts'
import { releaseAll } from '@buildrunner/sdk/offline/files'
import { findCommand, Program } from './program.ts'
import { t } from './text/text.ts'

/**
 * @param argv the words after `br`, without `--lang`
 * @param unknown what `--lang` named, where it is no language of ours
 * @returns the exit code
 */
export async function main(argv: readonly string[], unknown?: string): Promise<number> {
  guardStreams()
  guardSignals()
  try {
    if (unknown !== undefined) throw failure('INVALID_VALUE', { option: '--lang', value: unknown, expected: t('a language of br: {languages}', { languages: LANGUAGES.join(', ') }) })
    const program = new Program()
    if (argv[0] === 'complete' && argv[1] === '--') {
      const { complete } = await import('./commands/completion/complete.ts')
      await complete(program, argv.slice(2))
      return EXIT.ok
    }
    const entry = findCommand(argv)
    if (entry !== undefined) await program.load(entry)
    await program.parse(argv)
    return program.exitCode
  } catch (error) {
    return report(error, argv)
  }
}

function report(error: unknown, argv: readonly string[]): number {
  const failure = toCliError(error)
  const context = createContext(argv.includes('--json'))
  context.out.error(failure)
  if (context.env.BUILDRUNNER_DEBUG === '1' && !context.out.json) context.out.note(String((failure.cause as Error | undefined)?.stack ?? failure.stack))
  return failure.exitCode
}

/** `br plan show | head` closes our pipe early: that is the reader's right and no error. */
function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (systemCode(error) !== 'EPIPE') throw error
      releaseAll()
      process.exit(EXIT.ok)
    })
  }
}

/** Files are written by synchronous code, so a signal is handled before or after a write, never within. A second signal is not argued with. */
function guardSignals(): void {
  const leave = (code: number) => () => {
    releaseAll()
    if (mustCleanUp()) void cleanUp().then(() => process.exit(code))
    else process.exit(code)
  }
  process.on('SIGINT', leave(EXIT.interrupted))
  process.on('SIGTERM', leave(143))
  process.on('SIGHUP', leave(129))
}
