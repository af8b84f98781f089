/** `br members invite`: by mail; only who signs in under that address can accept. */
import { collect, examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { organisationRole, projectRole } from './roles.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface InviteOptions extends Omit<ServerOptions, 'project'> {
  role: string
  project?: string[]
  team?: string[]
}

export function define(command: Command): void {
  command
    .argument('<email>', 'where the invitation is mailed to')
    .option('--role <role>', 'in the organisation: Member or TenantAdmin', 'Member')
    .option('-p, --project <project=role>', 'a role in a project that comes with it (again for more)', collect)
    .option('--team <team>', 'a team that comes with it (again for more)', collect)
  serverOptions(command, { project: false })
  examples(command, [['br members invite linus@example.com --project website=Contributor', 'with a role in one project']])
}

function given(text: string): { projectId: string; role: ReturnType<typeof projectRole> } {
  const [, projectId, role] = /^(.+)=([^=]+)$/.exec(text) ?? []
  if (projectId === undefined || role === undefined) throw failure('INVALID_VALUE', { option: '--project', value: text, expected: t('a project and a role, e.g. website=QA') })
  return { projectId, role: projectRole(role) }
}

export async function run(context: Context, { role, project = [], team = [], ...options }: InviteOptions, [email = '']: string[]): Promise<void> {
  const input = { email, role: organisationRole(role), projectRoles: project.map(given), teamIds: team }
  const { client, ask } = await connect(context, options)
  const { invitation } = await ask(client.members.invite(input))
  const { green, dim } = context.out.style
  context.out.result({ invitation }, () => `${green('✓')} ${t('invitation mailed to {email}, until {expiresAt}', { email: invitation.email, expiresAt: invitation.expiresAt.slice(0, 10) })}  ${dim(invitation.id)}`)
}
