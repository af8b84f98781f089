/** `br logout`: ends the session at a server, and forgets it; a key is forgotten and stays valid. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connectTo } from '../../server/connection.ts'
import { readCredentials, updateCredentials } from '../../server/credentials.ts'
import { resolveSettings } from '../../server/settings.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface LogoutOptions extends ServerOptions {
  all?: boolean
}

export function define(command: Command): void {
  serverOptions(command, { project: false }).option('--all', 'of every server')
  examples(command, [
    ['br logout', 'the server you are signed in to'],
    ['br logout --all', 'every server'],
  ])
}

export async function run(context: Context, options: LogoutOptions): Promise<void> {
  const target = options.all === true ? undefined : resolveSettings(context, options).baseUrl
  let forgotten: string[] = []
  await endSessions(context, target)
  await updateCredentials(context.env, ({ current, servers }) => {
    forgotten = Object.keys(servers).filter((url) => target === undefined || url === target)
    const rest = Object.fromEntries(Object.entries(servers).filter(([url]) => !forgotten.includes(url)))
    return { ...(current !== undefined && current in rest ? { current } : {}), servers: rest }
  })
  const { green } = context.out.style
  context.out.result({ forgotten }, () =>
    forgotten.length === 0
      ? target === undefined ? t('You were not signed in.') : t('You were not signed in to {target}.', { target })
      : forgotten.map((url) => `${green('✓')} ${t('signed out of {url}', { url })}`),
  )
}

/** A server that cannot be asked keeps its session until it expires: that is said, and the token is forgotten all the same. */
async function endSessions(context: Context, target: string | undefined): Promise<void> {
  const sessions = Object.entries(readCredentials(context.env).servers).filter(([url, { apiKey }]) => (target === undefined || url === target) && apiKey.startsWith('bs_'))
  for (const [baseUrl, { apiKey }] of sessions) {
    const { error } = await connectTo({ baseUrl, baseUrlFrom: 'default', apiKey }).client.auth.signOut()
    if (error !== undefined && error.code !== 'UNAUTHENTICATED') context.out.warn(t('The session at {baseUrl} could not be ended ({message}); it ends by itself.', { baseUrl, message: error.message }))
  }
}
