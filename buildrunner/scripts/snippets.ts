/**
 * `npm run docs:snippets`: writes `docs-site/snippets/<operation>/{curl.sh,javascript.mjs,typescript.ts,cli.sh}` from the
 * catalogue, the binding table and the examples. `--check` fails when a committed one would change. That each runs is
 * tested in `snippets.test.ts`, against a server.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { printSnippets } from './snippets/print.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'docs-site', 'snippets')

/** Paths below the folder of snippets that are not what they would be printed as. */
export function outdatedSnippets(): string[] {
  const printed = printSnippets(root)
  const committed = new Map(globSync('*/*', { cwd: folder }).map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]))
  return [...new Set([...printed.keys(), ...committed.keys()])].filter((path) => printed.get(path) !== committed.get(path)).sort()
}

function write(): void {
  const printed = printSnippets(root) // before the old ones go: it may fail
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of printed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const paths = outdatedSnippets()
    for (const path of paths) console.error(`✗ docs-site/snippets/${path} is not what it is printed as; run npm run docs:snippets and commit it`)
    process.exitCode = paths.length === 0 ? 0 : 1
  } else write()
}
