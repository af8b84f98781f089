/** `br governance show`: the policy of the project on the server, as its text. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { when } from '../../governance/describe.ts'
import { heldPolicy } from '../../governance/held.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ShowOptions extends ServerOptions {
  policyVersion?: string
}

/** @throws INVALID_VALUE */
export function readVersion(option: string, value: string): number {
  const version = Number(value)
  if (!Number.isInteger(version) || version < 0) throw failure('INVALID_VALUE', { option, value, expected: t('the number of a version (br governance history)') })
  return version
}

export function define(command: Command): void {
  command.option('--policy-version <number>', 'an earlier one (br governance history)')
  serverOptions(command, { project: true })
  examples(command, [
    ['br governance show', 'the one in force'],
    ['br governance show --policy-version 2 > governance/policy.yml', 'back to an earlier one: then br governance apply'],
  ])
}

export async function run(context: Context, { policyVersion, ...options }: ShowOptions): Promise<void> {
  const version = policyVersion === undefined ? undefined : readVersion('--policy-version', policyVersion)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const policy = await heldPolicy(connection, projectId, version)
  if (policy === null && policyVersion !== undefined) throw failure('INVALID_VALUE', { option: '--policy-version', value: policyVersion, expected: t('the number of a version (br governance history)') })
  if (context.out.json) return context.out.result({ policy }, () => '')
  if (policy === null) return context.out.note(t('The project has no rules of its own. br governance apply puts a policy file in force.'))
  context.out.raw(policy.text)
  context.out.note(context.out.errorStyle.dim(t('version {version}, {name}, {createdAt}: {reason}', { version: policy.version.version, name: policy.version.author.name, createdAt: when(policy.version.createdAt), reason: policy.version.reason })))
}
