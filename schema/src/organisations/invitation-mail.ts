/** The message that an invitation is. Who sent it does not learn from it whether somebody has an account under the address. */
import { LANGUAGE_PARAMETER } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import type { Mail } from '../shared/mail.ts'
import { textIn } from '../text/text.ts'

export interface InvitationMail {
  readonly to: string
  readonly organisation: string
  readonly inviter: string
  readonly token: string
  readonly expiresAt: Date
  /** Address of the server as people reach it, without a slash at the end. */
  readonly url: string
  readonly language: Language
}

/** One line, so that a name cannot add lines of its own to the message. */
const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

export function invitationMail({ to, token, expiresAt, url, language, ...names }: InvitationMail): Mail {
  const t = textIn(language)
  const [inviter, organisation] = [line(names.inviter), line(names.organisation)]
  const link = `${url}/auth/accept-invitation?token=${token}&${LANGUAGE_PARAMETER}=${language}`
  const lines = [t('invitation.intro', { inviter, organisation }), t('invitation.accept', { url }), link, `  br members accept ${token}`, t('invitation.validity', { expiresAt })]
  return { to, subject: t('invitation.subject', { inviter, organisation }), text: `${lines.join('\n\n')}\n` }
}
