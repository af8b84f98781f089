/** Each operation of the catalogue with everything that documents it, and where each of its forms has its page. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FieldNode, GraphQLField } from 'graphql'
import { getOperationAST, parse, print } from 'graphql'
import { EXAMPLES, EXAMPLE_PROJECT } from '../../../../api/src/rest/examples.ts'
import { OPERATIONS } from '../../../../api/src/rest/index.ts'
import { ROUTES } from '../../../../api/src/rest/routes.ts'
import type { Route, TAGS } from '../../../../api/src/rest/routes.ts'
import { COMMANDS } from '../../../../cli/src/commands.ts'
import { createCosts } from '../../../../schema/src/cost.ts'
import { schema } from '../../../../schema/src/schema.ts'
import { permissionForOthersOf, permissionOf } from '../../../../schema/src/shared/field-permissions.ts'
import { readCatalogue } from '../../../../sdk/codegen/catalogue.ts'
import type { Catalogue, CatalogueOperation } from '../../../../sdk/codegen/catalogue.ts'
import { CLASSES } from '../../../../sdk/src/errors.ts'
import { CLI_COMMANDS } from '../../snippets/cli.ts'
import { slugOf } from '../codes.ts'
import { code, fence, link } from './markdown.ts'

export const root = join(import.meta.dirname, '..', '..', '..', '..')

export interface Operation extends CatalogueOperation {
  /** File of the catalogue: the GraphQL page. */
  readonly domain: string
  readonly field: GraphQLField<unknown, unknown>
  readonly route: Route
  /** Points of its example. */
  readonly cost: number
  /** Markdown: what the key or role needs. */
  readonly permission: string
  /** The command of `br` that does the same. */
  readonly command: string | undefined
  readonly url: Readonly<Record<'rest' | 'sdk' | 'graphql', string>> & { readonly cli: string | undefined }
}

export function readOperations(): { readonly catalogue: Catalogue; readonly operations: readonly Operation[] } {
  const folder = join(root, 'sdk', 'operations')
  const sources = readdirSync(folder).sort().map((file) => ({ name: file.replace('.graphql', ''), text: readFileSync(join(folder, file), 'utf8') }))
  const catalogue = readCatalogue(schema, sources)
  const costs = createCosts(schema)
  const homes = rootFieldHomes(catalogue)
  const operations = catalogue.domains.flatMap(({ name: domain, operations }) => operations.map((operation): Operation => {
    const { name, kind, group, method } = operation
    const route = ROUTES.find((candidate) => candidate.operation === name)
    const field = rootField(operation)
    if (route === undefined || field === undefined) throw new Error(`${name} has no route, or no root field.`)
    const command = commandOf(name)
    const home = homes.get(`${kind}.${field.name}`) ?? domain
    return {
      ...operation, domain, field, route, command,
      cost: costs.costOf(parse(OPERATIONS.get(name)?.text ?? ''), exampleOf(name, EXAMPLE_PROJECT)),
      permission: describePermission(field),
      url: {
        rest: `/reference/rest/${tagSlug(route.tag)}/#${name}`,
        sdk: `/reference/sdk/${group}/#${method.toLowerCase()}`,
        graphql: `/reference/graphql/${home}/#${kind}-${field.name}`,
        cli: command === undefined ? undefined : commandUrl(command),
      },
    }
  }))
  return { catalogue, operations }
}

/** The page of each root field: of the operation that comes straight from it, before all that of its own domain. */
export function rootFieldHomes({ domains }: Catalogue): ReadonlyMap<string, string> {
  const all = domains.flatMap(({ name, operations }) => operations.map((operation) => ({ name, operation })))
  const homes = new Map<string, string>()
  const rank = ({ name, operation }: (typeof all)[number]): number => 2 * operation.depth + (name.startsWith(rootName(operation)) ? 0 : 1)
  for (const { name, operation } of [...all].sort((a, b) => rank(a) - rank(b))) {
    const key = `${operation.kind}.${rootName(operation)}`
    if (!homes.has(key)) homes.set(key, name)
  }
  return homes
}

const rootName = ({ node }: CatalogueOperation): string => (node.selectionSet.selections[0] as FieldNode).name.value
const rootField = (operation: CatalogueOperation): GraphQLField<unknown, unknown> | undefined => schema.getRootType(operation.kind as never)?.getFields()[rootName(operation)]

export function describePermission(field: GraphQLField<unknown, unknown>): string {
  const [permission, others] = [permissionOf(field), permissionForOthersOf(field)]
  if (permission === null) return 'none'
  const page = (name: string): string => link(code(name), '/reference/permissions/')
  return others === null ? page(permission) : `${page(permission)}; for what is somebody else's ${page(others)}`
}

export const tagSlug = (tag: keyof typeof TAGS): string => tag.toLowerCase()

function commandOf(operation: string): string | undefined {
  const lines = (CLI_COMMANDS[operation] ?? '').split('\n').filter((line) => line.startsWith('br '))
  const wanted = lines.map((line) => line.split(' ').slice(1))
  const found = wanted.map((words) => COMMANDS.find(({ path }) => path === `${words[0]} ${words[1]}`) ?? COMMANDS.find(({ path }) => path === words[0]))
  return (found.findLast((command) => command !== undefined && command.path !== 'sync') ?? found[0])?.path
}

/** The folder of a command's code is its domain; small ones share a page. */
const PAGE_OF: Readonly<Record<string, string>> = { examples: 'templates', help: 'tools', completion: 'tools', api: 'tools', health: 'tools', presence: 'events', lint: 'plan' }

/** The page of a command, by the folder that its code is loaded from. */
export function commandPage(path: string): string {
  const [, folder = 'tools'] = /commands\/([a-z-]+)\//.exec(COMMANDS.find((entry) => entry.path === path)?.load.toString() ?? '') ?? []
  return PAGE_OF[folder] ?? folder
}
export const commandUrl = (path: string): string => `/reference/cli/${commandPage(path)}/#br-${path.replaceAll(' ', '-')}`

/** Codes that arrive as a class of the SDK, or as the error type of its name. */
export const codesOf = (className: string): readonly string[] => [...CLASSES].filter(([, type]) => type.prototype.name === className).map(([name]) => name)
export const codeLink = (name: string): string => link(code(name), `/troubleshooting/${slugOf(name)}/`)
/** The codes of the errors that a mutation can answer. */
export const problemCodesOf = ({ errors }: CatalogueOperation): readonly string[] => [...new Set(errors.flatMap(codesOf))]

const SNIPPETS = [['TypeScript', 'typescript.ts', 'ts'], ['curl', 'curl.sh', 'bash'], ['CLI', 'cli.sh', 'bash']] as const

/** The tabs of an operation: its snippets, which are tested, and its GraphQL. */
export function codeTabs({ name }: CatalogueOperation): (readonly [label: string, content: string])[] {
  const files = SNIPPETS.flatMap(([label, file, language]) => {
    const path = `docs-site/snippets/${name}/${file}`
    return existsSync(join(root, path)) ? [[label, fence(language, readFileSync(join(root, path), 'utf8'), `from=${path}`)] as const] : []
  })
  return [...files, ['GraphQL', graphqlExample(name)]]
}

/** The variables of an operation's example, in the words of GraphQL. */
function exampleOf(name: string, project: string): Readonly<Record<string, unknown>> {
  const declared = getOperationAST(parse(OPERATIONS.get(name)?.text ?? ''))?.variableDefinitions?.map(({ variable }) => variable.name.value)
  return { ...(declared?.includes('projectId') === true && { projectId: project }), ...EXAMPLES[name]?.variables }
}

function graphqlExample(name: string): string {
  const variables = exampleOf(name, 'your-project-id')
  const given = Object.keys(variables).length === 0 ? '' : `\n\n${fence('json', JSON.stringify(variables, null, 2), 'title="Variables"')}`
  return `${fence('graphql', print(parse(OPERATIONS.get(name)?.text ?? '')), 'skip="an operation of the catalogue"')}${given}`
}
