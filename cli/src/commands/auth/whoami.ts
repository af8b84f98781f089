/** `br whoami`: whose key or session it is, and what it may do. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect, type Connection } from '../../server/connection.ts'
import { table } from '../../core/style.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  serverOptions(command, { project: false })
  examples(command, [
    ['br whoami', 'name, organisation and key'],
    ['br whoami --json | jq -r .email', 'one fact for a script'],
  ])
}

export async function run(context: Context, options: ServerOptions): Promise<void> {
  const connection = await connect(context, options)
  // who acts as somebody else is shown whom; the session itself tells them nothing about the account
  if (connection.settings.impersonation === undefined && connection.settings.apiKey?.startsWith('bs_') === true) return showSession(context, connection)
  const viewer = await connection.ask(connection.client.viewer.get())
  const { baseUrl, apiKeyFrom } = connection.settings
  const { bold, dim } = context.out.style
  context.out.result({ ...viewer, baseUrl, apiKeyFrom }, () =>
    table([
      [dim('name'), `${bold(viewer.name)} <${viewer.email}>`],
      [dim('organisation'), `${viewer.organisation.name} ${dim(viewer.organisation.slug)}`],
      [dim('server'), baseUrl],
      ...(viewer.impersonation ? [[dim('really'), `${viewer.impersonation.impersonator.name} ${dim(viewer.impersonation.reason)}`]] : []),
      [dim('key'), viewer.apiKey ? `${viewer.apiKey.name} ${dim(`${viewer.apiKey.prefix}… from ${apiKeyFrom}`)}` : dim(`from ${apiKeyFrom}`)],
      ...(viewer.apiKey ? [[dim('scopes'), viewer.apiKey.scopes.join(', ') || '-']] : []),
    ]),
  )
}

async function showSession(context: Context, { client, ask, settings }: Connection): Promise<void> {
  const session = await ask(client.auth.session())
  const current = session.organisations.find((organisation) => organisation.current)
  const { bold, dim } = context.out.style
  context.out.result({ ...session, baseUrl: settings.baseUrl, apiKeyFrom: settings.apiKeyFrom }, () =>
    table([
      [dim('name'), `${bold(session.name)} <${session.email}>`],
      [dim('organisation'), current === undefined ? '-' : `${current.name} ${dim(current.slug)}`],
      [dim('role'), current?.role ?? '-'],
      [dim('server'), settings.baseUrl],
      [dim('session'), `${session.id} ${dim(session.restriction ?? (session.twoFactorEnabled ? 'with a second factor' : 'with a password'))}`],
    ]),
  )
}
