/** What every command says on stderr while br acts as somebody else. */
import { t } from '../text/text.ts'
import type { StoredImpersonation } from './credentials.ts'

export const bannerOf = ({ user, endsAt, reason }: StoredImpersonation): string =>
  t('acting as {user} until {value} UTC ({reason}); br admin stop ends it', { user, value: new Date(endsAt).toISOString().slice(11, 16), reason })
