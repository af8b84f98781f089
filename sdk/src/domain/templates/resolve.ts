/** Finding templates by name and version, with everything they require. */
import { nearest } from '../plans/suggest.ts'
import type { Template, TemplateUse, TemplateValues, UsedTemplate } from './types.ts'
import { compareVersions, satisfies } from './versions.ts'

/** A version of a template that a source has. */
export interface TemplateVersion {
  /** Semantic version. */
  readonly version: string
  /** As `templateDigest` makes it. */
  readonly digest: string
  /** Why nobody should begin with it any more; it still serves as the base of updates. */
  readonly deprecated?: string | undefined
  /** Its content. */
  load(): Promise<Template>
}

/** Where templates come from: the package, an organisation, files. */
export interface TemplateSource {
  /** For people. */
  readonly name: string
  /** In any order; empty where the source has none of this name. */
  versions(name: string): Promise<readonly TemplateVersion[]>
}

/** A template that is not where it was looked for. */
export class TemplateNotFoundError extends Error {
  /** The class's name, also in minified programs. */
  override readonly name = 'TemplateNotFoundError'
  /** `unknown`: no source has the name; `version`: none has such a version; `digest`: one has the version, with other content. */
  readonly reason: 'unknown' | 'version' | 'digest'
  /** The name that was looked for. */
  readonly template: string
  /** Versions that there are. */
  readonly versions: readonly string[]

  constructor(reason: TemplateNotFoundError['reason'], template: string, message: string, versions: readonly string[] = []) {
    super(message)
    this.reason = reason
    this.template = template
    this.versions = versions
  }
}

/** How a person names a template: `web-app`, `web-app@1.2.0`, `web-app@^1.2.0`. */
export function parseReference(reference: string): { name: string; range: string } {
  const at = reference.indexOf('@', 1)
  return at < 0 ? { name: reference, range: '*' } : { name: reference.slice(0, at), range: reference.slice(at + 1) }
}

async function versionsOf(sources: readonly TemplateSource[], name: string): Promise<TemplateVersion[]> {
  // the first source that has a version wins: an organisation's own goes before the built-in one of the same name
  const found = new Map<string, TemplateVersion>()
  for (const source of sources) for (const version of await source.versions(name)) if (!found.has(version.version)) found.set(version.version, version)
  return [...found.values()].sort((a, b) => compareVersions(a.version, b.version))
}

/**
 * The newest version in a range that is not deprecated.
 *
 * @param known names to suggest from, where a name is unknown
 * @throws TemplateNotFoundError
 */
export async function findTemplate(sources: readonly TemplateSource[], name: string, range = '*', known: Iterable<string> = []): Promise<Template> {
  const versions = await versionsOf(sources, name)
  const names = versions.map(({ version }) => version)
  if (versions.length === 0) {
    const meant = nearest(name, known)
    throw new TemplateNotFoundError('unknown', name, `There is no template "${name}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`)
  }
  const fitting = versions.filter(({ version, deprecated }) => satisfies(version, range) && (deprecated === undefined || version === range)).at(-1)
  if (fitting === undefined) throw new TemplateNotFoundError('version', name, `There is no version ${range} of the template "${name}"; there is ${names.join(', ')}.`, names)
  return fitting.load()
}

/** The very template that a plan was made from. @throws TemplateNotFoundError where no source has that version with that content */
export async function findUsed(sources: readonly TemplateSource[], { name, version, digest }: UsedTemplate): Promise<Template> {
  const versions: TemplateVersion[] = []
  for (const source of sources) versions.push(...(await source.versions(name)).filter((found) => found.version === version))
  const same = versions.find((found) => found.digest === digest)
  if (same !== undefined) return same.load()
  if (versions.length > 0) throw new TemplateNotFoundError('digest', name, `${name} ${version} is not what this plan was made from: its content is another.`, [version])
  throw new TemplateNotFoundError('version', name, `${name} ${version}, which this plan was made from, is nowhere to be found.`)
}

/**
 * Templates with all that they require, each once: what is required stands behind what requires it.
 *
 * @param asked templates that were chosen; they go before versions that others would require
 * @throws TemplateNotFoundError
 */
export async function withRequired(sources: readonly TemplateSource[], asked: readonly Template[]): Promise<Template[]> {
  const found = new Map(asked.map((template) => [template.name, template]))
  // the map grows while it is walked: what is required is looked at too
  for (const template of found.values()) {
    for (const { name, version } of template.requires ?? []) if (!found.has(name)) found.set(name, await findTemplate(sources, name, version))
  }
  return [...found.values()]
}

/** Uses of templates with one set of values: each takes what is meant for it. */
export const usesOf = (templates: readonly Template[], values: TemplateValues = {}): TemplateUse[] => templates.map((template) => ({ template, values }))
