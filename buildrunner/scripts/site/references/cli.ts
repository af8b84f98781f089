/** The reference of `br`, from the definitions of its commands. */
import type { Argument, Command, Option } from 'commander'
import { COMMANDS, GROUPS } from '../../../../cli/src/commands.ts'
import { examplesOf } from '../../../../cli/src/core/command.ts'
import { EXIT_MEANINGS } from '../../../../cli/src/core/exit-codes.ts'
import { Program } from '../../../../cli/src/program.ts'
import { blocks, code, fence, link, printPage, prose, sentence, table } from './markdown.ts'
import { commandPage, commandUrl, readOperations } from './operations.ts'
import type { Operation } from './operations.ts'

/** Headings of pages that no group of commands names. */
const TITLES: Readonly<Record<string, string>> = { workspace: 'workspace', sync: 'sync', tools: 'tools', events: 'events and presence', analytics: 'analytics', templates: 'templates', auth: 'sign-in' }
const ABOUT: Readonly<Record<string, string>> = {
  workspace: 'Begin a plan in a folder, and see where it stands.', sync: 'Bring the plan file and the server together.', tools: 'Help, completion, health, and GraphQL of your own.',
  events: 'What happens to a project as it happens, and who is on it.', analytics: 'Flow, forecast, ageing work and burn-up.', auth: 'Accounts, sessions and second factors.', templates: 'Plans made of templates and packs, and sample projects.',
}

/** Pages by their paths below `reference/cli`. */
export async function cliPages(): Promise<Map<string, string>> {
  const program = new Program()
  const { operations } = readOperations()
  const pages = new Map<string, string>()
  for (const [index, page] of [...new Set(COMMANDS.map(({ path }) => commandPage(path)))].entries()) {
    const entries = COMMANDS.filter(({ path }) => commandPage(path) === page)
    const sections = await Promise.all(entries.map(async (entry) => section(entry.path, await program.load(entry), operations.filter(({ command }) => command === entry.path))))
    const about = ABOUT[page] ?? sentence(GROUPS[page] ?? entries[0]?.summary ?? '')
    const title = `br ${TITLES[page] ?? page}`
    pages.set(`${page}.mdx`, printPage({ title, order: index + 2, description: `${about} Commands, options, defaults and examples.`, body: blocks(prose(about), ...sections) }))
  }
  return pages.set('index.mdx', indexPage())
}

function section(path: string, command: Command, operations: readonly Operation[]): string {
  const lines = examplesOf(command)
  const needs = operations.map(({ url, group, method }) => link(code(`client.${group}.${method}`), url.sdk))
  return blocks(
    `## br ${path}`, prose(sentence(command.description())),
    fence('console', `$ br ${path} ${command.usage().replace(/^\[options\] ?/, '')}`.trim() + (command.options.length > 0 ? ' [options]' : '')),
    table(['Argument', 'What it is'], command.registeredArguments.map((argument) => [code(nameOf(argument)), prose(describe(argument))])),
    table(['Option', 'What it does'], [...command.options].filter(({ hidden }) => !hidden).map((option) => [code(option.flags), prose(describeOption(option))])),
    lines.length === 0 ? '' : fence('console', lines.map(([line, meaning]) => `# ${sentence(meaning)}\n$ ${line}`).join('\n\n'), `title="Examples"`),
    needs.length === 0 ? '' : `In the SDK: ${needs.join(', ')}.`,
  )
}

const nameOf = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}
const choices = (values: readonly string[] | undefined): string => (values === undefined ? '' : ` One of ${values.map(code).join(', ')}.`)
const initial = (value: unknown): string => (value === undefined || value === false ? '' : ` Default: ${code(String(value))}.`)
const describe = ({ description, argChoices, defaultValue }: Argument): string => `${sentence(description)}${choices(argChoices)}${initial(defaultValue)}`
const describeOption = ({ description, argChoices, defaultValue, mandatory }: Option): string => `${sentence(description)}${choices(argChoices)}${initial(defaultValue)}${mandatory ? ' Required.' : ''}`

function indexPage(): string {
  const exits = EXIT_MEANINGS.map(([exit, meaning]) => [code(String(exit)), prose(sentence(meaning))])
  return printPage({
    title: 'Command line', label: 'Overview', order: 0,
    description: `The ${COMMANDS.length} commands of br, its exit codes, and what every command takes.`,
    body: blocks(
      'Every command takes `--help`, which explains it, and `--json`, which prints one JSON value on standard output and nothing else; errors then go to standard error as JSON with `code`, `message` and `remedy`.',
      'What a command talks to is set by `br login`, by options, or by [variables of the environment](/reference/configuration/).',
      '## Commands', table(['Command', 'What it does'], COMMANDS.map(({ path, summary }) => [link(code(`br ${path}`), commandUrl(path)), prose(sentence(summary))])),
      '## Exit codes', 'Scripts can branch on them: a number never changes its meaning.', table(['Code', 'What it means'], exits),
      `Which error ends with which code: [error codes](/reference/errors/).`,
    ),
  })
}
