/** Every operation of an account once: sign-up, mailed links, sign-in, second factor, sessions, passwords. */
import { tokenIn } from '@buildrunner/schema/authentication/testing/people'
import type { Mail } from '@buildrunner/schema/shared/mail'
import { generate } from 'otplib'
import { expect } from 'vitest'
import { UnauthenticatedError } from '../src/index.ts'
import type { BuildRunnerSDK } from '../src/index.ts'

type Auth = BuildRunnerSDK['auth']

export interface Account {
  /** As whoever a session belongs to; as nobody without one. */
  readonly as: (token?: string) => Auth
  /** What the server mailed. */
  readonly mails: readonly Mail[]
}

const [email, password, newPassword] = ['joan@example.com', 'correct horse battery staple', 'four quite different words']

export async function walkAccount({ as, mails }: Account): Promise<void> {
  const anonymous = as()
  const link = (): string => tokenIn(mails.at(-1)?.text ?? '')
  await anonymous.signUp({ email, password, name: 'Joan', organisationName: 'Codes' }).orThrow()
  expect((await anonymous.resendVerification({ email }).orThrow()).email).toBe(email)
  expect((await anonymous.verifyEmail({ token: link() }).orThrow()).email).toBe(email)
  const { token } = await anonymous.signIn({ email, password }).orThrow()
  const joan = as(token as string)
  await walkSessions(anonymous, joan)
  await walkSecondFactor(anonymous, joan)
  expect((await joan.changePassword({ currentPassword: password, newPassword }).orThrow()).sessionsEnded).toBe(1)
  expect((await anonymous.requestPasswordReset({ email }).orThrow()).email).toBe(email)
  expect((await anonymous.resetPassword({ token: link(), newPassword: password }).orThrow()).sessionsEnded).toBe(1)
  const last = as((await anonymous.signIn({ email, password }).orThrow()).token as string)
  expect((await last.signOut().orThrow()).signedOut).toBe(true)
  expect((await last.session()).error).toBeInstanceOf(UnauthenticatedError)
}

async function walkSessions(anonymous: Auth, joan: Auth): Promise<void> {
  const { id: first, organisations: [organisation] } = await joan.session().orThrow()
  expect(organisation).toMatchObject({ name: 'Codes', role: 'TENANT_ADMIN', current: true })
  expect((await joan.switchOrganisation({ organisationId: organisation?.slug as string }).orThrow()).session).toMatchObject({ email })
  const { sessionId: second } = await anonymous.signIn({ email, password }).orThrow()
  expect((await joan.sessions().toArray()).map(({ id, current }) => [id, current])).toEqual([[second, false], [first, true]])
  expect(await joan.revokeSession({ sessionId: second as string }).orThrow()).toMatchObject({ sessionIds: [second] })
  const { sessionId: third } = await anonymous.signIn({ email, password }).orThrow()
  expect(await joan.revokeOtherSessions().orThrow()).toMatchObject({ sessionIds: [third] })
}

/** Leaves one more session, and no second factor. */
async function walkSecondFactor(anonymous: Auth, joan: Auth): Promise<void> {
  const { secret } = await joan.enableTwoFactor({ password }).orThrow()
  expect((await joan.confirmTwoFactor({ code: await generate({ secret }) }).orThrow()).twoFactorEnabled).toBe(true)
  const { recoveryCodes: [one = '', other = ''] } = await joan.regenerateRecoveryCodes({ password }).orThrow()
  const { challenge } = await anonymous.signIn({ email, password }).orThrow()
  expect((await anonymous.completeSignIn({ challenge: challenge?.token as string, code: one }).orThrow()).token).toMatch(/^bs_/)
  expect((await joan.disableTwoFactor({ password, code: other }).orThrow()).twoFactorEnabled).toBe(false)
}
