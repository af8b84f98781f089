/** `br login`: stores an API key that the server accepts. The key is never an argument (it would show in `ps`) and never printed. */
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
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface LoginOptions extends ServerOptions {
  keyFile?: string
  local?: string | boolean
}

export function define(command: Command): void {
  command.option('--key-file <file>', 'read the key from this file').option('--local [file]', 'take server and key from the local.json of a started server')
  serverOptions(command, { project: false })
  examples(command, [
    ['br login --local', 'the server started with npm start in this checkout'],
    ['br login --local ../buildrunner', 'one started in another folder'],
    ['br login --base-url https://plans.example.com', 'asks for the key'],
    ['br login --key-file key.txt', 'from a file'],
    ['pass buildrunner | br login', 'from a pipe'],
  ])
}

export async function run(context: Context, options: LoginOptions): Promise<void> {
  const { baseUrl, apiKey } = await chosenServer(context, options)
  if (!/^\S{8,}$/.test(apiKey)) throw failure('KEY_MALFORMED', {})
  const connection = connectTo({ baseUrl, baseUrlFrom: 'default', apiKey })
  const viewer = await connection.ask(connection.client.viewer.get())
  await updateCredentials(context.env, (before) => ({ current: baseUrl, servers: { ...before.servers, [baseUrl]: { apiKey } } }))
  const { green, dim, bold } = context.out.style
  context.out.result({ baseUrl, viewer }, () => [
    `${green('✓')} signed in to ${baseUrl} as ${bold(viewer.name)} of ${viewer.organisation.name}`,
    dim(`  key kept in ${credentialsFile(context.env)}`),
  ])
  if (context.env.BUILDRUNNER_API_KEY !== undefined) context.out.warn('BUILDRUNNER_API_KEY is set and comes before the stored key.')
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
    return askSecret(`API key for ${baseUrl}`, (value) => (/^\S{8,}$/.test(value.trim()) ? undefined : 'A key begins with br_ and has no spaces.'))
  if (context.stdin.isTTY === true) throw failure('NEEDS_TERMINAL', { what: 'The API key', remedy: 'Pipe it in, or name a file with --key-file.' })
  return readStream(context.stdin)
}
