/**
 * `npm run site`: builds documentation and console into docs-site/dist. `--if-changed` does nothing where what is there is made of the
 * same sources. SITE_URL and SITE_API_URL build it for another place than the API process (docs-site/astro.config.ts).
 *
 * It is built beside the old one and put in its place at the end, so that a server never serves half of it.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { BUILT, PLACEHOLDER } from '../../api/src/site/built.ts'
import { takeTurn } from './take-turn.mjs'

const root = join(import.meta.dirname, '..', '..')
const docsSite = join(root, 'docs-site')
const dist = join(docsSite, 'dist')

/** What the site is made of: the pages, and everything that references are generated from. */
const SOURCES = ['docs-site/{src,public,snippets,errors}/**', 'docs-site/*.ts', 'docs-site/package.json', '{sdk,cli}/src/**', 'sdk/*.json', 'sdk/{operations,templates}/**', 'schema/src/**', 'schema/schema.graphql', 'api/src/**', 'buildrunner/scripts/**', 'typedoc.json', 'package-lock.json', '.changeset/*.md', '*/CHANGELOG.md']
/** Tests, and the pages that the build itself writes. */
const NOT_OF_IT = /(\.test\.tsx?$|\/testing\/|\/content\/docs\/(reference\/[^/]+\/|troubleshooting\/|changelog\.md$))/
/** What vitest puts into the environment of those it starts: Astro would take it for its own, and build for development. */
const NOT_FOR_ASTRO = ['BASE_URL', 'DEV', 'MODE', 'PROD', 'SSR']

/** What Astro is started with. */
export function environment(given: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const inherited = Object.entries(given).filter(([name]) => !NOT_FOR_ASTRO.includes(name))
  return { SITE_URL: PLACEHOLDER, ...Object.fromEntries(inherited), ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
}

/** Whether the site is made of this file, rather than this file of the site. */
export const isSource = (file: string): boolean => !NOT_OF_IT.test(file)

function fingerprint(): string {
  const hash = createHash('sha1').update(`${process.env['SITE_URL'] ?? ''} ${process.env['SITE_API_URL'] ?? ''}`)
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root })).map((file) => file.replaceAll('\\', '/'))
  for (const file of [...new Set(files)].sort()) {
    if (!isSource(file) || !statSync(join(root, file)).isFile()) continue
    hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function run(title: string, script: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, script, ...args], { cwd, encoding: 'utf8', env: environment(), maxBuffer: 1 << 28 })
  if (status === 0) return
  console.error(`✗ ${title} failed:\n${stdout}\n${stderr}`)
  process.exit(1)
}

/** The files whose names change with their content are compressed once, as well as it goes. */
function compressAssets(folder: string): void {
  for (const name of readdirSync(join(folder, '_astro'))) {
    if (!['.js', '.css', '.svg', '.json'].includes(extname(name))) continue
    const path = join(folder, '_astro', name)
    const body = readFileSync(path)
    writeFileSync(`${path}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
    writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
  }
}

/** One build at a time in a checkout; a signal ends this one by way of what gives its turn back. */
async function takeBuildTurn(): Promise<() => void> {
  const modules = join(docsSite, 'node_modules')
  mkdirSync(modules, { recursive: true })
  const release = await takeTurn(join(modules, '.site-build'))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
  return release
}

/** @returns whether there was anything to build */
async function buildSite({ ifChanged }: { ifChanged: boolean }): Promise<boolean> {
  const wanted = fingerprint()
  const stamp = join(dist, BUILT)
  const isThere = (): boolean => ifChanged && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isThere()) return false
  const release = await takeBuildTurn()
  if (isThere()) return release(), false
  const next = join(docsSite, '.next')
  rmSync(next, { recursive: true, force: true })
  run('Writing the references', join(import.meta.dirname, 'site', 'references.ts'), [], root)
  for (const page of ['troubleshooting', 'changelog']) run(`Writing the pages of ${page}`, join(import.meta.dirname, 'site', `${page}.ts`), [], root)
  run('Building the site', join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), ['build', '--outDir', next], docsSite)
  compressAssets(next)
  writeFileSync(join(next, BUILT), wanted)
  rmSync(dist, { recursive: true, force: true })
  renameSync(next, dist)
  release()
  return true
}

if (import.meta.main) {
  const ifChanged = process.argv.includes('--if-changed')
  if (ifChanged) setPriority(10) // whoever started it has something else to do
  const startedAt = Date.now()
  if (await buildSite({ ifChanged })) console.log(`Documentation and console are built (${Math.round((Date.now() - startedAt) / 1000)} s).`)
}
