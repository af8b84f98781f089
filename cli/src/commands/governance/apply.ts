/** `br governance apply`: the policy file becomes the rules of the project. */
import { parsePolicy } from '@buildrunner/sdk/policy'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { readPolicyFile } from '../../governance/policy-file.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { readVersion } from './show.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ApplyOptions extends ServerOptions {
  reason: string
  expect?: string
}

export function define(command: Command): void {
  command
    .argument('[file]', 'the policy file (default: the nearest governance/policy.yml)')
    .requiredOption('--reason <text>', 'why, for the history')
    .option('--expect <version>', 'only if this version is in force; 0: if none is')
  serverOptions(command, { project: true })
  examples(command, [['br governance apply --reason "Evidence before done"', 'in force at once; the rules before it are asked first']])
}

export async function run(context: Context, { reason, expect, ...options }: ApplyOptions, [file]: string[]): Promise<void> {
  const expectedVersion = expect === undefined ? undefined : readVersion('--expect', expect)
  const { text, display } = readPolicyFile(context, file)
  const { policy, problems } = parsePolicy(text)
  if (policy === null) {
    const errors = problems.filter(({ severity }) => severity === 'error')
    throw failure('POLICY_HAS_ERRORS', { path: display, errors: errors.length, first: `${errors[0]?.line}:${errors[0]?.column} ${errors[0]?.message}` })
  }
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { version } = await connection.ask(connection.client.governance.apply({ projectId, text, reason, expectedVersion }))
  context.out.result({ version }, () => `${context.out.style.green('✓')} ${t('version {version} is in force: {rules} rules, {phases} phases', { version: version.version, rules: policy.rules.length, phases: policy.phases.length })}`)
}
