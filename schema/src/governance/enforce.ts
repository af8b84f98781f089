/**
 * The one place where the rules of a project meet its writes: `commitWrite` asks here, whatever the way a write came.
 *
 * A rule that blocks refuses; one that wants agreement refuses until an approval of this very change was granted; both give way to
 * an override by somebody who may, with a reason. What warns is told to the caller, and what notifies becomes an event.
 */
import type { CompiledPolicy, Verdict } from '@buildrunner/sdk/policy'
import { auditRow } from '../audit/entry.ts'
import { ofRequest } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { PolicyError, ValidationError } from '../shared/errors.ts'
import type { PolicyRefusal } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { requireActor, requireInProject } from '../shared/permissions.ts'
import { approvalsOf } from './approval-reads.ts'
import { changeDigest } from './digest.ts'
import type { Consequences, Governed, GovernedProject } from './governed.ts'
import { PlanMoved, judge } from './judge.ts'
import type { Judgement } from './judge.ts'
import { createPolicies, unreadable } from './policies.ts'
import type { Policies } from './policies.ts'
import { useApprovals } from './rows.ts'
import type { ApprovalRow } from './rows.ts'
import type { Subject } from './subjects.ts'

/** A change that a rule refuses. */
export interface Refused {
  readonly subject: Subject
  readonly refusal: PolicyRefusal
}

export interface Governance {
  /**
   * Asks about a write.
   *
   * @returns what is written with it; null when another writer was faster
   * @throws PolicyError naming the rule that refuses; ForbiddenError for an override by somebody who may not
   */
  enforce(ctx: Context, action: string, governed: Governed): Promise<Consequences | null>
  /** What would be refused, without refusing it; null when another writer was faster. @throws PolicyError for a policy that cannot be read */
  refusals(ctx: Context, action: string, governed: Governed): Promise<readonly Refused[] | null>
  /** What every rule that applies says; empty without rules. @throws PolicyError for a policy that cannot be read */
  judge(ctx: Context, action: string, governed: Governed): Promise<readonly Judgement[]>
  /** The rules in force; null without. @throws PolicyError for a policy that cannot be read */
  compiled(ctx: Context, project: GovernedProject): Promise<CompiledPolicy | null>
}

const NOTHING: Consequences = { rows: [], events: [] }

export function createGovernance(policies: Policies = createPolicies()): Governance {
  async function compiled({ db }: Context, { id, policyVersion }: GovernedProject): Promise<CompiledPolicy | null> {
    if (policyVersion === null) return null
    const policy = await policies.inForce(db, id, policyVersion)
    if (policy === null) throw unreadable(policyVersion)
    return policy
  }

  async function judged(ctx: Context, action: string, governed: Governed): Promise<readonly Judgement[]> {
    const policy = await compiled(ctx, governed.project)
    return policy === null ? [] : judge(ctx, policy, action, governed)
  }

  /** Null where the plan was changed meanwhile. */
  const settled = async (ctx: Context, action: string, governed: Governed): Promise<Settled | null> => {
    try {
      return await settle(ctx, governed.project.id, await judged(ctx, action, governed))
    } catch (error) {
      if (error instanceof PlanMoved) return null
      throw error
    }
  }

  return {
    compiled,
    judge: judged,
    refusals: async (ctx, action, governed) => (await settled(ctx, action, governed))?.refused ?? null,
    async enforce(ctx, action, governed) {
      const found = await settled(ctx, action, governed).catch((error: unknown) => {
        // nothing else could put a readable one in force
        if (error instanceof PolicyError && action === 'policy.change') return NONE
        throw error
      })
      if (found === null) return null
      const [first, ...more] = found.refused
      if (first !== undefined) throw refusalOf(first, more)
      warn(ctx, found.warned)
      return consequences(ctx, action, governed.project.id, found)
    },
  }
}

/** What becomes of the verdicts on a write. */
interface Settled {
  /** Those that nothing can satisfy but another change come first. */
  readonly refused: readonly Refused[]
  readonly overridden: readonly Judgement[]
  /** Approvals that it uses up. */
  readonly used: readonly ApprovalRow[]
  readonly warned: readonly Judgement[]
  readonly notified: readonly Judgement[]
}

const NONE: Settled = { refused: [], overridden: [], used: [], warned: [], notified: [] }

/** @throws ForbiddenError, ValidationError for an override that is none */
async function settle(ctx: Context, projectId: string, judged: readonly Judgement[]): Promise<Settled> {
  if (judged.length === 0) return NONE
  const of = (effect: Verdict['effect']): Judgement[] => judged.filter(({ verdict }) => verdict.effect === effect)
  const isOverridden = ({ verdict }: Judgement): boolean => ctx.override?.rules.includes(verdict.ruleId) === true
  const [blocking, wanting] = [of('block'), of('require_approval')]
  const overridden = [...blocking, ...wanting].filter(isOverridden)
  if (overridden.length > 0) requireOverride(ctx, projectId)
  const open = wanting.filter((one) => !isOverridden(one))
  const digests = open.map(({ verdict, subject }) => changeDigest(verdict, subject, requireActor(ctx).userId))
  const approvals = digests.length === 0 ? new Map<string, ApprovalRow>() : await approvalsOf(ctx, projectId, digests)
  const approvalOf = (index: number): ApprovalRow | undefined => approvals.get(digests[index] as string)
  return {
    refused: [
      ...blocking.filter((one) => !isOverridden(one)).map(({ subject, verdict }) => ({ subject, refusal: blocked(verdict) })),
      ...open.flatMap(({ subject, verdict }, index) => (approvalOf(index)?.status === 'granted' ? [] : [{ subject, refusal: wanted(verdict, approvalOf(index)) }])),
    ],
    overridden, used: [...approvals.values()].filter(({ status }) => status === 'granted'), warned: of('warn'), notified: of('notify'),
  }
}

const MAX_REASON = 500

function requireOverride(ctx: Context, projectId: string): void {
  requireInProject(ctx, 'governance.override', projectId, { kind: 'project', ref: encodeNodeId('Project', projectId), path: [] })
  const reason = ctx.override?.reason.trim() ?? ''
  if (reason === '' || reason.length > MAX_REASON) throw new ValidationError(`An override has a reason of 1 to ${MAX_REASON} characters.`)
}

const blocked = ({ ruleId, line, message, remedy, gate }: Verdict): PolicyRefusal => ({ rule: ruleId, line, message, remedy, satisfiedBy: gate?.missing ?? [] })

const ASK = 'Ask for it (requestApproval, br governance request), and make the same change again once it is granted.'

function wanted({ ruleId, line, message, remedy, approvals }: Verdict, waiting: ApprovalRow | undefined): PolicyRefusal {
  const { roles, count } = approvals as NonNullable<Verdict['approvals']>
  const given = waiting?.decisions.length ?? 0
  const people = `The agreement of ${count} ${count === 1 ? 'person' : 'people'}${roles.length === 0 ? '' : ` (${roles.join(' or ')})`}${given === 0 ? '' : `; ${given} agreed so far`}.`
  return { rule: ruleId, line, message, remedy: remedy ?? ASK, satisfiedBy: [people], needsApproval: true, approvalId: waiting?.id ?? null }
}

/** Where several rules refuse, the first speaks, and says that it is not alone. */
function refusalOf({ refusal }: Refused, more: readonly Refused[]): PolicyError {
  const others = new Set(more.map((one) => one.refusal.rule))
  others.delete(refusal.rule)
  return new PolicyError(others.size === 0 ? refusal : { ...refusal, message: `${refusal.message} (Also: ${[...others].join(', ')}.)` })
}

/** Each rule speaks once of a request, however often that is tried. */
function warn({ warnings }: Context, warned: readonly Judgement[]): void {
  for (const { verdict: { ruleId: rule, line, message, remedy } } of warned) {
    if (!warnings.some((known) => known.rule === rule && known.message === message)) warnings.push({ rule, line, message, remedy })
  }
}

const keysOf = (judged: readonly Judgement[]): string[] => [...new Set(judged.flatMap(({ subject }) => subject.key ?? []))]

function consequences(ctx: Context, action: string, projectId: string, { overridden, used, notified }: Settled): Consequences {
  if (overridden.length + used.length + notified.length === 0) return NOTHING
  const told = [...Map.groupBy(notified, ({ verdict }) => verdict.ruleId).values()].map((judged) => {
    const { ruleId: rule, line, message, notify } = (judged[0] as Judgement).verdict
    return { kind: 'policy.notified', data: { rule, line, action, itemKeys: keysOf(judged), message, ...notify } }
  })
  const over = overridden.length === 0 ? null : override(ctx, action, projectId, overridden)
  return {
    rows: [...(used.length === 0 ? [] : [useApprovals(used.map(({ id }) => id))]), ...(over?.rows ?? [])],
    events: [...(over?.events ?? []), ...told],
  }
}

function override(ctx: Context, action: string, projectId: string, overridden: readonly Judgement[]): Consequences {
  const rules = [...new Map(overridden.map(({ verdict: { ruleId, line } }) => [ruleId, { rule: ruleId, line }])).values()]
  const { organisationId, userId } = requireActor(ctx)
  const reason = ctx.override?.reason.trim() as string
  const details = { action, rules, itemKeys: keysOf(overridden) }
  const entry = { organisationId, actorId: userId, action: 'policy.override', target: { type: 'project', id: projectId }, details, ...ofRequest(ctx, { reason }) } as const
  return { rows: [auditRow(entry)], events: [{ kind: 'policy.overridden', data: { ...details, reason } }] }
}
