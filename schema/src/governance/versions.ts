/** Versions of a project's own rules: what is in force, how it came to be, and applying another. */
import { hash } from 'node:crypto'
import { parsePolicy, policyDiff } from '@buildrunner/sdk/policy'
import type { Policy, PolicyChange, PolicyProblem } from '@buildrunner/sdk/policy'
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { ConflictError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { newUuid } from '../shared/ids.ts'
import { changeGovernance, readPlace } from './place.ts'
import type { Place, Written } from './place.ts'
import { VERSION_JSON, insertVersion } from './rows.ts'
import type { VersionRow } from './rows.ts'

export const MAX_POLICY_BYTES = 262_144
const MAX_REASON = 500

/** A version with its text. */
export interface PolicyVersion extends VersionRow {
  readonly text: string
}

const ONE = statement<{ version: VersionRow; text: string }>(
  'policy:one',
  `SELECT ${VERSION_JSON} AS version, v.text FROM policy_versions v JOIN projects p ON p.id = v.project_id WHERE v.project_id = $1::uuid AND v.version = $2::int`,
)

async function readVersion(ctx: Context, projectId: string, version: number): Promise<PolicyVersion | null> {
  const [row] = await ctx.db.query(ONE, [projectId, version])
  return row === undefined ? null : { ...row.version, text: row.text }
}

/** The version that is in force; null: the project has no rules of its own. */
export async function getPolicy(ctx: Context, projectRef: string): Promise<PolicyVersion | null> {
  const place = await readPlace(ctx, 'governance.read', projectRef)
  return place.policy_version === null ? null : readVersion(ctx, place.project_id, place.policy_version)
}

/** @throws NotFoundError */
export async function getVersion(ctx: Context, projectRef: string, version: number): Promise<PolicyVersion> {
  const place = await readPlace(ctx, 'governance.read', projectRef)
  const found = await readVersion(ctx, place.project_id, version)
  if (found === null) throw new NotFoundError('version of the policy', String(version), ['version'])
  return found
}

const LIST = (direction: 'forward' | 'backward'): string => {
  const [compare, order] = direction === 'forward' ? ['<', 'DESC'] : ['>', 'ASC']
  return `SELECT ${VERSION_JSON} AS version, (SELECT count(*)::int FROM policy_versions c WHERE c.project_id = p.id) AS total FROM policy_versions v JOIN projects p ON p.id = v.project_id
    WHERE v.project_id = $1::uuid AND ($2::int IS NULL OR v.version ${compare} $2::int) ORDER BY v.version ${order} LIMIT $3::int`
}
const LISTS = { forward: statement<Listed>('policy:list:forward', LIST('forward')), backward: statement<Listed>('policy:list:backward', LIST('backward')) }
interface Listed {
  version: VersionRow
  total: number
}

/** The newest first; the cursor is the version. */
export async function listVersions(ctx: Context, { projectId }: { readonly projectId: string }, range: PageRange<number>): Promise<FoundPage<VersionRow, number>> {
  const place = await readPlace(ctx, 'governance.read', projectId)
  const rows = await ctx.db.query(LISTS[range.direction], [place.project_id, range.after, range.limit + 1])
  return { nodes: rows.slice(0, range.limit).map(({ version }) => ({ node: version, cursor: version.version })), hasMore: rows.length > range.limit, totalCount: rows[0]?.total ?? place.policy_version ?? 0 }
}

export interface CheckedPolicy {
  readonly policy: Policy | null
  readonly problems: readonly PolicyProblem[]
}

/** What is wrong with a text, and the policy where nothing is that forbids it. */
export function checkPolicy(text: string): CheckedPolicy {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES) throw new ValidationError(`A policy has at most ${MAX_POLICY_BYTES} bytes.`, ['text'])
  return parsePolicy(text)
}

/** @throws ValidationError naming the first fault, with its place */
export function requirePolicy(text: string): Policy {
  const { policy, problems } = checkPolicy(text)
  if (policy !== null) return policy
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors as [PolicyProblem]
  const more = errors.length > 1 ? ` (${errors.length - 1} more faults: see validatePolicy.)` : ''
  throw new ValidationError(`Line ${first.line}, column ${first.column}: ${first.message} ${first.remedy}${more}`, ['text'])
}

/** What changes from one version to another. @param from 0: no rules */
export async function diffVersions(ctx: Context, projectRef: string, from: number, to: number): Promise<readonly PolicyChange[]> {
  const place = await readPlace(ctx, 'governance.read', projectRef)
  const policyOf = async (version: number): Promise<Policy> => {
    const found = await readVersion(ctx, place.project_id, version)
    if (found === null) throw new NotFoundError('version of the policy', String(version), ['version'])
    return requirePolicy(found.text)
  }
  return policyDiff(from === 0 ? null : await policyOf(from), await policyOf(to))
}

export interface ApplyPolicy {
  readonly projectId: string
  readonly text: string
  readonly reason: string
  /** The version that the caller replaces; 0: none. Undefined: whatever is in force. */
  readonly expectedVersion?: number | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

export type PolicyApplied = Written<{ readonly version: number }>

/**
 * Puts another text in force, under the next version. The rules of the version before it are asked first.
 *
 * @throws ValidationError for a text that cannot be put in force, ConflictError when another version is in force than the caller replaces
 */
export async function applyPolicy(ctx: Context, input: ApplyPolicy): Promise<PolicyApplied> {
  const reason = checkReason(input.reason)
  const policy = requirePolicy(input.text)
  const digest = hash('sha256', input.text)
  return changeGovernance<Place, { readonly version: number }>(ctx, {
    action: 'policy.change', permission: 'governance.write', lock: input.projectId, input, read: () => readPlace(ctx, 'governance.write', input.projectId, input.idempotencyKey),
    async decide({ project_id: projectId, policy_version: version }) {
      if (input.expectedVersion != null && input.expectedVersion !== (version ?? 0)) throw new ConflictError(`Version ${version ?? 0} of the policy is in force, not ${input.expectedVersion}. Read it, and apply yours again if it still stands.`)
      const current = version === null ? null : await readVersion(ctx, projectId, version)
      if (current?.digest === digest) return { unchanged: { version: current.version } }
      const next = (version ?? 0) + 1
      const id = newUuid(ctx.clock.now().getTime())
      const changed = policyDiff(current === null ? null : checkPolicy(current.text).policy, policy).map(({ ruleId }) => ruleId)
      return {
        target: { type: 'policy', id }, before: current === null ? null : JSON.stringify({ version: current.version, digest: current.digest }), after: JSON.stringify({ version: next, digest }),
        details: { version: next, digest, rules: changed }, rows: insertVersion(id, next, { text: input.text, digest, reason }),
        event: { kind: 'policy.changed', data: { version: next, digest, rules: changed, reason } }, about: { fields: changed }, result: { version: next },
      }
    },
  })
}

export function checkReason(reason: string): string {
  const trimmed = reason.trim()
  if (trimmed === '' || trimmed.length > MAX_REASON) throw new ValidationError(`A reason has 1 to ${MAX_REASON} characters.`, ['reason'])
  return trimmed
}
