/** Reading templates: those that an organisation published, and, by name, those that come with BuildRunner. */
import { builtIn, builtInTemplates } from '@buildrunner/sdk/built-in-templates'
import { findTemplate, parseReference, templateDigest, TemplateNotFoundError } from '@buildrunner/sdk/template-engine'
import type { Template, TemplateSource } from '@buildrunner/sdk/template-engine'
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { requirePermission } from '../shared/permissions.ts'
import { TEMPLATE_JSON } from './rows.ts'
import type { TemplateRow } from './rows.ts'

/** Place in a list: when it was published, and its id. */
export type Cursor = readonly [publishedAt: string, id: string]

export interface TemplateFilter {
  readonly name?: string | null | undefined
  readonly kind?: Template['kind'] | null | undefined
}

const MATCHING = 't.organisation_id = $1::uuid AND ($2::text IS NULL OR t.name = $2::text) AND ($3::text IS NULL OR t.kind = $3::text)'
const PAGE = (compare: string, order: string): string => `SELECT (SELECT count(*)::int FROM templates t WHERE ${MATCHING}) AS total, (SELECT json_agg(${TEMPLATE_JSON} ORDER BY t.created_at ${order}, t.id ${order})
  FROM (SELECT * FROM templates t WHERE ${MATCHING} AND ($4::timestamptz IS NULL OR (t.created_at, t.id) ${compare} ($4::timestamptz, $5::uuid)) ORDER BY t.created_at ${order}, t.id ${order} LIMIT $6::int) t) AS rows`
interface Page {
  total: number
  rows: TemplateRow[] | null
}
/** Newest first when read forward. */
const PAGES = { forward: statement<Page>('templates:forward', PAGE('<', 'DESC')), backward: statement<Page>('templates:backward', PAGE('>', 'ASC')) }

export async function readTemplates(ctx: Context, { name, kind }: TemplateFilter, range: PageRange<Cursor>): Promise<FoundPage<TemplateRow, Cursor>> {
  const actor = requirePermission(ctx, 'templates.read')
  const [publishedAt, id] = range.after ?? [null, null]
  const [found] = await ctx.db.query(PAGES[range.direction], [actor.organisationId, name ?? null, kind ?? null, publishedAt, id, range.limit + 1])
  const { rows, total } = found as Page
  const nodes = (rows ?? []).slice(0, range.limit).map((node) => ({ node, cursor: [node.publishedAt as string, node.id] as const }))
  return { nodes, hasMore: (rows ?? []).length > range.limit, totalCount: total }
}

const VERSIONS = statement<{ template: TemplateRow }>('templates:versions', `SELECT ${TEMPLATE_JSON} AS template FROM templates t WHERE t.organisation_id = $1::uuid AND t.name = $2::text`)
const DOCUMENT = statement<{ document: Template }>('template:document', 'SELECT t.document FROM templates t WHERE t.organisation_id = $1::uuid AND t.id = $2::uuid')

async function documentOfId(ctx: Context, id: string): Promise<Template> {
  const { organisationId } = requirePermission(ctx, 'templates.read')
  const [row] = await ctx.db.query(DOCUMENT, [organisationId, id])
  return (row as { document: Template }).document
}

/** The content of a template. */
export const documentOf = (ctx: Context, { id, document }: TemplateRow): Template | Promise<Template> => document ?? documentOfId(ctx, id)

/** What the organisation published, as a source of templates. */
const published = (ctx: Context): TemplateSource => ({
  name: 'organisation',
  async versions(name) {
    const { organisationId } = requirePermission(ctx, 'templates.read')
    const rows = await ctx.db.query(VERSIONS, [organisationId, name])
    return rows.map(({ template: { id, version, digest, deprecatedReason } }) => ({ version, digest, ...(deprecatedReason !== null && { deprecated: deprecatedReason }), load: () => documentOfId(ctx, id) }))
  },
})

/** The organisation's go before the built-in ones. */
export const sourcesOf = (ctx: Context): TemplateSource[] => [published(ctx), builtIn]

/** @throws NotFoundError */
export async function find(ctx: Context, reference: string, path: readonly string[]): Promise<Template> {
  const { name, range } = parseReference(reference)
  try {
    return await findTemplate(sourcesOf(ctx), name, range)
  } catch (error) {
    throw error instanceof TemplateNotFoundError ? new NotFoundError('template', reference, path) : error
  }
}

/** A version by `NAME` (the newest that is not deprecated) or `NAME@RANGE`. @throws NotFoundError */
export async function readTemplate(ctx: Context, reference: string): Promise<TemplateRow> {
  const { organisationId } = requirePermission(ctx, 'templates.read')
  if (reference.length > MAX_REFERENCE) throw new ValidationError(`A template is named by at most ${MAX_REFERENCE} characters.`, ['template'])
  const template = await find(ctx, reference, ['template'])
  const rows = await ctx.db.query(VERSIONS, [organisationId, template.name])
  return rows.find((row) => row.template.version === template.version)?.template ?? builtInRow(template)
}

const MAX_REFERENCE = 200

const builtInRow = (template: Template): TemplateRow => ({
  id: '', name: template.name, version: template.version, kind: template.kind, title: template.title, description: template.description, tags: template.tags ?? [], digest: templateDigest(template),
  deprecatedReason: null, deprecatedAt: null, publishedBy: null, publishedAt: null, document: template,
})

/** Those that come with BuildRunner. */
export function readBuiltIn(ctx: Context): TemplateRow[] {
  requirePermission(ctx, 'templates.read')
  return builtInTemplates().map(builtInRow)
}
