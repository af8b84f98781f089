/** Who may act as whom. */
import type { OrganisationRole, PlatformRole, Role } from '../shared/permissions.ts'

export const MIN_REASON = 10
export const MAX_REASON = 500

/** From low to high. */
const RANKS: readonly Role[] = ['Member', 'TenantAdmin', 'SupportAgent', 'GlobalAdmin']

export interface Ranked {
  readonly organisationRole: OrganisationRole
  readonly platformRole: PlatformRole | null
}

const rankOf = ({ organisationRole, platformRole }: Ranked): number => Math.max(RANKS.indexOf(organisationRole), platformRole === null ? 0 : RANKS.indexOf(platformRole))

/** Only downwards: nobody acts as a peer, and so never as themselves. */
export const outranks = (who: Ranked, whom: Ranked): boolean => rankOf(who) > rankOf(whom)
