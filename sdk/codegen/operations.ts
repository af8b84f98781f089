/** Prints what runs: the operations by group, the standalone functions, and the documents that the server trusts. */
import { createHash } from 'node:crypto'
import { print, stripIgnoredCharacters } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { fragmentsUsed } from './catalogue.ts'
import type { Catalogue, CatalogueDomain, CatalogueFragment, CatalogueOperation } from './catalogue.ts'
import { HEADER, answerType, coreImports, groupNames, methodDoc, parameters } from './print.ts'
import { docBlock, newImports } from './shapes.ts'
import type { ShapeContext } from './shapes.ts'

/** From the modules that run to the core. */
const CORE = '../../'

/** The documents of one catalogue, under an id that changes with any of them. */
export interface Manifest {
  id: string
  /** Text by the name of its operation, fragments included. */
  documents: Record<string, string>
}

const compact = ({ node }: Pick<CatalogueFragment, 'node'> | CatalogueOperation): string => stripIgnoredCharacters(print(node))
const allOperations = (catalogue: Catalogue): CatalogueOperation[] => catalogue.domains.flatMap(({ operations }) => operations)
const fragmentsOf = ({ node }: CatalogueOperation, { fragments }: Catalogue): string[] => [...fragmentsUsed(node, fragments)].sort()

/** The id is the beginning of the SHA-256 of the sorted texts, in base64url. */
export function manifestOf(catalogue: Catalogue): Manifest {
  const textOf = (operation: CatalogueOperation): string =>
    [compact(operation), ...fragmentsOf(operation, catalogue).map((name) => compact(catalogue.fragments.get(name)!))].join('')
  const documents = Object.fromEntries(allOperations(catalogue).map((operation) => [operation.name, textOf(operation)] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
  const id = createHash('sha256').update(Object.values(documents).sort().join('\n')).digest('base64url').slice(0, 16)
  return { id, documents }
}

/** The modules that run, by their names: `manifest`, `documents`, `operations/<domain>` and `functions/<group>`. */
export function printOperations(schema: GraphQLSchema, catalogue: Catalogue): Map<string, string> {
  const files = new Map([['manifest', printManifest(manifestOf(catalogue))], ['documents', printDocuments(catalogue)]])
  const domains = catalogue.domains.filter(({ operations }) => operations.length > 0)
  for (const domain of domains) {
    files.set(`operations/${domain.name}`, printDomainOperations(domain))
    for (const group of groupNames(domain)) files.set(`functions/${group}`, printFunctions({ schema, catalogue, imports: newImports() }, domain, group))
  }
  return files.set('operations/index', printGroups(domains))
}

const printManifest = ({ id }: Manifest): string =>
  `${HEADER('sdk/operations')}\n/** Names the documents of this version to the server. */\nexport const MANIFEST = '${id}'\n`

/** The texts, put together from fragments that stand here once. */
function printDocuments(catalogue: Catalogue): string {
  const names = [...catalogue.fragments.keys()].sort()
  const fragments = names.map((name) => `const ${name} = ${quote(compact(catalogue.fragments.get(name)!))}\n`)
  const entries = allOperations(catalogue).map((operation) => `  ${operation.name}: ${[quote(compact(operation)), ...fragmentsOf(operation, catalogue)].join(' + ')},\n`)
  return `${HEADER('sdk/operations')}\n${fragments.join('')}
/** The text of every operation of the catalogue, by its name. */
export const documents: Readonly<Record<string, string>> = {\n${entries.sort().join('')}}\n`
}

function printDomainOperations(domain: CatalogueDomain): string {
  const operations = domain.operations.map((operation) => `export const ${operation.name}: Operation = ${printOperation(operation)}\n`)
  const groups = groupNames(domain).map((group) => {
    const methods = domain.operations.filter((operation) => operation.group === group).map(({ method, name }) => `  ${method}: ${name},\n`)
    return `export const ${group} = {\n${methods.join('')}}\n`
  })
  return `${HEADER(`sdk/operations/${domain.name}.graphql`)}import type { Operation } from '${CORE}request.ts'\n\n${operations.join('')}\n${groups.join('\n')}`
}

/** What the client has to know of an operation; its text is the server's. */
function printOperation({ name, kind, projectId, once, depth, items }: CatalogueOperation): string {
  const members = { name, kind, projectId, key: once ? false : undefined, depth: depth > 1 ? depth : undefined, items }
  const given = Object.entries(members).filter(([, value]) => value !== undefined)
  return `{ ${given.map(([key, value]) => `${key}: ${typeof value === 'string' ? quote(value) : value}`).join(', ')} }`
}

function printGroups(domains: readonly CatalogueDomain[]): string {
  const imports = domains.map((domain) => `import { ${groupNames(domain).join(', ')} } from './${domain.name}.ts'\n`)
  return `${HEADER('sdk/operations')}${imports.join('')}
/** The operations of the catalogue, by group and method. */
export const groups = { ${domains.flatMap(groupNames).sort().join(', ')} }\n`
}

function printFunctions(context: ShapeContext, domain: CatalogueDomain, group: string): string {
  const operations = domain.operations.filter((operation) => operation.group === group)
  const functions = operations.map((operation) => {
    const doc = docBlock(methodDoc(context, operation).replaceAll(`client.${group}.${operation.method}()`, `${operation.functionName}(client)`)
      .replaceAll(`client.${group}.${operation.method}(`, `${operation.functionName}(client, `))
    const signature = `${operation.functionName}(client: Client, ${parameters(context, operation)}): ${answerType(operation)}`
    return `${doc}export function ${signature} {\n  return ${binderOf(operation)}(client, ${operation.name}, variables, options)\n}\n`
  })
  const types = operations.flatMap((operation) => [parameters(context, operation), answerType(operation)]).flatMap((text) => text.match(/\w+(Variables|Data)\b/g) ?? [])
  const binders = [...new Set(operations.map(binderOf))].sort()
  return `${HEADER(`sdk/operations/${domain.name}.graphql`)}import { ${binders.join(', ')} } from '${CORE}call.ts'
import type { Client } from '${CORE}client.ts'
${coreImports(operations, newImports(), CORE)}import type { ${[...new Set(types)].sort().join(', ')} } from '../${domain.name}.ts'
import { ${operations.map(({ name }) => name).sort().join(', ')} } from '../operations/${domain.name}.ts'

export type * from '../${domain.name}.ts'

${functions.join('\n')}`
}

const binderOf = ({ kind, items }: CatalogueOperation): string => (kind === 'subscription' ? 'watch' : items ? 'list' : 'call')

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
