/** The import directions of the house, read from the sources: who may import whom, and which files are too long. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'

export interface Violation { file: string; imports?: string; reason: string }

type Part = 'prisma' | 'schema' | 'api' | 'sdk' | 'cli' | 'docs-site' | 'examples' | 'buildrunner'

/**
 * What each part may reach, as path prefixes of the repository. `sdk` reaches nothing: it is published alone. The catalogue of
 * operations is data.
 */
const PURE = 'sdk/src/domain/'
/** Retries and the circuit breaker: one implementation for client and server. */
const RESILIENCE = 'sdk/src/resilience/'
const ALLOWED: Record<Part, readonly string[]> = {
  prisma: ['prisma/'],
  sdk: ['sdk/'],
  schema: ['schema/', 'prisma/', PURE, RESILIENCE],
  api: ['api/', 'schema/', 'prisma/', PURE, RESILIENCE, 'sdk/documents.json'],
  cli: ['cli/', 'sdk/'],
  'docs-site': ['docs-site/', 'sdk/'],
  examples: ['examples/', 'sdk/'],
  buildrunner: [''],
}
/** Measuring and testing need the other side: a benchmark its result type, a journey its server. */
const EXEMPT = /(\.test\.ts|\/testing\/.*|\/(bench|soak|test)\/.*|\.bench\.ts)$/
/** Entry points that packages export, as the files behind them. */
const PACKAGES: Record<string, string> = {
  '@buildrunner/sdk': 'sdk/src/index.ts', '@buildrunner/sdk/plans': 'sdk/src/domain/plans/index.ts',
  '@buildrunner/sdk/policy': 'sdk/src/domain/policy/index.ts',
  '@buildrunner/sdk/resilience': 'sdk/src/resilience/index.ts',
  '@buildrunner/schema': 'schema/src/schema.ts', '@buildrunner/prisma': 'prisma/index.ts',
  '@buildrunner/api': 'api/src/main.ts', '@buildrunner/cli': 'cli/src/main.ts',
}
const MAX_LINES = 400
const IMPORT = /(?:^|[\s;}])(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g

export interface SourceFile { path: string; text: string }

export function checkFiles(files: readonly SourceFile[]): Violation[] {
  const violations = files.flatMap(({ path, text }) => [...checkLength(path, text), ...importsOf(path, text).flatMap((target) => checkImport(path, target))])
  return [...violations, ...serviceCycles(files)]
}

function checkLength(file: string, text: string): Violation[] {
  const lines = text.split('\n').length - 1
  return lines > MAX_LINES ? [{ file, reason: `has ${lines} lines; ${MAX_LINES} are the most` }] : []
}

/** Repository paths of what a file imports; packages from elsewhere are left out. */
export function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, , specifier = '', dynamic = '']) => resolve(file, specifier || dynamic) ?? [])
}

function resolve(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier)
  if (PACKAGES[specifier]) return PACKAGES[specifier]
  const inSchema = /^@buildrunner\/schema\/(.+)$/.exec(specifier)?.[1]
  return inSchema && `schema/src/${inSchema}.ts`
}

function checkImport(file: string, imports: string): Violation[] {
  if (EXEMPT.test(file)) return []
  const part = file.split('/')[0] as Part
  if (!(ALLOWED[part] ?? ['']).some((prefix) => imports.startsWith(prefix))) {
    return [{ file, imports, reason: `${part} may not import from ${imports.split('/')[0]}` }]
  }
  const [from, to] = [domainOf(file), serviceDomain(imports)]
  const crosses = from !== undefined && to !== undefined && from !== to
  return crosses && serviceDomain(file) === undefined ? [{ file, imports, reason: 'only a service may call another domain\'s service' }] : []
}

/** `schema/src/<domain>/...`, without the shared folder and what lies at the root. */
function domainOf(file: string): string | undefined {
  const domain = /^schema\/src\/([^/]+)\//.exec(file)?.[1]
  return domain === 'shared' || domain === 'testing' ? undefined : domain
}

function serviceDomain(file: string): string | undefined {
  return /\/service\.ts$/.test(file) ? domainOf(file) : undefined
}

/** Services that call each other in a circle could not be loaded, tested or understood alone. */
function serviceCycles(files: readonly SourceFile[]): Violation[] {
  const calls = ({ path, text }: SourceFile) => importsOf(path, text).filter((target) => serviceDomain(target))
  const services = new Map(files.filter(({ path }) => serviceDomain(path)).map((file) => [file.path, calls(file)]))
  const violations: Violation[] = []
  const visit = (file: string, path: readonly string[]): void => {
    const circle = path.includes(file) ? [...path.slice(path.indexOf(file)), file] : undefined
    if (circle) violations.push({ file, imports: path.at(-1), reason: `the services ${circle.join(' > ')} call each other in a circle` })
    else for (const next of services.get(file) ?? []) visit(next, [...path, file])
  }
  for (const file of services.keys()) visit(file, [])
  return violations
}

/** The sources of the repository, without what is generated or installed. */
export function readSources(root: string): SourceFile[] {
  const ignored = ['**/node_modules/**', '**/dist/**', '**/_generated/**']
  return globSync('{prisma,schema,api,sdk,cli,docs-site,examples,buildrunner}/**/*.{ts,mts,tsx,mjs}', { cwd: root, exclude: ignored })
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(root, path), 'utf8') }))
}

if (import.meta.main) {
  const root = dirname(dirname(import.meta.dirname))
  const violations = checkFiles(readSources(root))
  for (const { file, imports, reason } of violations) console.error(`✗ ${relative('', join(root, file))}${imports ? ` imports ${imports}` : ''}: ${reason}`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
