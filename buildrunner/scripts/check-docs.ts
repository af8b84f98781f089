/**
 * `npm run check:docs`: every export of the SDK, and every member of an exported class or interface, has a documentation comment,
 * and every link in one leads somewhere. Members of anonymous types are documented where the type is.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Application, LogLevel, ReflectionKind } from 'typedoc'
import type { DeclarationReflection, ProjectReflection, Reflection } from 'typedoc'

const root = dirname(dirname(import.meta.dirname))

const EXPORTS = ReflectionKind.Class | ReflectionKind.Interface | ReflectionKind.Function | ReflectionKind.Variable | ReflectionKind.TypeAlias | ReflectionKind.Enum
const MEMBERS = ReflectionKind.Property | ReflectionKind.Method | ReflectionKind.Accessor

export interface Coverage {
  readonly documented: number
  /** `name (file:line)` of each that is not. */
  readonly missing: readonly string[]
}

export function coverageOf(project: ProjectReflection): Coverage {
  const wanted = Object.values(project.reflections).filter(isWanted)
  const missing = wanted.filter((reflection) => !isDocumented(reflection)).map((reflection) => `${reflection.getFriendlyFullName()} (${placeOf(reflection)})`)
  return { documented: wanted.length - missing.length, missing: [...new Set(missing)].sort() }
}

function isWanted(reflection: Reflection): reflection is DeclarationReflection {
  if (reflection.flags.isExternal || reflection.flags.isInherited || isRelay(reflection)) return false
  if (reflection.kindOf(EXPORTS)) return reflection.parent?.kindOf(ReflectionKind.Module | ReflectionKind.Project) ?? false
  if (!reflection.kindOf(MEMBERS) || !reflection.parent?.kindOf(ReflectionKind.Class | ReflectionKind.Interface)) return false
  // What overwrites a member of a parent, and what a standard interface asks for, is said there.
  const { overwrites, inheritedFrom, implementationOf } = reflection as DeclarationReflection
  return overwrites === undefined && inheritedFrom === undefined && implementationOf === undefined
}

/** Relay's own fields have no description in the schema: ids, cursors and pages are what its specification says. */
const isRelay = (reflection: Reflection): boolean =>
  placeOf(reflection).includes('/_generated/') && (reflection.parent?.kindOf(ReflectionKind.Interface) === true || reflection.name === 'PageInfo')

const isDocumented = ({ comment, signatures = [], getSignature, type }: DeclarationReflection): boolean =>
  [comment, getSignature?.comment, ...signatures.map((signature) => signature.comment)].some((found) => found !== undefined && found.summary.length > 0) ||
  (type?.type === 'reflection' && (type.declaration.signatures?.some((signature) => signature.comment !== undefined) ?? false))

const placeOf = (reflection: Reflection): string => {
  const [source] = (reflection as DeclarationReflection).sources ?? []
  return source === undefined ? 'unknown' : `${source.fileName}:${source.line}`
}

/** The entries that package.json exports, as their sources. */
export function entryPoints(): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'sdk', 'package.json'), 'utf8')) as { exports: Record<string, string | Record<string, string>> }
  return Object.values(exports).flatMap((target) => (typeof target === 'string' ? [] : [join('sdk', target['@buildrunner/source'] ?? '')]))
}

if (import.meta.main) {
  process.chdir(root)
  const app = await Application.bootstrapWithPlugins({ options: 'typedoc.json', logLevel: LogLevel.Warn })
  const listed = (app.options.getValue('entryPoints') as string[]).map((path) => path.slice(root.length + 1))
  const unlisted = entryPoints().filter((path) => !listed.includes(path))
  for (const path of unlisted) console.error(`✗ typedoc.json does not name ${path}, which sdk/package.json exports`)
  const project = await app.convert()
  if (project === undefined) process.exit(1)
  app.validate(project)
  const { documented, missing } = coverageOf(project)
  for (const name of missing) console.error(`✗ not documented: ${name}`)
  console.log(`${documented} of ${documented + missing.length} exports and members of the SDK are documented.`)
  process.exitCode = missing.length + unlisted.length + app.logger.validationWarningCount + app.logger.errorCount === 0 ? 0 : 1
}
