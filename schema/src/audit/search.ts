/** The log for people: newest first, by who, what, to what and when. */
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { decodeNodeId, isUuid } from '../shared/ids.ts'
import { chainOf } from './reads.ts'
import type { ChainName } from './reads.ts'
import { RECORD_COLUMNS } from './rows.ts'
import type { RecordRow } from './rows.ts'

export interface FoundRecord extends RecordRow {
  readonly actorName: string | null
  readonly impersonatorName: string | null
}

/** When it was made, and its id. */
export type RecordCursor = readonly [string, string]

export interface SearchOptions {
  readonly chain: ChainName
  /** Node id or UUID of the person who acted. */
  readonly actor?: string | null
  /** An action, or what it begins with: `plan` finds `plan.import` and `plan.status.set`. */
  readonly action?: string | null
  /** Node id or UUID of what it was done to. */
  readonly target?: string | null
  readonly from?: Date | null
  /** Exclusive. */
  readonly to?: Date | null
}

/** Conditions by filter; `$` stands for the value. A statement has those that are asked for, so that each is served by its index. */
const FILTERS = {
  actor: 'r.actor_id = $::uuid',
  action: `(r.action = $::text OR starts_with(r.action, $::text || '.'))`,
  target: 'r.target_id = $::uuid',
  from: 'r.created_at >= $::timestamptz',
  to: 'r.created_at < $::timestamptz',
} as const
type Filter = keyof typeof FILTERS
const NAMES = Object.keys(FILTERS) as Filter[]

const PAGE = { forward: ['<', 'DESC'], backward: ['>', 'ASC'] } as const
const BASE_VALUES = 4

const statements = new Map<string, Statement<FoundRecord>>()

function searchFor(filters: readonly Filter[], direction: 'forward' | 'backward', continues: boolean): Statement<FoundRecord> {
  const name = `audit:search:${direction}:${continues}:${filters.join(',')}`
  const known = statements.get(name)
  if (known !== undefined) return known
  const [side, order] = PAGE[direction]
  const after = continues ? ` AND (r.created_at, r.id) ${side} ($2::timestamptz, $3::uuid)` : ' AND $2::timestamptz IS NULL AND $3::uuid IS NULL'
  const conditions = filters.map((filter, at) => ` AND ${FILTERS[filter].replaceAll('$', `$${BASE_VALUES + 1 + at}`)}`)
  const found = statement<FoundRecord>(name, `SELECT ${RECORD_COLUMNS}, a.name AS "actorName", i.name AS "impersonatorName"
    FROM audit_records r LEFT JOIN users a ON a.id = r.actor_id LEFT JOIN users i ON i.id = r.impersonator_id
    WHERE r.organisation_id = $1::uuid${after}${conditions.join('')} ORDER BY r.created_at ${order}, r.id ${order} LIMIT $4::int`)
  statements.set(name, found)
  return found
}

function uuidOf(ref: string, path: string): string {
  const uuid = decodeNodeId(ref)?.uuid ?? (isUuid(ref) ? ref.toLowerCase() : null)
  if (uuid === null) throw new ValidationError(`${JSON.stringify(ref)} is neither a node id nor a UUID.`, [path])
  return uuid
}

/** A page of the records that all filters let through. @throws ForbiddenError, ValidationError for an id that is none */
export async function searchRecords(ctx: Context, options: SearchOptions, range: PageRange<RecordCursor>): Promise<FoundPage<FoundRecord, RecordCursor>> {
  const { organisationId } = chainOf(ctx, options.chain, 'audit.read')
  const given: Record<Filter, unknown> = {
    actor: options.actor == null ? null : uuidOf(options.actor, 'actor'), action: options.action?.replace(/\.\*?$/, '') ?? null,
    target: options.target == null ? null : uuidOf(options.target, 'target'), from: options.from ?? null, to: options.to ?? null,
  }
  const filters = NAMES.filter((name) => given[name] !== null)
  const [createdAt, id] = range.after ?? [null, null]
  const rows = await ctx.db.query(searchFor(filters, range.direction, id !== null), [organisationId, createdAt, id, range.limit + 1, ...filters.map((name) => given[name])])
  const nodes = rows.slice(0, range.limit).map((node) => ({ node, cursor: [node.createdAt.toISOString(), node.id] as const }))
  return { nodes, hasMore: rows.length > range.limit }
}
