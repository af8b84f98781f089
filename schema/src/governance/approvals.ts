/**
 * Use cases of approvals: asking for agreement to a change, and giving or refusing it.
 *
 * Separation of duties: nobody agrees to what they asked for, nobody decides twice, and neither is done in somebody else's name.
 * The roles of whoever decides are looked at when they decide.
 */
import type { Verdict } from '@buildrunner/sdk/policy'
import type { PlanChange } from '@buildrunner/sdk/plans'
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { loadPlan } from '../plans/load.ts'
import { applyReadChanges, readChanges } from '../plans/reads.ts'
import { statement } from '../shared/database.ts'
import { ConflictError, ForbiddenError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId, newUuid, parseReference } from '../shared/ids.ts'
import type { ProjectChange } from '../shared/project-write.ts'
import { requireActor, requireInProject, requirePermission, roleIn } from '../shared/permissions.ts'
import type { Permission } from '../shared/permissions.ts'
import { approvalsOf } from './approval-reads.ts'
import { changeDigest } from './digest.ts'
import { governedProject } from './governed.ts'
import type { Governed } from './governed.ts'
import type { Judgement } from './judge.ts'
import { changeGovernance, readPlace } from './place.ts'
import type { Place, Written } from './place.ts'
import { approvalJson, insertApprovals, insertDecision } from './rows.ts'
import type { ApprovalRow, ApprovalStatus, NewApproval } from './rows.ts'
import { summaryOf } from './summary.ts'
import { checkReason } from './versions.ts'

const MAX_COMMENT = 2_000

/** A write that is not made yet: changes of the plan, or an action that changes nothing of it. */
export interface Intended {
  readonly projectId: string
  /** As the audit log names it. Default for changes: `plan.apply`. */
  readonly action?: string | null | undefined
  /** Untrusted: plan changes. */
  readonly changes?: unknown
  /** Key of the item that it is about without changing it. */
  readonly itemKey?: string | null | undefined
}

/** What rules would be asked about. @throws ValidationError for changes that cannot be made, and for nothing at all */
export async function governedIntent(ctx: Context, place: Place, permission: Permission, { action, changes, itemKey }: Intended): Promise<{ action: string; governed: Governed }> {
  const project = governedProject(place)
  if (changes == null) {
    if (action == null) throw new ValidationError('Say what is meant: changes of the plan, or an action.', ['action'])
    return { action, governed: { project, itemKey: itemKey ?? null } }
  }
  const loaded = await loadPlan(ctx, project.id, { permission })
  const list: readonly PlanChange[] = readChanges(changes, ['changes'])
  const after = applyReadChanges(loaded.plan, list, ['changes'])
  const plan = { before: loaded.plan, after, changes: list, sequence: loaded.project.sequence, isPart: false, uuidOf: (key: string) => loaded.rows.get(key)?.uuid }
  return { action: action ?? 'plan.apply', governed: { project, plan } }
}

export interface RequestApproval extends Intended {
  /** Id of the rule to ask for; of several rules that want agreement, each is asked for by default. */
  readonly rule?: string | null | undefined
  readonly reason: string
  readonly idempotencyKey?: string | null | undefined
}

export type ApprovalsRequested = Written<{ readonly approvalIds: readonly string[] }>

/** @throws ValidationError when no rule wants agreement to it */
export async function requestApproval(ctx: Context, input: RequestApproval): Promise<ApprovalsRequested> {
  const actor = requirePermission(ctx, 'governance.request')
  const reason = checkReason(input.reason)
  return changeGovernance(ctx, {
    action: 'approval.request', permission: 'governance.request', lock: input.projectId, input, read: () => readPlace(ctx, 'governance.request', input.projectId, input.idempotencyKey),
    async decide(place) {
      const { action, governed } = await governedIntent(ctx, place, 'governance.request', input)
      const judged = await ctx.governance.judge(ctx, action, governed)
      const wanting = judged.filter(({ verdict }) => verdict.effect === 'require_approval' && (input.rule == null || verdict.ruleId === input.rule))
      if (wanting.length === 0) throw new ValidationError(nothingWanted(input.rule, judged), input.rule == null ? ['changes'] : ['rule'])
      const digests = wanting.map(({ verdict, subject }) => changeDigest(verdict, subject, actor.userId))
      const known = await approvalsOf(ctx, place.project_id, digests)
      const fresh = wanting.flatMap((one, index): NewApproval[] => (known.has(digests[index] as string) ? [] : [newApproval(ctx, place, one, { action, digest: digests[index] as string, reason })]))
      const approvalIds = [...[...known.values()].map(({ id }) => id), ...fresh.map(({ id }) => id)]
      return fresh.length === 0 ? { unchanged: { approvalIds } } : requested(place, fresh, approvalIds)
    },
  })
}

const nothingWanted = (rule: string | null | undefined, judged: readonly Judgement[]): string => {
  const blocked = judged.find(({ verdict }) => verdict.effect === 'block')
  if (blocked !== undefined) return `Agreement does not help: the rule ${blocked.verdict.ruleId} forbids it. ${blocked.verdict.message}`
  return rule == null ? 'No rule wants agreement to this: make the change.' : `The rule ${rule} wants no agreement to this.`
}

function newApproval(ctx: Context, place: Place, { verdict, subject }: Judgement, { action, digest, reason }: { action: string; digest: string; reason: string }): NewApproval {
  const { roles, count, expiresHours } = verdict.approvals as NonNullable<Verdict['approvals']>
  return {
    id: newUuid(ctx.clock.now().getTime()), rule_id: verdict.ruleId, policy_version: place.policy_version as number, action, item_key: subject.key, change_digest: digest,
    summary: summaryOf(action, subject, verdict), reason, roles, count, expires_hours: expiresHours,
  }
}

function requested({ project_id: projectId }: Place, fresh: readonly NewApproval[], approvalIds: readonly string[]): ProjectChange<{ approvalIds: readonly string[] }> {
  const approvals = fresh.map(({ id, rule_id: rule, item_key: itemKey, roles }) => ({ approvalId: encodeNodeId('Approval', id), rule, itemKey, roles }))
  return {
    target: fresh.length === 1 ? { type: 'approval', id: (fresh[0] as NewApproval).id } : { type: 'project', id: projectId }, before: null, after: JSON.stringify(approvals),
    details: { approvals }, rows: [insertApprovals(projectId, fresh)], event: { kind: 'approval.requested', data: { approvals } }, result: { approvalIds },
  }
}

interface Target extends Place {
  readonly approval: ApprovalRow
}

const TARGET = statement<Target>(
  'approval:target',
  `SELECT p.id AS project_id, p.organisation_id, p.slug AS project_slug, p.name AS project_name, p.policy_version, p.archived_at IS NOT NULL AS archived, s.sequence, r.request_hash, r.result, ${approvalJson('$5')} AS approval
   FROM approvals a JOIN projects p ON p.id = a.project_id JOIN event_streams s ON s.id = p.id LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text
   WHERE a.organisation_id = $1::uuid AND a.id = $2::uuid`,
)

export interface DecideApproval {
  readonly approvalId: string
  readonly comment?: string | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

async function readTarget(ctx: Context, { approvalId, idempotencyKey }: DecideApproval): Promise<Target> {
  const actor = requirePermission(ctx, 'governance.approve')
  const { uuid } = parseReference(approvalId, 'Approval')
  const [row] = uuid === null ? [] : await ctx.db.query(TARGET, [actor.organisationId, uuid, actor.userId, idempotencyKey ?? null, ctx.clock.now()])
  requireInProject(ctx, 'governance.approve', row?.project_id, { kind: 'approval', ref: approvalId, path: ['approvalId'] })
  return row as Target
}

export type ApprovalDecided = Written<{ readonly approvalId: string }>

function decide(ctx: Context, action: AuditAction & ('approval.grant' | 'approval.refuse'), decision: 'granted' | 'refused', input: DecideApproval): Promise<ApprovalDecided> {
  const comment = input.comment?.trim() || null
  if (comment !== null && comment.length > MAX_COMMENT) throw new ValidationError(`A comment has at most ${MAX_COMMENT} characters.`, ['comment'])
  return changeGovernance(ctx, {
    action, permission: 'governance.approve', lock: input.approvalId, input, read: () => readTarget(ctx, input),
    async decide({ approval, project_id: projectId }) {
      const role = requireMayDecide(ctx, approval, projectId)
      const status = statusAfter(approval, decision)
      const event = { approvalId: encodeNodeId('Approval', approval.id), rule: approval.ruleId, itemKey: approval.itemKey, requestedBy: encodeNodeId('User', approval.requestedBy.id), status }
      return {
        target: { type: 'approval', id: approval.id }, before: JSON.stringify({ status: approval.status }), after: JSON.stringify({ status, role }), details: { rule: approval.ruleId, status, role },
        rows: insertDecision(approval.id, { decision, role, comment, status }), event: { kind: `approval.${decision}`, data: event }, about: { itemKey: approval.itemKey }, result: { approvalId: approval.id },
      }
    },
  })
}

const statusAfter = ({ decisions, count }: ApprovalRow, decision: 'granted' | 'refused'): ApprovalStatus =>
  decision === 'refused' ? 'refused' : decisions.filter((one) => one.decision === 'granted').length + 1 >= count ? 'granted' : 'pending'

/** The role that somebody decides in. @throws ConflictError, ForbiddenError */
function requireMayDecide(ctx: Context, { status, requestedBy, decisions, roles }: ApprovalRow, projectId: string): string {
  const actor = requireActor(ctx)
  if (status !== 'pending') throw new ConflictError(`The approval is ${status} already. Read it again.`)
  if (requestedBy.id === actor.userId) throw new ForbiddenError('governance.approve', null, 'Nobody decides about what they asked for. Ask somebody else who may.')
  if (decisions.some(({ by }) => by.id === actor.userId)) throw new ConflictError('You have decided about this approval already. Somebody else has to, too.')
  const held = [roleIn(actor, projectId), actor.organisationRole].filter((role) => role !== null)
  const role = held.find((one) => roles.length === 0 || roles.includes(one))
  if (role === undefined) throw new ForbiddenError('governance.approve', null, `The rule wants the agreement of ${roles.join(' or ')}; you are ${held.join(' and ')}. Ask somebody who is.`)
  return role
}

/** Agrees to a change. It can be made once as many people have agreed as the rule wants. */
export const approve = (ctx: Context, input: DecideApproval): Promise<ApprovalDecided> => decide(ctx, 'approval.grant', 'granted', input)

/** Refuses a change: it can be asked for anew. */
export const refuse = (ctx: Context, input: DecideApproval): Promise<ApprovalDecided> => decide(ctx, 'approval.refuse', 'refused', input)
