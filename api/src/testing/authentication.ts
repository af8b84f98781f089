/** Every route of an account once: sign-up, mailed links, sign-in, second factor, sessions, passwords. */
import { tokenIn } from '@buildrunner/schema/authentication/testing/people'
import { generate } from 'otplib'
import { expect } from 'vitest'
import type { Walk } from './organisation.ts'

const [EMAIL, PASSWORD, NEW_PASSWORD] = ['joan@example.com', 'correct horse battery staple', 'four quite different words']

export async function walkAuthentication({ as, mails }: Pick<Walk, 'as' | 'mails'>): Promise<void> {
  const anonymous = as()
  const token = (): string => tokenIn(mails.at(-1)?.text ?? '')
  const post = async (path: string, body?: object, call = anonymous) => (await call(`POST /api/auth/${path}`, { body })).body
  const signIn = (password: string) => post('sign-in', { email: EMAIL, password })

  expect(await post('sign-up', { email: EMAIL, password: PASSWORD, name: 'Joan', organisation_name: 'Codes' })).toEqual({ email: EMAIL })
  expect(await post('resend-verification', { email: EMAIL })).toEqual({ email: EMAIL })
  expect(await post('verify-email', { token: token() })).toEqual({ email: EMAIL })
  const { token: first, challenge } = await signIn(PASSWORD)
  expect([first, challenge]).toEqual([expect.stringMatching(/^bs_/), null])
  const joan = as(first)
  const { body: session } = await joan('GET /api/auth/session')
  expect(session).toMatchObject({ email: EMAIL, restriction: null, organisations: [{ name: 'Codes', current: true }] })
  expect(await post('session/organisation', { organisation_id: session.organisations[0].slug }, joan)).toMatchObject({ session: { email: EMAIL } })

  const { session_id: second } = await signIn(PASSWORD)
  expect((await joan('GET /api/auth/sessions')).body.nodes).toMatchObject([{ id: second, current: false }, { current: true }])
  expect((await joan(`DELETE /api/auth/sessions/${second}`)).body).toEqual({ session_ids: [second] })
  const { session_id: third } = await signIn(PASSWORD)
  expect(await post('sessions/revoke-others', undefined, joan)).toEqual({ session_ids: [third] })

  const { secret } = await post('two-factor', { password: PASSWORD }, joan)
  expect(await post('two-factor/confirm', { code: await generate({ secret }) }, joan)).toEqual({ two_factor_enabled: true })
  const { recovery_codes: codes } = await post('two-factor/recovery-codes', { password: PASSWORD }, joan)
  const waiting = await signIn(PASSWORD)
  expect(await post('sign-in/complete', { challenge: waiting.challenge.token, code: codes[0] })).toMatchObject({ token: expect.stringMatching(/^bs_/), challenge: null })
  expect(await post('two-factor/disable', { password: PASSWORD, code: codes[1] }, joan)).toEqual({ two_factor_enabled: false })

  expect(await post('change-password', { current_password: PASSWORD, new_password: NEW_PASSWORD }, joan)).toEqual({ sessions_ended: 1 })
  expect(await post('request-password-reset', { email: EMAIL })).toEqual({ email: EMAIL })
  expect(await post('reset-password', { token: token(), new_password: PASSWORD })).toEqual({ sessions_ended: 1 })
  const last = as((await signIn(PASSWORD)).token)
  expect(await post('sign-out', undefined, last)).toEqual({ signed_out: true })
  expect(await last('GET /api/auth/session')).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
}
