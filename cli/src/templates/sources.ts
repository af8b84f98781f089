/** Where `br` finds templates: files that are named, copies beside the plan, the organisation, and the package itself. */
import * as fs from 'node:fs'
import path from 'node:path'
import {
  findTemplate, parseReference, parseTemplate, templateDigest, TemplateNotFoundError, type Template, type TemplateProblem, type TemplateSource,
} from '@buildrunner/sdk/template-engine'
import { builtIn, builtInTemplates } from '@buildrunner/sdk/built-in-templates'
import { CliError, failure } from '../core/errors.ts'
import { EXIT } from '../core/exit-codes.ts'
import { readTextFile, type Workspace } from '../files/workspace.ts'
import { resolveSettings } from '../server/settings.ts'
import { t } from '../text/text.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'
import type { Connection } from '../server/connection.ts'

/** Copies of templates that came from files, so that the next update finds what this plan was made from. */
export const COPIES = path.join('buildrunner', 'templates')

/** A template of a file, with its text. */
export interface FileTemplate {
  readonly template: Template
  readonly text: string
  readonly problems: readonly TemplateProblem[]
}

/** Whether a reference is a path rather than a name. */
export const isPath = (reference: string): boolean => /[/\\]|\.(ya?ml|json)$/i.test(reference)

/** @throws TEMPLATE_HAS_ERRORS with every problem among its details */
export function readTemplateFile(cwd: string, file: string): FileTemplate {
  const text = readTextFile(cwd, file)
  const { template, problems } = parseTemplate(text)
  if (template !== undefined) return { template, text, problems }
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  throw failure('TEMPLATE_HAS_ERRORS', { path: file, errors: errors.length, first: t('line {line}: {message}', { line: first?.line ?? 1, message: first?.message ?? '' }) }, { details: { problems } })
}

const sourceOf = (name: string, templates: readonly Template[]): TemplateSource => ({
  name,
  versions: (wanted) => Promise.resolve(templates.filter((template) => template.name === wanted).map((template) => ({ version: template.version, digest: templateDigest(template), load: () => Promise.resolve(template) }))),
})

/** Templates that were copied beside the plan. What cannot be read there any more is passed over: an update then names what is missing. */
function copies({ root }: Workspace): Template[] {
  const folder = path.join(root, COPIES)
  if (!fs.existsSync(folder)) return []
  return fs.readdirSync(folder).filter((file) => /\.ya?ml$/.test(file)).flatMap((file) => parseTemplate(fs.readFileSync(path.join(folder, file), 'utf8')).template ?? [])
}

/** What the organisation published. */
export const organisationSource = ({ client, ask, reading }: Connection): TemplateSource => ({
  name: 'organisation',
  versions: (name) =>
    reading(async () =>
      (await client.templates.list({ name }).toArray()).map(({ version, digest, deprecatedReason }) => ({
        version,
        digest,
        ...(deprecatedReason !== null && { deprecated: deprecatedReason }),
        load: async () => (await ask(client.templates.get({ template: `${name}@${version}` }))).document as Template,
      })),
    ),
})

/** Options of every command that finds templates. */
export interface SourceOptions extends ServerOptions {
  offline?: boolean
}

/** Undefined where nobody is signed in, or no server is asked. */
export async function organisation(context: Context, options: SourceOptions): Promise<Connection | undefined> {
  if (options.offline === true) return undefined
  const { apiKey, impersonation } = resolveSettings(context, options)
  if (apiKey === undefined && impersonation === undefined) return undefined
  const { connect } = await import('../server/connection.ts')
  return connect(context, options)
}

/** Everything that templates are found by, the nearest first. */
export class Templates {
  readonly files = new Map<string, FileTemplate>()
  readonly #context: Context
  readonly #sources: TemplateSource[]

  private constructor(context: Context, sources: TemplateSource[]) {
    this.#context = context
    this.#sources = sources
  }

  static async open(context: Context, workspace: Workspace, options: SourceOptions): Promise<Templates> {
    const connection = await organisation(context, options)
    return new Templates(context, [sourceOf('copies', copies(workspace)), ...(connection === undefined ? [] : [organisationSource(connection)]), builtIn])
  }

  /** They, and the files that were named, as the engine wants them. */
  get sources(): TemplateSource[] {
    return [sourceOf('files', [...this.files.values()].map(({ template }) => template)), ...this.#sources]
  }

  /** A template by a path, `NAME` or `NAME@RANGE`. @throws TEMPLATE_NOT_FOUND, TEMPLATE_HAS_ERRORS */
  async find(reference: string): Promise<Template> {
    if (isPath(reference)) {
      const file = readTemplateFile(this.#context.cwd, reference)
      this.files.set(file.template.name, file)
      return file.template
    }
    const { name, range } = parseReference(reference)
    return notFound(() => findTemplate(this.sources, name, range, builtInTemplates().map((template) => template.name)))
  }
}

/** Runs what looks for templates. @throws TEMPLATE_NOT_FOUND */
export async function notFound<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof TemplateNotFoundError)) throw error
    const remedy = error.reason === 'unknown' ? t('br template list shows them; a file is named with its folder, like ./mine.yml.') : t('Sign in to the organisation that published it, or name its file.')
    throw new CliError({ code: 'TEMPLATE_NOT_FOUND', message: error.message, remedy, template: error.template, reason: error.reason, versions: error.versions }, EXIT.notFound, { cause: error })
  }
}
