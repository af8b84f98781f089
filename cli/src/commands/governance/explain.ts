/** `br governance explain`: what the rules say of a change, and why, fact by fact. Nothing is written. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { askedOf, changeOptions, type ChangeOptions } from '../../governance/change.ts'
import { effectText, valueText } from '../../governance/describe.ts'
import { explainOffline, type Explained } from '../../governance/offline.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export interface ExplainOptions extends ServerOptions, ChangeOptions {
  offline?: boolean
  role?: string
}

export function define(command: Command): void {
  command.argument('[id]', 'the item')
  changeOptions(command)
  command.option('--offline', 'by the policy file and plan.json here; evidence and comments are not known then').option('--role <role>', 'who would do it, with --offline', 'Contributor')
  serverOptions(command, { project: true })
  examples(command, [
    ['br governance explain T-12 --status done', 'would it be written, and why'],
    ['br governance explain --action comment.delete --rule talk', 'one rule'],
    ['br governance explain T-12 --status done --offline', 'by what stands in this folder'],
  ])
}

export async function run(context: Context, options: ExplainOptions, [item]: string[]): Promise<void> {
  const asked = askedOf(options, item)
  const explained = options.offline === true ? explainOffline(context, asked, options.role ?? '') : await online(context, options, asked)
  context.out.result(explained, () => explainedLines(explained, context.out.style))
}

async function online(context: Context, options: ServerOptions, asked: ReturnType<typeof askedOf>): Promise<Explained> {
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  return connection.reading(() => connection.client.governance.explain({ projectId, ...asked }).orThrow())
}

function explainedLines({ allowed, refusals, changes }: Explained, style: Style): string[] {
  const rules = changes.flatMap(({ itemKey, rules: met }) => met.map((rule) => ({ itemKey, ...rule })))
  const verdict = allowed ? `${style.green('✓')} ${t('it would be written')}` : `${style.red('✗')} ${t('it would be refused')}`
  return [
    rules.length === 0 && refusals.length === 0 ? t('{verdict}: no rule is asked about it', { verdict }) : verdict,
    ...refusals.flatMap(({ rule, line, message, remedy }) => [`  ${style.bold(rule)}${style.dim(line === null ? '' : `:${line}`)}  ${message}`, ...(remedy === null ? [] : [`    ${style.dim(remedy)}`])]),
    ...rules.flatMap(({ itemKey, rule, line, effect, applies, failure, parts }) => [
      `${applies ? '●' : '○'} ${style.bold(rule)}${style.dim(`:${line}`)}  ${effectText(effect, style)} ${applies ? t('applies') : t('does not apply')}${itemKey === null ? '' : ` ${t('to {itemKey}', { itemKey })}`}${failure === null ? '' : t(', for it could not be judged: {failure}', { failure })}`,
      ...parts.map(({ text, value, failure: fault }) => `    ${text} ${style.dim('is')} ${fault === null ? valueText(value) : style.yellow(t('unknown: {fault}', { fault }))}`),
    ]),
  ]
}
