/**
 * Prints the snippets of the documentation: how each operation is called with curl, with JavaScript alone, with the SDK and
 * with `br`. All are made of the same example (`api/src/rest/examples.ts`); where the catalogue has an `@example`, the
 * TypeScript one is that.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { buildSchema } from 'graphql'
import { EXAMPLES, restExample } from '../../../api/src/rest/examples.ts'
import { OPERATIONS } from '../../../api/src/rest/index.ts'
import type { RestOperation } from '../../../api/src/rest/operations.ts'
import { ROUTES, WITHOUT_KEY } from '../../../api/src/rest/routes.ts'
import type { Route } from '../../../api/src/rest/routes.ts'
import { readCatalogue } from '../../../sdk/codegen/catalogue.ts'
import { CLI_COMMANDS } from './cli.ts'

/** What stands for a reader's own values; a test puts real ones in their places. */
export const PLACEHOLDERS = { baseUrl: 'https://api.buildrunner.com', apiKey: 'your-api-key', projectId: 'your-project-id' } as const

export const FILES = ['curl.sh', 'javascript.mjs', 'typescript.ts', 'cli.sh'] as const

/** Every snippet by its path below `docs-site/snippets`: `<operation>/<file>`. */
export function printSnippets(root: string): Map<string, string> {
  const examples = readExamples(root)
  const snippets = new Map<string, string>()
  for (const route of ROUTES) {
    const operation = OPERATIONS.get(route.operation)
    if (operation === undefined) throw new Error(`${route.operation} is not in the catalogue.`)
    const request = requestOf(operation, route)
    const cli = CLI_COMMANDS[route.operation]
    snippets.set(`${route.operation}/curl.sh`, printCurl(request))
    snippets.set(`${route.operation}/javascript.mjs`, printJavaScript(request))
    snippets.set(`${route.operation}/typescript.ts`, printTypeScript(route.operation, examples.get(route.operation)))
    if (cli !== undefined) snippets.set(`${route.operation}/cli.sh`, `${cli}\n`)
  }
  return snippets
}

/** The `@example` comments of the catalogue, by operation. */
function readExamples(root: string): ReadonlyMap<string, string> {
  const schema = buildSchema(readFileSync(join(root, 'schema', 'schema.graphql'), 'utf8'))
  const folder = join(root, 'sdk', 'operations')
  const sources = readdirSync(folder).sort().map((file) => ({ name: file.replace('.graphql', ''), text: readFileSync(join(folder, file), 'utf8') }))
  const { domains } = readCatalogue(schema, sources)
  return new Map(domains.flatMap(({ operations }) => operations).flatMap(({ name, example }) => (example === '' ? [] : [[name, example] as const])))
}

interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly body: Readonly<Record<string, unknown>> | undefined
  readonly isPublic: boolean
  readonly isStream: boolean
}

function requestOf(operation: RestOperation, route: Route): HttpRequest {
  const values = new Map(Object.entries(restExample(operation, EXAMPLES[operation.name]?.variables ?? {})))
  if (values.has('project_id')) values.set('project_id', PLACEHOLDERS.projectId)
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(values.get(name))
    values.delete(name)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams([...values].flatMap(([name, value]) => [value].flat().map((item) => [name, String(item)])))
  const isRead = route.method === 'GET'
  return {
    method: route.method,
    url: `${PLACEHOLDERS.baseUrl}/api${path}${isRead && values.size > 0 ? `?${query}` : ''}`,
    body: isRead || values.size === 0 ? undefined : Object.fromEntries(values),
    isPublic: WITHOUT_KEY.has(operation.name),
    isStream: operation.kind === 'subscription',
  }
}

function printCurl({ method, url, body, isPublic, isStream }: HttpRequest): string {
  const lines = [`curl -sS --fail-with-body${isStream ? ' -N' : ''}${method === 'GET' ? '' : ` -X ${method}`} "${url}"`]
  if (!isPublic) lines.push(`-H "Authorization: Bearer ${PLACEHOLDERS.apiKey}"`)
  if (body !== undefined) lines.push('-H "Content-Type: application/json"', `-d '${json(body).replaceAll("'", "'\\''")}'`)
  return `${lines.join(' \\\n  ')}\n`
}

const json = (value: unknown): string => (JSON.stringify(value).length < 100 ? JSON.stringify(value) : JSON.stringify(value, null, 2))

const literal = (value: unknown): string => inspect(value, { depth: null, breakLength: 120, compact: 3 }).replace(/\[ (.*?) \]/g, '[$1]')

function printJavaScript({ method, url, body, isPublic, isStream }: HttpRequest): string {
  const headers = [...(isPublic ? [] : [`Authorization: 'Bearer ${PLACEHOLDERS.apiKey}'`]), ...(body === undefined ? [] : ["'Content-Type': 'application/json'"])]
  const init = [
    ...(method === 'GET' ? [] : [`  method: '${method}',\n`]),
    ...(headers.length === 0 ? [] : [`  headers: { ${headers.join(', ')} },\n`]),
    ...(body === undefined ? [] : [`  body: JSON.stringify(${literal(body).replaceAll('\n', '\n  ')}),\n`]),
  ].join('')
  const call = `const response = await fetch('${url}'${init === '' ? '' : `, {\n${init}}`})\n`
  if (isStream) return `${call}if (!response.ok) throw new Error((await response.json()).detail)\nfor await (const text of response.body.pipeThrough(new TextDecoderStream())) console.log(text)\n`
  return `${call}const body = await response.json()\nif (!response.ok) throw new Error(body.detail)\nconsole.log(body)\n`
}

function printTypeScript(operation: string, example: string | undefined): string {
  const { baseUrl, apiKey, projectId } = PLACEHOLDERS
  const variables = EXAMPLES[operation]?.variables ?? {}
  const given = Object.keys(variables).length === 0 ? '' : literal(variables)
  const call = example ?? `const data = await client.${operation.replace('_', '.')}(${given}).orThrow()\nconsole.log(data)`
  const imports = new Set(['BuildRunnerSDK', ...(call.match(/\b[A-Z]\w*Error\b/g) ?? [])])
  return `import { ${[...imports].join(', ')} } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: '${apiKey}', projectId: '${projectId}', baseUrl: '${baseUrl}' })

${call}
`
}
