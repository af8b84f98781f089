/** `br --help`: every command at one look. Written without the argument parser, so that asking costs next to nothing. */
import { COMMANDS } from './commands.ts'
import { EXIT_MEANINGS } from './core/exit-codes.ts'
import { createStyle, table, wantsColour, type Style } from './core/style.ts'

export const DESCRIPTION = 'Build plans that live in your repository and on your server.'

const OPTIONS = [
  ['-V, --version', 'print the version'],
  ['--json', 'data on stdout, errors as JSON on stderr'],
  ['-h, --help', 'help, with examples, on every command'],
]

const EXAMPLES = [
  ['br init', 'a plan in this folder'],
  ['br plan import tasks.json', 'a plan from Task Master, Spec Kit, Backlog.md or markdown'],
  ['br lint && br sync', 'check it, then bring it to the server and back'],
  ['br plan next', 'what can be worked on now'],
]

const ENVIRONMENT = [
  ['BUILDRUNNER_API_KEY', 'key for the server (or br login)'],
  ['BUILDRUNNER_BASE_URL', 'address of the server'],
  ['BUILDRUNNER_PROJECT_ID', 'project of a plan that is not linked yet: id or slug'],
  ['NO_COLOR, FORCE_COLOR', 'never, always colour; otherwise only on a terminal'],
]

export function rootHelp({ bold }: Style): string {
  const section = (title: string, rows: readonly (readonly string[])[]): string[] => ['', bold(`${title}:`), ...table(rows, { indent: 2 })]
  const exitCodes = EXIT_MEANINGS.map(([code, meaning]) => [String(code).padStart(3), meaning])
  const lines = [
    `${bold('Usage:')} br <command> [options]`,
    '',
    DESCRIPTION,
    ...section(
      'Commands',
      COMMANDS.map(({ path, summary }) => [path, summary]),
    ),
    ...section('Options', OPTIONS),
    ...section('Examples', EXAMPLES),
    ...section('Environment', ENVIRONMENT),
    ...section('Exit codes', exitCodes),
  ]
  return `${lines.join('\n')}\n`
}

/** For the entry alone: the reader may close the pipe early. */
export function printRootHelp(): void {
  process.stdout.on('error', () => undefined)
  process.stdout.write(rootHelp(createStyle(wantsColour(process.stdout, process.env))))
}
