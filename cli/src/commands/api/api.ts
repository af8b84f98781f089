/** `br api`: any GraphQL operation, with the key and server of br. The answer is always JSON. */
import { text as readStream } from 'node:stream/consumers'
import { append, examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { readTextFile } from '../../files/workspace.ts'
import { connect, fromSdk } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ApiOptions extends ServerOptions {
  field?: string[]
  rawField?: string[]
  variables?: string
  input?: string
}

export function define(command: Command): void {
  command
    .argument('[document]', 'the GraphQL document; - reads stdin')
    .option('-F, --field <name=value>', 'a variable; true, false, null, numbers and JSON are understood, @file reads a file', append)
    .option('-r, --raw-field <name=text>', 'a variable that is text as it stands', append)
    .option('--variables <json>', 'all variables as one JSON object')
    .option('--input <file>', 'read the document from this file')
  serverOptions(command, { project: true })
  examples(command, [
    [`br api '{ viewer { name } }'`, 'a query'],
    [`br api --input op.graphql -F first=10 -r search=web`, 'a document from a file, with variables'],
    [`br api 'query($projectId: ID!) { project(projectId: $projectId) { name } }' -p my-app`, '--project fills $projectId'],
    [`cat op.graphql | br api - --variables '{"first":10}'`, 'from a pipe'],
  ])
}

export async function run(context: Context, options: ApiOptions, [document]: string[]): Promise<void> {
  const source = await readDocument(context, options, document)
  const variables = readVariables(context, options)
  const connection = await connect(context, options)
  const { projectId, baseUrl } = connection.settings
  if (projectId !== undefined && variables.projectId === undefined && /\$projectId\b/.test(source)) variables.projectId = projectId
  const { data, error } = await connection.client.request(source, variables)
  // Partial data is data: it is printed although the exit code tells of the error.
  if (data !== undefined && data !== null) context.out.raw(`${JSON.stringify(data, null, 2)}\n`)
  if (error !== undefined) throw fromSdk(error, baseUrl)
}

async function readDocument(context: Context, options: ApiOptions, document: string | undefined): Promise<string> {
  if (document !== undefined && options.input !== undefined) throw failure('USAGE', { text: t('The document is given twice: as an argument and with --input.') })
  if (options.input !== undefined) return readTextFile(context.cwd, options.input)
  if (document !== undefined && document !== '-') return document
  if (document === undefined && context.stdin.isTTY === true)
    throw failure('USAGE', { text: t('There is no document.'), remedy: t('For example: {command}', { command: "br api '{ viewer { name } }'" }) })
  return readStream(context.stdin)
}

function readVariables(context: Context, options: ApiOptions): Record<string, unknown> {
  const variables: Record<string, unknown> = {}
  if (options.variables !== undefined) {
    const value = parseJson(options.variables)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw failure('INVALID_VALUE', { option: '--variables', value: options.variables, expected: t('a JSON object') })
    Object.assign(variables, value)
  }
  for (const [name, value] of (options.field ?? []).map((pair) => split('--field', pair))) variables[name] = typed(context, value)
  for (const [name, value] of (options.rawField ?? []).map((pair) => split('--raw-field', pair))) variables[name] = value
  return variables
}

function split(option: string, pair: string): [name: string, value: string] {
  const at = pair.indexOf('=')
  if (at < 1) throw failure('INVALID_VALUE', { option, value: pair, expected: 'name=value' })
  return [pair.slice(0, at), pair.slice(at + 1)]
}

function typed(context: Context, value: string): unknown {
  if (value.startsWith('@')) {
    const text = readTextFile(context.cwd, value.slice(1))
    return parseJson(text) ?? text
  }
  // Only what is meant as JSON: a bare word stays text, so that search=web needs no quotes.
  return /^(true|false|null|-?\d|\[|\{|")/.test(value) ? (value === 'null' ? null : (parseJson(value) ?? value)) : value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
