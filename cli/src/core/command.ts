/** The shape of a command: options, parse, run. One file a command, loaded only when it is called. */
import { failure } from './errors.ts'
import { t, translated } from '../text/text.ts'
import type { Command } from 'commander'
import type { Context, PolicyOverride } from './context.ts'

// Option types differ from command to command; the loader only passes them through.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface CommandModule<Options = any> {
  /**
   * Declares arguments, options and examples. Placeholders have a meaning for shell completion: `<id>` and `<ids>`
   * complete plan ids, `<file>` completes files; choices complete themselves.
   */
  define(command: Command): unknown
  /** Runs it. Throws a `CliError`, or returns the exit code when that is not 0 and the output says why. */
  run(context: Context, options: Options, args: string[]): Promise<number | void> | number | void
}

export interface CommandEntry {
  /** `plan show`: the words after `br`. */
  path: string
  /** One line for the list of commands. */
  summary: string
  load(): Promise<CommandModule>
}

type Examples = readonly (readonly [commandLine: string, meaning: string])[]
const EXAMPLES = new WeakMap<Command, Examples>()
/** The examples of a command, for the documentation. */
export const examplesOf = (command: Command): Examples => EXAMPLES.get(command) ?? []

/** Lists examples under the options: pairs of a command line and what it does. */
export function examples(command: Command, pairs: Examples): void {
  EXAMPLES.set(command, pairs)
  const width = Math.max(...pairs.map(([line]) => line.length))
  const lines = pairs.map(([line, meaning]) => `  ${line.padEnd(width)}  ${translated(meaning)}`)
  command.addHelpText('after', `\n${t('Examples:')}\n${lines.join('\n')}`)
}

/** For options that may be repeated and hold comma-separated values: `--label a,b --label c`. */
export const collect = (value: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
]

/** For options that may be repeated and hold free text: commas are kept. */
export const append = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value]

/** Options of every command that works on the plan file. */
export interface PlanFileOptions {
  file?: string
}
export const planFileOption = (command: Command): Command =>
  command.option('-f, --file <file>', 'the plan file (default: the nearest buildrunner/specs/plan.json)')

/** Options of every command that talks to the server. */
export interface ServerOptions {
  baseUrl?: string
  project?: string
}
export const serverOptions = (command: Command, { project }: { project: boolean }): Command => {
  command.option('--base-url <url>', 'the server (default: where you are signed in)')
  return project ? command.option('-p, --project <project>', 'project id or slug (default: the one plan.json is linked to)') : command
}

/** What every command takes that talks to the server: writing in spite of the project's own rules. */
export function overrideOptions(command: Command): void {
  if (!command.options.some(({ long }) => long === '--base-url')) return
  command.option('--override <rule>', "write in spite of this rule of the project's policy (repeat it for more)", collect)
  if (!command.options.some(({ long }) => long === '--reason')) command.option('--reason <text>', 'why the rule is overridden: it is on record')
}

/** @throws USAGE for an override without a reason */
export function readOverride({ override, reason }: { override?: string[]; reason?: string }): PolicyOverride | undefined {
  if (override === undefined) return undefined
  if (reason === undefined || reason.trim() === '') throw failure('USAGE', { text: t('--override needs a reason.'), remedy: t('Say why: --reason "Hotfix for 4711". It is on record.') })
  return { rules: override, reason }
}

/** Options of every command that can be queued instead of sent. */
export interface OfflineOptions extends ServerOptions {
  offline?: boolean
}
export const offlineOption = (command: Command): Command => command.option('--offline', 'ask no server: queue it, br sync sends it')

/** The value of `--limit`. @throws INVALID_VALUE */
export function readLimit(value: string): number {
  const limit = Number(value)
  if (!Number.isInteger(limit) || limit < 1) throw failure('INVALID_VALUE', { option: '--limit', value, expected: 'a count' })
  return limit
}

const MAX_PAGE = 100

/** How many of a list one request asks for, where the first `limit` of it are wanted. */
export const pageSize = (limit: number): number => Math.min(limit, MAX_PAGE)
