/**
 * `npm run generate`: the Prisma client from the models, `schema/schema.graphql` from the Pothos schema, the SDK's modules,
 * entries and documents from that schema and `sdk/operations`, what its entries for own documents and for urql know of the
 * schema, and the documentation's pages of permissions and
 * of what rules may speak of. Each is made of the one before. `--check` fails when a committed file would change.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const outputs = ['', 'graphql', 'urql'].map((entry) => join(root, 'sdk', 'src', entry, '_generated'))
/** Those among others: the schema as it is printed, what the server trusts, the SDK's entries, who may do what, and what rules speak of. */
const single = ['schema/schema.graphql', 'sdk/documents.json', 'sdk/package.json', 'docs-site/src/content/docs/reference/permissions.md', 'docs-site/src/content/docs/reference/policy.md'].map((file) => join(root, file))

function node(...args: string[]): void {
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

function generatedFiles(): string[] {
  const entries = outputs.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  return [...single, ...entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))]
}

/** Names of committed files that are not what they would be generated as. */
function outdated(): string[] {
  const committed = generatedFiles()
  const before = new Map(committed.map((file) => [file, readFileSync(file, 'utf8')]))
  generate()
  const after = generatedFiles()
  return [...new Set([...committed, ...after])].filter((file) => !after.includes(file) || before.get(file) !== readFileSync(file, 'utf8'))
}

function generate(): void {
  node('node_modules/prisma/build/index.js', 'generate')
  node('--conditions=@buildrunner/source', 'schema/src/print.ts')
  node('node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts', '--silent')
  node('sdk/scripts/write-introspection.ts')
  node('--conditions=@buildrunner/source', 'buildrunner/scripts/permissions-page.ts')
  node('buildrunner/scripts/policy-page.ts')
}

if (process.argv.includes('--check')) {
  const changed = outdated()
  for (const file of changed) console.error(`✗ ${file.slice(root.length + 1)} was not what it is generated as; commit it`)
  process.exitCode = changed.length === 0 ? 0 : 1
} else generate()
