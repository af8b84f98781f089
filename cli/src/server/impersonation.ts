/** What every command says on stderr while br acts as somebody else. */
import type { StoredImpersonation } from './credentials.ts'

export const bannerOf = ({ user, endsAt, reason }: StoredImpersonation): string =>
  `acting as ${user} until ${new Date(endsAt).toISOString().slice(11, 16)} UTC (${reason}); br admin stop ends it`
