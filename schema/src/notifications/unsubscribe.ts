/** The link at the end of every mail: whoever holds it may end the mails, and do nothing else. */
import { LANGUAGE_PARAMETER } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import type { Services } from '../context.ts'
import type { Vault } from '../shared/vault.ts'

export const UNSUBSCRIBE_PATH = '/notifications/unsubscribe'

export interface Member {
  readonly organisationId: string
  readonly userId: string
}

const OWNER = 'notifications:unsubscribe'

export const unsubscribeToken = (vault: Vault, { organisationId, userId }: Member): string => vault.seal(`${organisationId}/${userId}`, OWNER)

export const unsubscribeUrl = ({ vault, publicUrl }: Pick<Services, 'vault' | 'publicUrl'>, { language, ...member }: Member & { readonly language: Language }): string =>
  `${publicUrl()}${UNSUBSCRIBE_PATH}?token=${encodeURIComponent(unsubscribeToken(vault, member))}&${LANGUAGE_PARAMETER}=${language}`

/** Whose token it is; null: it was not made here, or was changed. */
export function memberOf(vault: Vault, token: string): Member | null {
  try {
    const [organisationId = '', userId = ''] = vault.open(token, OWNER).split('/')
    return { organisationId, userId }
  } catch {
    return null
  }
}
