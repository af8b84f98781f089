/** `br --help`: every command at one look. Written without the argument parser, so that asking costs next to nothing. */
import { COMMANDS } from './commands.ts'
import { EXIT_MEANINGS } from './core/exit-codes.ts'
import { createStyle, table, wantsColour, type Style } from './core/style.ts'
import { msg, t } from './text/text.ts'

export const DESCRIPTION = msg('Build plans that live in your repository and on your server.')

const OPTIONS: readonly (readonly [string, string])[] = [
  ['-V, --version', msg('print the version')],
  ['--lang <language>', msg('language of what is said: en, es, fr or de')],
  ['--json', msg('data on stdout, errors as JSON on stderr')],
  ['-h, --help', msg('help, with examples, on every command')],
]

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['br init', msg('a plan in this folder')],
  ['br plan import tasks.json', msg('a plan from Task Master, Spec Kit, Backlog.md or markdown')],
  ['br lint && br sync', msg('check it, then bring it to the server and back')],
  ['br plan next', msg('what can be worked on now')],
]

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['BUILDRUNNER_API_KEY', msg('key for the server (or br login)')],
  ['BUILDRUNNER_BASE_URL', msg('address of the server')],
  ['BUILDRUNNER_PROJECT_ID', msg('project of a plan that is not linked yet: id or slug')],
  ['BUILDRUNNER_LANG', msg('language of what is said; else LC_ALL, LC_MESSAGES, LANG')],
  ['NO_COLOR, FORCE_COLOR', msg('never, always colour; otherwise only on a terminal')],
]

export function rootHelp({ bold }: Style): string {
  const section = (title: string, rows: readonly (readonly [string, string])[]): string[] => ['', bold(title), ...table(rows.map(([name, meaning]) => [name, t(meaning)]), { indent: 2 })]
  const exitCodes = EXIT_MEANINGS.map(([code, meaning]) => [String(code).padStart(3), meaning] as const)
  const lines = [
    `${bold(t('Usage:'))} br <command> [options]`,
    '',
    t(DESCRIPTION),
    ...section(
      t('Commands:'),
      COMMANDS.map(({ path, summary }) => [path, summary] as const),
    ),
    ...section(t('Options:'), OPTIONS),
    ...section(t('Examples:'), EXAMPLES),
    ...section(t('Environment:'), ENVIRONMENT),
    ...section(t('Exit codes:'), exitCodes),
  ]
  return `${lines.join('\n')}\n`
}

/** For the entry alone: the reader may close the pipe early. */
export function printRootHelp(): void {
  process.stdout.on('error', () => undefined)
  process.stdout.write(rootHelp(createStyle(wantsColour(process.stdout, process.env))))
}
