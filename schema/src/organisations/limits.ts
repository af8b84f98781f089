/**
 * What the tier of an organisation limits, how much of it is used, and whether there is room for more.
 *
 * A seat is taken by every member who can do more than look: a TenantAdmin, somebody with another role than Viewer in any
 * project (archived ones too, as they can be restored), and everybody where the organisation's default role is not Viewer.
 * Open invitations reserve the seats that they will take.
 */
import { PlanLimitError } from '../shared/errors.ts'
import type { LimitName } from '../shared/errors.ts'
import { TIERS } from '../shared/operator-policy.ts'
import type { OperatorPolicy, Tier, TierLimits } from '../shared/operator-policy.ts'

/** Columns of `USAGE_COLUMNS`. */
export interface Usage {
  readonly tier: Tier
  readonly extra_seats: number
  /** For `countedAt` of the write that rests on these counts. */
  readonly limits_revision: number
  readonly members: number
  readonly seats_used: number
  /** Open invitations, and those of them that will take a seat. */
  readonly invited: number
  readonly seats_reserved: number
  /** Those in use; archived ones do not count. */
  readonly projects: number
}

/** Whether the member `m` of the organisation `o` takes a seat. */
export const TAKES_SEAT = `(m.role = 'TenantAdmin' OR o.default_role <> 'Viewer'
    OR EXISTS (SELECT FROM project_members pm WHERE pm.organisation_id = m.organisation_id AND pm.user_id = m.user_id AND pm.role <> 'Viewer')) IS TRUE`
/** Whether the invitation `i` to the organisation `o` will take one. */
export const WILL_TAKE_SEAT = `(i.role = 'TenantAdmin' OR o.default_role <> 'Viewer' OR jsonb_path_exists(i.project_roles, '$.* ? (@ <> "Viewer")')) IS TRUE`
/** Whether the invitation `i` can still be accepted. @param now placeholder of the time */
export const isOpen = (now: string): string => `i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${now}::timestamptz`

/** How much an organisation `o` uses. @param now placeholder of the time */
export const usageColumns = (now: string): string => `o.tier, o.extra_seats, o.limits_revision,
  (SELECT count(*)::int FROM members m WHERE m.organisation_id = o.id) AS members,
  (SELECT count(*)::int FROM members m WHERE m.organisation_id = o.id AND ${TAKES_SEAT}) AS seats_used,
  (SELECT count(*)::int FROM invitations i WHERE i.organisation_id = o.id AND ${isOpen(now)}) AS invited,
  (SELECT count(*)::int FROM invitations i WHERE i.organisation_id = o.id AND ${isOpen(now)} AND ${WILL_TAKE_SEAT}) AS seats_reserved,
  (SELECT count(*)::int FROM projects p WHERE p.organisation_id = o.id AND p.archived_at IS NULL) AS projects`

/** Seats that an organisation can fill: those that the tier includes and the extra ones, up to what the tier can have. */
export const seatsOf = ({ seats }: TierLimits, extra: number): number => Math.min(seats.included + extra, seats.max)

/** What a write adds. */
export interface Growth {
  readonly seats?: number
  readonly members?: number
  readonly projects?: number
}

const HOLDS: Readonly<Record<LimitName, (limits: TierLimits) => number>> = {
  seats: ({ seats }) => seats.max,
  members: ({ maxMembers }) => maxMembers ?? Infinity,
  projects: ({ maxProjects }) => maxProjects ?? Infinity,
}

/** The next tier that can hold so many. */
const tierFor = (operator: OperatorPolicy, from: Tier, limit: LimitName, needed: number): Tier | null =>
  TIERS.slice(TIERS.indexOf(from) + 1).find((tier) => HOLDS[limit](operator.tiers[tier]) >= needed) ?? null

const listed = (ways: readonly (string | false)[]): string => {
  const some = ways.filter((way) => way !== false)
  return some.length < 2 ? some.join('') : `${some.slice(0, -1).join(', ')} or ${some.at(-1)}`
}
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/**
 * Asks whether the tier has room for what a write adds.
 *
 * @throws PlanLimitError naming the limit and every way out.
 */
export function requireRoom(operator: OperatorPolicy, usage: Usage, { seats = 0, members = 0, projects = 0 }: Growth): void {
  const limits = operator.tiers[usage.tier]
  const refuse = (limit: LimitName, needed: number, what: string, ways: readonly (string | false)[]): never => {
    const upgradeTo = tierFor(operator, usage.tier, limit, needed)
    const remedy = listed([...ways, upgradeTo !== null && `change to the tier ${upgradeTo}`])
    throw new PlanLimitError(limit, upgradeTo, `The tier ${usage.tier} has no room for another ${what}. ${sentence(remedy)}`)
  }
  const invited = usage.invited > 0 && 'revoke an open invitation'
  const total = usage.members + usage.invited + members
  if (members > 0 && limits.maxMembers !== null && total > limits.maxMembers) refuse('members', total, `member: it has ${limits.maxMembers}`, ['remove one', invited])
  const [taken, held] = [usage.seats_used + usage.seats_reserved + seats, seatsOf(limits, usage.extra_seats)]
  if (seats > 0 && taken > held) {
    refuse('seats', taken, `seat: it has ${held}, and only viewers take none`, [
      'make somebody a Viewer everywhere', usage.seats_reserved > 0 && 'revoke an open invitation', taken <= limits.seats.max && `add seats (up to ${limits.seats.max})`,
    ])
  }
  const used = usage.projects + projects
  if (projects > 0 && limits.maxProjects !== null && used > limits.maxProjects) refuse('projects', used, `project: it has ${limits.maxProjects}`, ['archive one'])
}
