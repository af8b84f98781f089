/**
 * `npm run generate`: the Prisma client from the models, `schema/schema.graphql` from the Pothos schema, and the SDK's modules from
 * that schema and `sdk/operations`. Each is made of the one before. `--check` fails when a committed file would change.
 */
import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildSchema } from 'graphql'
import { readCatalogue } from '../../sdk/codegen/catalogue.ts'
import { printAll } from '../../sdk/codegen/print.ts'

const root = join(import.meta.dirname, '..', '..')
const output = join(root, 'sdk', 'src', '_generated')
const printedSchema = join(root, 'schema', 'schema.graphql')

function node(...args: string[]): void {
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** One module for each domain of the catalogue; what no operation asks for any more goes. */
function generateSdk(): void {
  const schema = buildSchema(readFileSync(printedSchema, 'utf8'))
  const files = globSync('sdk/operations/*.graphql', { cwd: root }).sort()
  const sources = files.map((file) => ({ name: basename(file, '.graphql'), text: readFileSync(join(root, file), 'utf8') }))
  const modules = printAll(schema, readCatalogue(schema, sources))
  mkdirSync(output, { recursive: true })
  for (const file of readdirSync(output)) if (!modules.has(basename(file, '.ts'))) rmSync(join(output, file))
  for (const [name, content] of modules) writeFileSync(join(output, `${name}.ts`), content)
}

/** Names of committed files that are not what they would be generated as. */
function outdated(): string[] {
  const committed = [printedSchema, ...readdirSync(output).map((file) => join(output, file))]
  const before = new Map(committed.map((file) => [file, readFileSync(file, 'utf8')]))
  generate()
  const after = [printedSchema, ...readdirSync(output).map((file) => join(output, file))]
  return [...new Set([...committed, ...after])].filter((file) => !after.includes(file) || before.get(file) !== readFileSync(file, 'utf8'))
}

function generate(): void {
  node('node_modules/prisma/build/index.js', 'generate')
  node('--conditions=@buildrunner/source', 'schema/src/print.ts')
  generateSdk()
}

if (process.argv.includes('--check')) {
  const changed = outdated()
  for (const file of changed) console.error(`✗ ${file.slice(root.length + 1)} was not what it is generated as; commit it`)
  process.exitCode = changed.length === 0 ? 0 : 1
} else generate()
