/** Settings of the organisation. */
import type { Context } from '../context.ts'
import { breaksUnique } from '../shared/database.ts'
import { AlreadyExistsError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { checkNames } from '../shared/names.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { ProjectRole } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import { askPolicy, changeOrganisation, stateWith } from './change.ts'
import type { Written } from './change.ts'
import { requireRoom } from './limits.ts'
import type { Usage } from './limits.ts'

/** Bounds of how long audit records are kept whole. */
const [MIN_RETENTION_DAYS, MAX_RETENTION_DAYS] = [30, 2_557]

interface Settings {
  readonly name: string
  readonly slug: string
  readonly defaultRole: ProjectRole | null
  readonly requireMfa: boolean
  readonly auditRetentionDays: number | null
}
interface SettingsTarget extends Settings {
  /** Whether whoever asks has a second factor. */
  readonly hasSecondFactor: boolean
}

const SETTINGS = stateWith<SettingsTarget>(
  'settings',
  `SELECT json_build_object('name', o.name, 'slug', o.slug, 'defaultRole', o.default_role, 'requireMfa', o.require_mfa, 'auditRetentionDays', o.audit_retention_days,
     'hasSecondFactor', EXISTS (SELECT FROM two_factors f WHERE f.user_id = $2::uuid AND f.confirmed_at IS NOT NULL))`,
)
const UPDATE: Omit<RowChange, 'values'> = {
  name: 'organisation-update',
  text: (p) => `UPDATE organisations SET name = ${p(1)}::text, slug = ${p(2)}::text, default_role = ${p(3)}::project_role, require_mfa = ${p(4)}::boolean,
    audit_retention_days = ${p(5)}::int FROM head WHERE organisations.id = $3::uuid`,
}

export interface UpdateOrganisation {
  readonly name?: string | null | undefined
  readonly slug?: string | null | undefined
  /** Null: projects do not exist for members without a role in them; undefined leaves it. */
  readonly defaultRole?: ProjectRole | null | undefined
  readonly requireMfa?: boolean | null | undefined
  /** 30 to 2557; null: the operator's default; undefined leaves it. */
  readonly auditRetentionDays?: number | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/** With a default role that can do more than look, everybody takes a seat. */
function seatsGained(before: Settings, after: Settings, { members, invited, seats_used, seats_reserved }: Usage): number {
  const looks = ({ defaultRole }: Settings): boolean => defaultRole === null || defaultRole === 'Viewer'
  return looks(before) && !looks(after) ? members + invited - seats_used - seats_reserved : 0
}

/**
 * Changes settings of the organisation.
 *
 * @throws PolicyError when a second factor is required by somebody who has none, PlanLimitError when the default role would seat
 * more than there is room for.
 */
export async function updateOrganisation(ctx: Context, input: UpdateOrganisation): Promise<Written<{ organisationId: string }>> {
  requirePermission(ctx, 'organisation.write')
  checkNames(input)
  const days = input.auditRetentionDays
  if (days != null && (days < MIN_RETENTION_DAYS || days > MAX_RETENTION_DAYS)) {
    throw new ValidationError(`Audit records are kept from ${MIN_RETENTION_DAYS} to ${MAX_RETENTION_DAYS} days (7 years); ${days} is not between.`, ['auditRetentionDays'])
  }
  return changeOrganisation(ctx, {
    action: 'organisation.update', input, read: SETTINGS, values: [],
    decide(state) {
      const { id, target } = state
      const { hasSecondFactor, ...before } = target as SettingsTarget
      const after: Settings = {
        name: input.name ?? before.name, slug: input.slug ?? before.slug, defaultRole: input.defaultRole === undefined ? before.defaultRole : input.defaultRole,
        requireMfa: input.requireMfa ?? before.requireMfa, auditRetentionDays: days === undefined ? before.auditRetentionDays : days,
      }
      if (JSON.stringify(before) === JSON.stringify(after)) return { result: { organisationId: id }, change: null }
      askPolicy(ctx, 'organisation.update', { projectArchived: false, locksOut: after.requireMfa && !before.requireMfa && !hasSecondFactor })
      // what this counts changes in this stream alone: its sequence is lock enough
      requireRoom(ctx.operator, state, { seats: seatsGained(before, after, state) })
      const { name, slug, defaultRole, requireMfa, auditRetentionDays } = after
      return {
        result: { organisationId: id },
        change: {
          kind: 'organisation.updated', data: { organisationId: encodeNodeId('Organisation', id), ...after }, target: { type: 'organisation', id }, before, after,
          rows: [{ ...UPDATE, values: [name, slug, defaultRole, requireMfa, auditRetentionDays] }],
        },
      }
    },
  }).catch((error: unknown) => {
    if (breaksUnique(error, 'organisations_slug_key')) throw new AlreadyExistsError('The slug is taken. Give another one.', ['slug'])
    throw error
  })
}
