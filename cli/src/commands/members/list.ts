/** `br members list`: of the organisation, or of one project with the roles that count there. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table } from '../../core/style.ts'
import { oneLine } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { roleName } from './roles.ts'
import { msg, t, translated } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  search?: string
  team?: string
  limit: string
}

export function define(command: Command): void {
  command
    .option('--search <text>', 'only those whose name or e-mail address contains it')
    .option('--team <team>', 'only those of this team')
    .option('-p, --project <project>', 'those who see this project, and in which role')
    .option('--limit <count>', 'at most so many', '100')
  serverOptions(command, { project: false })
  examples(command, [
    ['br members list', 'with roles, seats and teams'],
    ['br members list --project website', 'who may do what there'],
  ])
}

const SOURCES: Readonly<Record<string, string>> = { ORGANISATION: msg('as TenantAdmin'), PROJECT: msg('given here'), DEFAULT: msg('by default') }

export async function run(context: Context, { search, team, project, limit, ...options }: ListOptions): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const { bold, dim } = context.out.style
  const first = pageSize(count)
  if (project !== undefined) {
    const members = await reading(() => client.members.listInProject({ projectId: project, search, first }).toArray({ limit: count }))
    context.out.result({ members }, () => table(members.map(({ name, role, source }) => [bold(oneLine(name)), roleName(role), dim(translated(SOURCES[source] ?? source))])))
    return
  }
  const members = await reading(() => client.members.list({ search, teamId: team, first }).toArray({ limit: count }))
  context.out.result({ members }, () =>
    members.length === 0
      ? dim(t('No member matches.'))
      : table(members.map(({ name, email, role, takesSeat, teams }) => [bold(oneLine(name)), email, roleName(role), takesSeat ? t('seat') : dim(t('no seat')), dim(teams.map(({ slug }) => slug).join(', '))])),
  )
}
