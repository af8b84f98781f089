/** The command tree: light for every command, complete only for the one that is called. */
import { Command, CommanderError } from 'commander'
import { COMMANDS, GROUPS } from './commands.ts'
import { createContext } from './core/context.ts'
import { failure, type CliError } from './core/errors.ts'
import { EXIT } from './core/exit-codes.ts'
import { createStyle, wantsColour } from './core/style.ts'
import { nearest } from './core/nearest.ts'
import { DESCRIPTION, rootHelp } from './root-help.ts'
import { overrideOptions, readOverride, type CommandEntry, type CommandModule } from './core/command.ts'
import manifest from '../package.json' with { type: 'json' }
import { described, explained, usageText } from './text/command-text.ts'
import { t, translated } from './text/text.ts'

/** The command that the words of a command line name: the longest path that matches. */
export function findCommand(argv: readonly string[]): CommandEntry | undefined {
  const words = argv.filter((word) => !word.startsWith('-'))
  const two = COMMANDS.find((entry) => entry.path === `${words[0]} ${words[1]}`)
  return two ?? COMMANDS.find((entry) => entry.path === words[0])
}

export class Program {
  readonly root: Command
  /** What the command that ran returned. */
  exitCode: number = EXIT.ok
  private readonly leaves = new Map<string, Command>()

  constructor() {
    this.root = this.configure(new Command('br'))
      .description(t(DESCRIPTION))
      .version(manifest.version, '-V, --version', t('print the version'))
      .option('--json', t('machine-readable output'))
      .helpCommand(false)
      .action((_options: unknown, command: Command) => this.helpOrUnknown(command))
    this.root.helpInformation = () => rootHelp(createStyle(wantsColour(process.stdout, process.env)))
    for (const entry of COMMANDS) this.addLeaf(entry)
  }

  /** Parses and runs. @throws CliError also for a wrong command line; help and version end quietly. */
  async parse(argv: readonly string[]): Promise<void> {
    try {
      await this.root.parseAsync([...argv], { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      if (error.exitCode !== 0) throw usageError(error)
    }
  }

  /** Loads one command's options and code; the rest stays light. */
  async load(entry: CommandEntry): Promise<Command> {
    const leaf = this.leaves.get(entry.path)
    if (leaf === undefined) throw new RangeError(`no command ${entry.path}`)
    const module = await entry.load()
    module.define(leaf)
    overrideOptions(leaf)
    explained(leaf)
    leaf.action((...parameters: unknown[]) => this.run(leaf, module, parameters))
    return leaf
  }

  private async run(leaf: Command, module: CommandModule, parameters: unknown[]): Promise<void> {
    const options = leaf.optsWithGlobals<{ json?: boolean; override?: string[]; reason?: string }>()
    const args = parameters
      .slice(0, leaf.registeredArguments.length)
      .flat()
      .filter((value): value is string => typeof value === 'string')
    this.exitCode = (await module.run(createContext(options.json === true, readOverride(options)), options, args)) ?? EXIT.ok
  }

  private addLeaf(entry: CommandEntry): void {
    const words = entry.path.split(' ')
    const name = words.pop() as string
    const group = words[0]
    const parent = group === undefined ? this.root : (this.root.commands.find((command) => command.name() === group) ?? this.addGroup(group))
    const leaf = this.configure(parent.command(name)).summary(translated(entry.summary)).description(sentence(translated(entry.summary))).option('--json', t('machine-readable output'))
    this.leaves.set(entry.path, leaf)
  }

  private addGroup(name: string): Command {
    const summary = translated(GROUPS[name] ?? '')
    const group = this.configure(this.root.command(name)).summary(summary).description(sentence(summary)).helpCommand(false)
    return group.action((_options: unknown, command: Command) => this.helpOrUnknown(command))
  }

  /** A group without a verb shows its help; with a word it does not know it says so, with a suggestion. */
  private helpOrUnknown(command: Command): void {
    if (command.args.length === 0) command.outputHelp()
    else throw unknownCommand(command.parent === null ? command.args : [command.name(), ...command.args])
  }

  private configure(command: Command): Command {
    return command
      .exitOverride()
      .configureHelp({
        helpWidth: Math.min(process.stdout.columns ?? 100, 110),
        styleTitle: (text) => createStyle(wantsColour(process.stdout, process.env)).bold(translated(text)),
        argumentDescription: (argument) => described(argument),
        optionDescription: (option) => described(option),
      })
      .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
      .helpOption('-h, --help', t('show this help'))
      .allowExcessArguments(command.name() === 'br' || GROUPS[command.name()] !== undefined)
  }
}

/** The paths that were perhaps meant: near the words as typed, or with a verb near the last one (`br shw`: `plan show`). */
function unknownCommand(words: readonly string[]): CliError {
  const typed = words.slice(0, 2).join(' ')
  const byVerb = new Map(COMMANDS.map(({ path }) => [path.split(' ').at(-1) as string, path]))
  const paths = COMMANDS.map(({ path }) => path)
  const whole = [
    ...nearest(typed, paths),
    ...nearest(
      words[0] ?? '',
      paths.filter((path) => !path.includes(' ')),
    ),
  ]
  const verbs = nearest(words.length === 1 ? typed : '', byVerb.keys()).map((verb) => byVerb.get(verb) as string)
  const meant = [...new Set([...whole, ...verbs])].slice(0, 3)
  const remedy = meant.length > 0 ? t('Did you mean {meant}?', { meant: meant.map((path) => `br ${path}`).join(', ') }) : t('br --help lists the commands.')
  return failure('USAGE', { text: t('There is no command "{typed}".', { typed }), remedy })
}

function usageError(error: CommanderError): CliError {
  const { text, remedy } = usageText(error)
  return failure('USAGE', { text, remedy: remedy ?? t('br --help lists the commands; every command has --help.') })
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
