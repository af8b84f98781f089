/** The message that an invitation is. It reads the same whether or not somebody has an account under the address. */
import type { Mail } from '../shared/mail.ts'

export interface InvitationMail {
  readonly to: string
  readonly organisation: string
  readonly inviter: string
  readonly token: string
  readonly expiresAt: Date
  /** Address of the server as people reach it, without a slash at the end. */
  readonly url: string
}

/** One line, so that a name cannot add lines of its own to the message. */
const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

export function invitationMail({ to, organisation, inviter, token, expiresAt, url }: InvitationMail): Mail {
  const [who, where] = [line(inviter), line(organisation)]
  return {
    to,
    subject: `${who} invites you to ${where} on BuildRunner`,
    text: `${who} invites you to join ${where} on BuildRunner.

Sign in to ${url} with this e-mail address, or sign up with it first. Then accept:

  br members accept ${token}

The invitation can be accepted until ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, once, and only by you. If you did not expect it, do nothing.
`,
  }
}
