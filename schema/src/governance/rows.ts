/** Rows of approvals and versions: as they are read, and how they are written. */
import type { RowChange } from '../shared/write.ts'

export type ApprovalStatus = 'pending' | 'granted' | 'refused' | 'expired'

export interface Person {
  readonly id: string
  readonly name: string
}

/** What one person said. */
export interface DecisionRow {
  readonly by: Person
  readonly role: string
  readonly decision: 'granted' | 'refused'
  readonly comment: string | null
  readonly createdAt: string
}

/** An approval as it is read. Ids are UUIDs. */
export interface ApprovalRow {
  readonly id: string
  readonly projectId: string
  readonly ruleId: string
  readonly policyVersion: number
  readonly action: string
  readonly itemKey: string | null
  readonly changeDigest: string
  readonly summary: string
  readonly requestedBy: Person
  readonly reason: string
  readonly roles: readonly string[]
  readonly count: number
  readonly status: ApprovalStatus
  readonly expiresAt: string
  readonly expiresHours: number
  readonly createdAt: string
  readonly decidedAt: string | null
  readonly usedAt: string | null
  readonly decisions: readonly DecisionRow[]
}

const person = (id: string): string => `(SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = ${id})`

/** Whoever waits longer than it may has expired, whether or not the chore has said so. */
export const statusAt = (now: string): string => `CASE WHEN a.status IN ('pending', 'granted') AND a.used_at IS NULL AND a.expires_at <= ${now}::timestamptz THEN 'expired' ELSE a.status::text END`

/** An approval `a` as one JSON object. @param now the placeholder of the time */
export const approvalJson = (now: string): string => `json_build_object('id', a.id, 'projectId', a.project_id, 'ruleId', a.rule_id, 'policyVersion', a.policy_version, 'action', a.action,
  'itemKey', a.item_key, 'changeDigest', a.change_digest, 'summary', a.summary, 'requestedBy', ${person('a.requested_by_id')}, 'reason', a.reason, 'roles', a.roles, 'count', a.count,
  'status', ${statusAt(now)}, 'expiresAt', a.expires_at, 'expiresHours', a.expires_hours, 'createdAt', a.created_at, 'decidedAt', a.decided_at, 'usedAt', a.used_at,
  'decisions', coalesce((SELECT json_agg(json_build_object('by', ${person('d.user_id')}, 'role', d.role, 'decision', d.decision, 'comment', d.comment, 'createdAt', d.created_at) ORDER BY d.created_at, d.user_id)
    FROM approval_decisions d WHERE d.approval_id = a.id), '[]'))`

export interface NewApproval {
  readonly id: string
  readonly rule_id: string
  readonly policy_version: number
  readonly action: string
  readonly item_key: string | null
  readonly change_digest: string
  readonly summary: string
  readonly reason: string
  readonly roles: readonly string[]
  readonly count: number
  readonly expires_hours: number
}

export const insertApprovals = (projectId: string, approvals: readonly NewApproval[]): RowChange => ({
  name: 'approval-insert',
  text: (p) => `INSERT INTO approvals (id, organisation_id, project_id, rule_id, policy_version, action, item_key, change_digest, summary, requested_by_id, reason, roles, count, expires_hours, expires_at, created_at)
    SELECT a.id, $3::uuid, ${p(1)}::uuid, a.rule_id, a.policy_version, a.action, a.item_key, a.change_digest, a.summary, $6::uuid, a.reason, ARRAY(SELECT json_array_elements_text(a.roles)), a.count, a.expires_hours,
      $10::timestamptz + a.expires_hours * interval '1 hour', $10::timestamptz
    FROM head, json_to_recordset(${p(2)}::json) AS a(id uuid, rule_id text, policy_version int, action text, item_key text, change_digest text, summary text, reason text, roles json, count int, expires_hours int)`,
  values: [projectId, JSON.stringify(approvals)],
})

export interface NewDecision {
  readonly decision: 'granted' | 'refused'
  readonly role: string
  readonly comment: string | null
  /** What the approval is with it. */
  readonly status: ApprovalStatus
}

/** A grant begins the time anew in which it may be used. */
export const insertDecision = (approvalId: string, { decision, role, comment, status }: NewDecision): readonly RowChange[] => [
  {
    name: 'approval-decision',
    text: (p) => `INSERT INTO approval_decisions (approval_id, user_id, organisation_id, project_id, decision, role, comment, created_at)
      SELECT ${p(1)}::uuid, $6::uuid, $3::uuid, $1::uuid, ${p(2)}::decision_kind, ${p(3)}::text, ${p(4)}::text, $10::timestamptz FROM head`,
    values: [approvalId, decision, role, comment],
  },
  {
    name: 'approval-decided',
    text: (p) => `UPDATE approvals SET status = ${p(2)}::approval_status, decided_at = CASE WHEN ${p(2)}::approval_status <> 'pending' THEN $10::timestamptz END,
      expires_at = CASE WHEN ${p(2)}::approval_status = 'granted' THEN $10::timestamptz + expires_hours * interval '1 hour' ELSE expires_at END FROM head WHERE approvals.id = ${p(1)}::uuid`,
    values: [approvalId, status],
  },
]

/** Approvals that let the write pass let no second one pass. */
export const useApprovals = (ids: readonly string[]): RowChange => ({
  name: 'approval-use',
  text: (p) => `UPDATE approvals SET used_at = $10::timestamptz FROM head WHERE approvals.id = ANY(${p(1)}::uuid[])`,
  values: [ids],
})

/** A version as it is read, without its text. Ids are UUIDs. */
export interface VersionRow {
  readonly projectId: string
  readonly version: number
  readonly digest: string
  readonly reason: string
  readonly author: Person
  readonly createdAt: string
  /** True: it is in force. */
  readonly current: boolean
}

/** A version `v` of a project `p` as one JSON object. */
export const VERSION_JSON = `json_build_object('projectId', v.project_id, 'version', v.version, 'digest', v.digest, 'reason', v.reason, 'author', ${person('v.author_id')}, 'createdAt', v.created_at,
  'current', v.version IS NOT DISTINCT FROM p.policy_version)`

export const insertVersion = (id: string, version: number, { text, digest, reason }: { text: string; digest: string; reason: string }): readonly RowChange[] => [
  {
    name: 'policy-version',
    text: (p) => `INSERT INTO policy_versions (id, organisation_id, project_id, version, text, digest, reason, author_id, created_at)
      SELECT ${p(1)}::uuid, $3::uuid, $1::uuid, ${p(2)}::int, ${p(3)}::text, ${p(4)}::text, ${p(5)}::text, $6::uuid, $10::timestamptz FROM head`,
    values: [id, version, text, digest, reason],
  },
  { name: 'policy-in-force', text: (p) => `UPDATE projects SET policy_version = ${p(1)}::int, updated_at = $10::timestamptz FROM head WHERE projects.id = $1::uuid`, values: [version] },
]
