/** `br help`: of a command, or of a topic. */
import { examples } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { EXIT_MEANINGS } from '../../core/exit-codes.ts'
import { table } from '../../core/style.ts'
import { findCommand, Program } from '../../program.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('[words...]', 'a command (plan show) or a topic (exit-codes)')
  examples(command, [
    ['br help', 'all commands'],
    ['br help plan edit', 'one command'],
    ['br help exit-codes', 'what the exit codes mean'],
  ])
}

export async function run(context: Context, _options: object, words: string[]): Promise<void> {
  if (words[0] === 'exit-codes') {
    context.out.result(Object.fromEntries(EXIT_MEANINGS.map(([code, meaning]) => [code, t(meaning)])), () =>
      table(
        EXIT_MEANINGS.map(([code, meaning]) => [String(code), t(meaning)]),
        { right: [0] },
      ),
    )
    return
  }
  const program = new Program()
  const entry = findCommand(words)
  const command = entry === undefined ? find(program.root, words) : await program.load(entry)
  if (command === undefined)
    throw failure('USAGE', { text: t('There is no help on "{words}".', { words: words.join(' ') }), remedy: t('br help lists the commands; the one topic is exit-codes.') })
  command.outputHelp()
}

function find(root: Command, words: readonly string[]): Command | undefined {
  let command: Command | undefined = root
  for (const word of words) command = command?.commands.find((child) => child.name() === word)
  return command
}
