/** `br whoami`: whose key or session it is, and what it may do. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect, type Connection } from '../../server/connection.ts'
import { table } from '../../core/style.ts'
import { t } from '../../text/text.ts'
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
      [dim(t('name')), `${bold(viewer.name)} <${viewer.email}>`],
      [dim(t('organisation')), `${viewer.organisation.name} ${dim(viewer.organisation.slug)}`],
      [dim(t('server')), baseUrl],
      ...(viewer.impersonation ? [[dim(t('really')), `${viewer.impersonation.impersonator.name} ${dim(viewer.impersonation.reason)}`]] : []),
      [dim(t('key')), viewer.apiKey ? `${viewer.apiKey.name} ${dim(t('{prefix}… from {apiKeyFrom}', { prefix: viewer.apiKey.prefix, apiKeyFrom }))}` : dim(t('from {apiKeyFrom}', { apiKeyFrom }))],
      ...(viewer.apiKey ? [[dim(t('scopes')), viewer.apiKey.scopes.join(', ') || '-']] : []),
    ]),
  )
}

async function showSession(context: Context, { client, ask, settings }: Connection): Promise<void> {
  const session = await ask(client.auth.session())
  const current = session.organisations.find((organisation) => organisation.current)
  const { bold, dim } = context.out.style
  context.out.result({ ...session, baseUrl: settings.baseUrl, apiKeyFrom: settings.apiKeyFrom }, () =>
    table([
      [dim(t('name')), `${bold(session.name)} <${session.email}>`],
      [dim(t('organisation')), current === undefined ? '-' : `${current.name} ${dim(current.slug)}`],
      [dim(t('role')), current?.role ?? '-'],
      [dim(t('server')), settings.baseUrl],
      [dim(t('session')), `${session.id} ${dim(session.restriction ?? (session.twoFactorEnabled ? t('with a second factor') : t('with a password')))}`],
    ]),
  )
}
