/** Rows of templates: as they are read, and as writes change them. */
import type { Template } from '@buildrunner/sdk/template-engine'
import type { RowChange } from '../shared/write.ts'

/** A version of a template. Times are what Postgres prints in JSON. */
export interface TemplateRow {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly kind: Template['kind']
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly digest: string
  readonly deprecatedReason: string | null
  readonly deprecatedAt: string | null
  readonly publishedBy: { readonly id: string; readonly name: string } | null
  readonly publishedAt: string | null
  /** Null where only the list was read: see `documentOf`. */
  readonly document: Template | null
}

/** A template `t` as one JSON object, without its document. */
export const TEMPLATE_JSON = `json_build_object('id', t.id, 'name', t.name, 'version', t.version, 'kind', t.kind, 'title', t.title, 'description', t.description, 'tags', t.tags, 'digest', t.digest,
    'deprecatedReason', t.deprecated_reason, 'deprecatedAt', t.deprecated_at, 'publishedBy', (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = t.created_by_id),
    'publishedAt', t.created_at, 'document', null)`

export const insertTemplate = (id: string, template: Template, digest: string): RowChange => ({
  name: 'template-insert',
  text: (p) => `INSERT INTO templates (id, organisation_id, name, version, kind, title, description, tags, digest, document, created_by_id, created_at)
    SELECT ${p(1)}::uuid, $3::uuid, ${p(2)}::text, ${p(3)}::text, ${p(4)}::text, ${p(5)}::text, ${p(6)}::text, ${p(7)}::text[], ${p(8)}::text, ${p(9)}::jsonb, $6::uuid, $10::timestamptz FROM head`,
  values: [id, template.name, template.version, template.kind, template.title, template.description, template.tags ?? [], digest, JSON.stringify(template)],
})

/** @param reason null: it is recommended again */
export const deprecateTemplate = (id: string, reason: string | null): RowChange => ({
  name: 'template-deprecate',
  text: (p) => `UPDATE templates SET deprecated_reason = ${p(2)}::text, deprecated_at = CASE WHEN ${p(2)}::text IS NULL THEN NULL ELSE $10::timestamptz END FROM head WHERE templates.id = ${p(1)}::uuid`,
  values: [id, reason],
})
