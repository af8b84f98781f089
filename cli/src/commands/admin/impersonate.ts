/** `br admin impersonate`: the following commands act as somebody else, until it ends. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { updateCredentials } from '../../server/credentials.ts'
import { impersonationLine } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ImpersonateOptions extends ServerOptions {
  reason: string
  minutes?: string
  organisation?: string
}

export function define(command: Command): void {
  command
    .argument('<user>', 'e-mail address or id of a member')
    .requiredOption('--reason <text>', 'why, in 10 characters or more: it is kept in the audit log')
    .option('--minutes <count>', "how long (default: the server's)")
    .option('--organisation <organisation>', 'id or slug (default: your own)')
  serverOptions(command, { project: false })
  examples(command, [['br admin impersonate max@example.com --reason "Support ticket 42" --minutes 60', 'until then, or until br admin stop']])
}

function readMinutes(value: string | undefined): number | undefined {
  const minutes = value === undefined ? undefined : Number(value)
  if (minutes !== undefined && (!Number.isInteger(minutes) || minutes < 1)) throw failure('INVALID_VALUE', { option: '--minutes', value: value as string, expected: 'a count' })
  return minutes
}

export async function run(context: Context, { reason, minutes: given, organisation, ...options }: ImpersonateOptions, [userId = '']: string[]): Promise<void> {
  const minutes = readMinutes(given)
  const { client, ask, settings } = await connect(context, options)
  const { token, impersonation } = await ask(client.admin.startImpersonation({ userId, reason, minutes, organisationId: organisation }))
  const kept = { id: impersonation.id, token: token as string, user: impersonation.user.name, reason: impersonation.reason, endsAt: impersonation.endsAt }
  await updateCredentials(context.env, (before) => ({ ...before, impersonations: { ...before.impersonations, [settings.baseUrl]: kept } }))
  const { style } = context.out
  context.out.result({ impersonation }, () => [`${style.green('✓')} ${impersonationLine(impersonation, style)}`, style.dim(`  ${t('br acts as them from now on; br admin stop ends it')}`)])
}
