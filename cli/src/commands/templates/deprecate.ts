/** `br template deprecate`: says of a version that nobody should begin with it any more. */
import { parseReference } from '@buildrunner/sdk/template-engine'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface DeprecateOptions extends ServerOptions {
  reason?: string
  undo?: boolean
}

export function define(command: Command): void {
  command.argument('<template>', 'NAME@VERSION').option('--reason <text>', 'why, and what to use instead').option('--undo', 'recommend it again')
  serverOptions(command, { project: false })
  examples(command, [
    ['br template deprecate spike@0.9.0 --reason "Use 1.0.0: it has criteria."', 'plans made from it can still be updated'],
    ['br template deprecate spike@0.9.0 --undo', 'it was right after all'],
  ])
}

export async function run(context: Context, { reason, undo, ...options }: DeprecateOptions, [reference = '']: string[]): Promise<void> {
  const { name, range: version } = parseReference(reference)
  if (version === '*') throw failure('INVALID_VALUE', { option: '<template>', value: reference, expected: 'NAME@VERSION' })
  if ((reason === undefined) === (undo !== true)) throw failure('USAGE', { text: t('Give --reason TEXT, or --undo.') })
  const connection = await connect(context, options)
  const answer = await connection.ask(connection.client.templates.deprecate({ name, version, reason: reason ?? null }))
  context.out.result(answer, () => `${context.out.style.green('✓')} ${undo === true ? t('{name}@{version} is recommended again', { name, version }) : t('{name}@{version} is deprecated', { name, version })}`)
}
