/**
 * Writes the references into `docs-site/src/content/docs/reference/<kind>/`, each from its source and only when that changed: a
 * stamp beside the pages holds the hash of what they were made of. `--force` writes all of them.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..', '..', '..')
export const FOLDER = join(root, 'docs-site', 'src', 'content', 'docs', 'reference')

export interface Reference {
  /** Its folder. */
  readonly kind: string
  /** What it is made of, beside the generators. */
  readonly sources: readonly string[]
  /** Pages by their paths below the folder. */
  readonly print: () => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>
}

const CATALOGUE = ['sdk/operations/*.graphql', 'sdk/documents.json', 'schema/schema.graphql', 'schema/src/**/*.ts', 'api/src/rest/*.ts', 'cli/src/commands.ts', 'buildrunner/scripts/snippets/cli.ts', 'docs-site/snippets/**/*']
const CODES = ['cli/src/core/*.ts', 'sdk/src/error-codes.ts', 'sdk/src/errors.ts', 'sdk/src/domain/*/problems.ts', 'sdk/src/domain/plans/change-error.ts', 'api/src/exit-codes.ts']

export const REFERENCES: readonly Reference[] = [
  { kind: 'rest', sources: CATALOGUE, print: async () => (await import('./references/rest.ts')).restPages() },
  { kind: 'graphql', sources: CATALOGUE, print: async () => (await import('./references/graphql.ts')).graphqlPages() },
  { kind: 'cli', sources: [...CATALOGUE, 'cli/src/**/*.ts'], print: async () => (await import('./references/cli.ts')).cliPages() },
  { kind: 'sdk', sources: [...CATALOGUE, 'sdk/src/**/*.ts', 'typedoc.json'], print: async () => (await import('./references/sdk.ts')).sdkPages() },
  { kind: 'errors', sources: [...CODES, 'schema/src/shared/errors.ts', 'schema/src/qa/decide-run.ts', 'api/src/rest/problem.ts'], print: async () => (await import('./references/errors.ts')).errorPages() },
  { kind: 'formats', sources: ['sdk/*.schema.json', 'governance/*', 'api/src/rest/examples.ts'], print: async () => (await import('./references/formats.ts')).formatPages() },
  { kind: 'configuration', sources: ['api/src/environment.ts'], print: async () => (await import('./references/configuration.ts')).configurationPages() },
]

/** SHA-256 of the names and contents of what a reference is made of. */
function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256')
  const paths = [...sources, 'buildrunner/scripts/site/codes.ts', 'buildrunner/scripts/site/references/*.ts'].flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (name) => /\.test\.ts$/.test(String(name)) }))
  for (const path of [...new Set(paths)].sort()) if (/\.\w+$/.test(path)) hash.update(path).update('\0').update(readFileSync(join(root, path))).update('\0')
  return hash.digest('hex')
}

export interface WriteOptions {
  /** Writes also what is as its sources are. Default: false. */
  readonly force?: boolean
  /** Default: all. */
  readonly kinds?: readonly string[]
  /** Default: that of the site's pages. */
  readonly folder?: string
}

/** @returns the kinds that were written */
export async function writeReferences({ force = false, kinds, folder: parent = FOLDER }: WriteOptions = {}): Promise<string[]> {
  const written: string[] = []
  for (const { kind, sources, print } of REFERENCES.filter((reference) => kinds?.includes(reference.kind) ?? true)) {
    const folder = join(parent, kind)
    const stamp = join(folder, '.stamp')
    const hash = hashOf(sources)
    if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) continue
    const pages = await print() // before the old ones go: it may fail
    rmSync(folder, { recursive: true, force: true })
    for (const [path, text] of pages) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    writeFileSync(stamp, hash)
    written.push(kind)
  }
  return written
}

if (import.meta.main) {
  const kinds = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
  const written = await writeReferences({ force: process.argv.includes('--force'), ...(kinds.length > 0 && { kinds }) })
  console.log(written.length === 0 ? 'The references are as their sources are.' : `✓ ${written.join(', ')}`)
}
