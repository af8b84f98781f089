/** `br logout`: ends the session at a server, and forgets it; a key is forgotten and stays valid. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connectTo } from '../../server/connection.ts'
import { readCredentials, updateCredentials } from '../../server/credentials.ts'
import { resolveSettings } from '../../server/settings.ts'
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
      ? `You were not signed in${target === undefined ? '' : ` to ${target}`}.`
      : forgotten.map((url) => `${green('✓')} signed out of ${url}`),
  )
}

/** A server that cannot be asked keeps its session until it expires: that is said, and the token is forgotten all the same. */
async function endSessions(context: Context, target: string | undefined): Promise<void> {
  const sessions = Object.entries(readCredentials(context.env).servers).filter(([url, { apiKey }]) => (target === undefined || url === target) && apiKey.startsWith('bs_'))
  for (const [baseUrl, { apiKey }] of sessions) {
    const { error } = await connectTo({ baseUrl, baseUrlFrom: 'default', apiKey }).client.auth.signOut()
    if (error !== undefined && error.code !== 'UNAUTHENTICATED') context.out.warn(`The session at ${baseUrl} could not be ended (${error.message}); it ends by itself.`)
  }
}
