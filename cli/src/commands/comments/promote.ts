/** `br comments promote`: makes a microstep of a comment. */
import { append, examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface PromoteOptions extends ServerOptions {
  step: string
  title: string
  criterion?: string[]
  id?: string
}

export function define(command: Command): void {
  command
    .argument('<comment>', 'what becomes a microstep (br comments list shows ids)')
    .requiredOption('--step <id>', 'the step that it is added to, at its end')
    .requiredOption('--title <text>', 'one line that says what is to be done')
    .option('--criterion <text>', 'what must be true for it to be done (repeatable)', append)
    .option('--id <key>', 'key of the microstep (default: the next one of the step)')
  serverOptions(command, { project: false })
  examples(command, [['br comments promote cmt_01a2008b71a07f2ebe4265f046903171 --step S1 --title "Handle errors" --criterion "Errors are shown"', t('br sync brings it into plan.json')]])
}

export async function run(context: Context, { step, title, criterion = [], id, ...options }: PromoteOptions, [commentId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { comment, microstep } = await ask(client.comments.promote({ commentId, stepId: step, title, criteria: criterion, key: id }))
  const { green, dim } = context.out.style
  context.out.result({ comment, microstep }, () => `${green('✓')} ${t('{key} in {stepKey}', { key: microstep?.key ?? title, stepKey: microstep?.stepKey ?? step })}  ${dim(t('br sync brings it into plan.json'))}`)
}
