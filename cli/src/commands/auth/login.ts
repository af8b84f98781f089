/** `br login`: stores an API key that the server accepts, or a session. Secrets are never arguments (they would show in `ps`) and never printed. */
import * as fs from 'node:fs'
import path from 'node:path'
import { text as readStream } from 'node:stream/consumers'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { askSecret } from '../../core/prompts.ts'
import { readTextFile } from '../../files/workspace.ts'
import { connectTo } from '../../server/connection.ts'
import { credentialsFile, updateCredentials } from '../../server/credentials.ts'
import { findLocalServer, readLocalServer, resolveSettings } from '../../server/settings.ts'
import { secretReader } from './secrets.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface LoginOptions extends ServerOptions {
  email?: string
  keyFile?: string
  local?: string | boolean
}

export function define(command: Command): void {
  command.option('--email <address>', 'sign in with a password, and the code of a second factor').option('--key-file <file>', 'read the key from this file').option('--local [file]', 'take server and key from the local.json of a started server')
  serverOptions(command, { project: false })
  examples(command, [
    ['br login --local', 'the server started with npm start in this checkout'],
    ['br login --local ../buildrunner', 'one started in another folder'],
    ['br login --base-url https://plans.example.com', 'asks for the key'],
    ['br login --key-file key.txt', 'from a file'],
    ['pass buildrunner | br login', 'from a pipe'],
    ['br login --email ada@example.com', 'with a password; from a pipe: password and code, one a line'],
  ])
}

export async function run(context: Context, options: LoginOptions): Promise<void> {
  const { baseUrl, apiKey } = options.email === undefined ? await chosenServer(context, options) : await signIn(context, options, options.email)
  if (!/^\S{8,}$/.test(apiKey)) throw failure('KEY_MALFORMED', {})
  const connection = connectTo({ baseUrl, baseUrlFrom: 'default', apiKey })
  const viewer = await (options.email === undefined ? connection.ask(connection.client.viewer.get()) : readSession(connection))
  await updateCredentials(context.env, (before) => ({ current: baseUrl, servers: { ...before.servers, [baseUrl]: { apiKey } } }))
  const { green, dim, bold } = context.out.style
  context.out.result({ baseUrl, viewer }, () => [
    `${green('✓')} ${viewer.organisation === null ? t('signed in to {baseUrl} as {name}', { baseUrl, name: bold(viewer.name) }) : t('signed in to {baseUrl} as {name} of {name2}', { baseUrl, name: bold(viewer.name), name2: viewer.organisation.name })}`,
    dim(`  ${options.email === undefined ? t('key kept in {env}', { env: credentialsFile(context.env) }) : t('session kept in {env}', { env: credentialsFile(context.env) })}`),
  ])
  if ('restriction' in viewer && viewer.restriction === 'MFA_REQUIRED') context.out.warn(t('The organisation asks for a second factor: br auth two-factor enable'))
  if (context.env.BUILDRUNNER_API_KEY !== undefined) context.out.warn(t('BUILDRUNNER_API_KEY is set and comes before the stored key.'))
}

/** A session may lack what reading the organisation needs: its person is readable always. */
async function readSession({ client, ask }: ReturnType<typeof connectTo>) {
  const { organisations, ...session } = await ask(client.auth.session())
  return { ...session, organisation: organisations.find(({ current }) => current) ?? null }
}

async function signIn(context: Context, options: LoginOptions, email: string): Promise<{ baseUrl: string; apiKey: string }> {
  const { baseUrl } = resolveSettings(context, options)
  const { client, ask } = connectTo({ baseUrl, baseUrlFrom: 'default' })
  const askFor = secretReader(context)
  const { token, challenge } = await ask(client.auth.signIn({ email, password: await askFor(t('Password')) }))
  const session = challenge === null ? token : (await ask(client.auth.completeSignIn({ challenge: challenge.token, code: await askFor(t('Code of the authenticator app, or a recovery code')) }))).token
  return { baseUrl, apiKey: session ?? '' }
}

async function chosenServer(context: Context, options: LoginOptions): Promise<{ baseUrl: string; apiKey: string }> {
  if (options.local !== undefined && options.local !== false) {
    const local = localServer(context, options.local)
    return { baseUrl: local.apiUrl, apiKey: local.apiKey }
  }
  const { baseUrl } = resolveSettings({ ...context }, options)
  return { baseUrl, apiKey: (await readKey(context, options, baseUrl)).trim() }
}

function localServer(context: Context, named: string | boolean): { apiUrl: string; apiKey: string } {
  if (typeof named !== 'string') {
    const found = findLocalServer(context.cwd, context.env)
    if (found === undefined) throw failure('NO_LOCAL_SERVER', { path: path.join('.buildrunner', 'local.json') })
    return found
  }
  const given = path.resolve(context.cwd, named)
  const candidates = [given, path.join(given, 'local.json'), path.join(given, '.buildrunner', 'local.json')]
  const file = candidates.find((candidate) => fs.statSync(candidate, { throwIfNoEntry: false })?.isFile() === true)
  const found = file === undefined ? undefined : readLocalServer(file)
  if (found === undefined) throw failure('NO_LOCAL_SERVER', { path: file ?? path.join(named, 'local.json') })
  return found
}

async function readKey(context: Context, options: LoginOptions, baseUrl: string): Promise<string> {
  if (options.keyFile !== undefined) return readTextFile(context.cwd, options.keyFile)
  if (context.interactive)
    return askSecret(t('API key for {baseUrl}', { baseUrl }), (value) => (/^\S{8,}$/.test(value.trim()) ? undefined : t('A key begins with br_ and has no spaces.')))
  if (context.stdin.isTTY === true) throw failure('NEEDS_TERMINAL', { what: t('The API key'), remedy: t('Pipe it in, or name a file with --key-file.') })
  return readStream(context.stdin)
}
