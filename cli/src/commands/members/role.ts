/** `br members role`: what somebody is, in the organisation or in one project. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { organisationRole, projectRole, roleName } from './roles.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command
    .argument('<member>', 'e-mail address or id')
    .argument('<role>', 'TenantAdmin or Member; with --project PM, TechLead, QA, Contributor, Viewer, or "none" for the default role')
    .option('-p, --project <project>', 'the role in this project')
  serverOptions(command, { project: false })
  examples(command, [
    ['br members role grace@example.com QA --project website', 'in one project'],
    ['br members role grace@example.com TenantAdmin', 'in the organisation'],
  ])
}

export async function run(context: Context, { project, ...options }: ServerOptions, [userId = '', role = '']: string[]): Promise<void> {
  const { green } = context.out.style
  if (project === undefined) {
    const wanted = organisationRole(role)
    const { client, ask } = await connect(context, options)
    const { member } = await ask(client.members.setRole({ userId, role: wanted }))
    context.out.result({ member }, () => `${green('✓')} ${t('{name} is {role}', { name: member.name, role: roleName(member.role) })}`)
    return
  }
  const wanted = role.toLowerCase() === 'none' ? null : projectRole(role)
  const { client, ask } = await connect(context, options)
  const at = { projectId: project, userId }
  const { member } = await (wanted === null ? ask(client.members.removeProjectRole(at)) : ask(client.members.setProjectRole({ ...at, role: wanted })))
  context.out.result({ member }, () => `${green('✓')} ${member === null ? t('{userId} does not see {project} any more', { userId, project }) : t('{name} is {role} in {project}', { name: member.name, role: roleName(member.role), project })}`)
}
