/** The way every write of an organisation takes: read it with what the write is about, decide, commit as one event of its stream. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import type { Governed } from '../governance/governed.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { PolicyError } from '../shared/errors.ts'
import type { PolicyFacts } from '../shared/policy.ts'
import { requireActor } from '../shared/permissions.ts'
import { jsonOf } from '../shared/project-write.ts'
import { commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RecordedRequest, RowChange } from '../shared/write.ts'
import { requireRoom, usageColumns } from './limits.ts'
import type { Growth, Usage } from './limits.ts'

/** What every write reads, and its own target: null when that is not there. */
export interface State<Target> extends Usage, RecordedRequest {
  readonly id: string
  readonly sequence: number
  readonly target: Target | null
}

/**
 * A read of the organisation with a target: a scalar subquery about the organisation `o` that gives one JSON value.
 * `$1` is the organisation, `$2` who asks, `$4` the time; its own values begin at `$5`.
 */
export const stateWith = <Target>(name: string, target: string): Statement<State<Target>> =>
  statement(
    `organisation:${name}`,
    `SELECT o.id, s.sequence, ${usageColumns('$4')}, r.request_hash, r.result, (${target}) AS target
     FROM organisations o JOIN event_streams s ON s.id = o.id LEFT JOIN idempotency_records r ON r.actor_id = $2::uuid AND r.key = $3::text WHERE o.id = $1::uuid`,
  )

export interface Change {
  /** Of the event, e.g. `member.joined`. */
  readonly kind: string
  /** What the event tells: ids as everybody outside knows them, and roles; never personal data. */
  readonly data: Readonly<Record<string, unknown>>
  readonly target: { readonly type: string; readonly id: string }
  readonly before: object | null
  readonly after: object | null
  readonly personal?: Readonly<Record<string, string>>
  readonly rows: readonly RowChange[]
  /** The project that it is about. Default: none. */
  readonly governed?: Governed
  /** What it adds that the tier limits. Default: nothing. */
  readonly growth?: Growth
  /** True: the growth was reserved by an invitation, so that what others reserve does not stand in its way. */
  readonly reserved?: boolean
}

export interface OrganisationWrite<Target, Result> {
  readonly action: AuditAction
  /** Default: that of whoever asks. */
  readonly organisationId?: string
  readonly input: { readonly idempotencyKey?: string | null | undefined }
  readonly read: Statement<State<Target>>
  /** Of the target's own placeholders. */
  readonly values: readonly unknown[]
  /** What is answered, and what changes; without a change everything is already as it should be. */
  decide(state: State<Target>): { readonly result: Result; readonly change: Change | null }
}

export type Written<Result> = Result & { readonly sequence: number }

/** @throws PolicyError naming the rule that refuses */
export function askPolicy(ctx: Context, action: AuditAction, facts: PolicyFacts): void {
  const decision = ctx.policy.decide(action, facts)
  if (!decision.allowed) throw new PolicyError(decision)
}

/**
 * Reads, decides and commits; again when others were faster. What the tier limits is counted in the same read: see `countedAt`.
 *
 * @throws PlanLimitError when there is no room for what the change adds.
 */
export function changeOrganisation<Target, Result extends object>(ctx: Context, write: OrganisationWrite<Target, Result>): Promise<Written<Result>> {
  const actor = requireActor(ctx)
  const organisationId = write.organisationId ?? actor.organisationId
  const request = idempotentRequest(write.input.idempotencyKey, write.action, write.input)
  return retryOnRace(organisationId, async () => {
    const [state] = await ctx.db.query(write.read, [organisationId, actor.userId, request?.key ?? null, ctx.clock.now(), ...write.values])
    if (state === undefined) throw new Error(`the organisation ${organisationId} has no stream`)
    const earlier = replayed<Written<Result>>(request, state)
    if (earlier !== null) return earlier
    const { result, change } = write.decide(state)
    if (change === null) return { ...result, sequence: state.sequence }
    if (change.growth !== undefined) requireRoom(ctx.operator, change.reserved === true ? { ...state, invited: 0, seats_reserved: 0 } : state, change.growth)
    const written = { ...result, sequence: state.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      action: write.action, target: change.target, organisationId, stream: { id: organisationId, expected: state.sequence }, governed: change.governed ?? null,
      event: { kind: change.kind, version: 1, data: JSON.stringify(change.data) }, before: jsonOf(change.before), after: jsonOf(change.after),
      ...(change.personal && { personal: change.personal }), rows: change.rows, countedAt: change.growth === undefined ? null : state.limits_revision, idempotency: request, result: written,
    })
    return sequence === null ? null : written
  })
}
