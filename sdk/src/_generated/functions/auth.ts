// Generated from sdk/operations/auth.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { AuthChangePasswordData, AuthChangePasswordVariables, AuthCompleteSignInData, AuthCompleteSignInVariables, AuthConfirmTwoFactorData, AuthConfirmTwoFactorVariables, AuthDisableTwoFactorData, AuthDisableTwoFactorVariables, AuthEnableTwoFactorData, AuthEnableTwoFactorVariables, AuthRegenerateRecoveryCodesData, AuthRegenerateRecoveryCodesVariables, AuthRequestPasswordResetData, AuthRequestPasswordResetVariables, AuthResendVerificationData, AuthResendVerificationVariables, AuthResetPasswordData, AuthResetPasswordVariables, AuthRevokeOtherSessionsData, AuthRevokeSessionData, AuthRevokeSessionVariables, AuthSessionData, AuthSessionsData, AuthSessionsVariables, AuthSignInData, AuthSignInVariables, AuthSignOutData, AuthSignUpData, AuthSignUpVariables, AuthSwitchOrganisationData, AuthSwitchOrganisationVariables, AuthVerifyEmailData, AuthVerifyEmailVariables } from '../auth.ts'
import { auth_changePassword, auth_completeSignIn, auth_confirmTwoFactor, auth_disableTwoFactor, auth_enableTwoFactor, auth_regenerateRecoveryCodes, auth_requestPasswordReset, auth_resendVerification, auth_resetPassword, auth_revokeOtherSessions, auth_revokeSession, auth_session, auth_sessions, auth_signIn, auth_signOut, auth_signUp, auth_switchOrganisation, auth_verifyEmail } from '../operations/auth.ts'

export type * from '../auth.ts'

/**
 * Signs somebody up. The mailed link finishes it.
 *
 * The link that is mailed finishes it. The answer does not tell whether the address had an account.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await signUp(client, { email: 'ada@example.com', password: 'correct horse battery staple', name: 'Ada Lovelace', organisationName: 'Analytical Engines' })
 * ```
 */
export function signUp(client: Client, variables: AuthSignUpVariables, options?: CallOptions): Request<AuthSignUpData> {
  return call(client, auth_signUp, variables, options)
}

/**
 * Mails the link of the newest sign-up again.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `ValidationError`.
 *
 * @example
 * ```ts
 * const { data } = await resendVerification(client, { email: 'ada@example.com' })
 * ```
 */
export function resendVerification(client: Client, variables: AuthResendVerificationVariables, options?: CallOptions): Request<AuthResendVerificationData> {
  return call(client, auth_resendVerification, variables, options)
}

/**
 * Finishes a sign-up. A link works once.
 *
 * Finishes a sign-up with the `token` of the mailed link. A link works once.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`.
 *
 * @example
 * ```ts
 * const { data, error } = await verifyEmail(client, { token: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo' })
 * ```
 */
export function verifyEmail(client: Client, variables: AuthVerifyEmailVariables, options?: CallOptions): Request<AuthVerifyEmailData> {
  return call(client, auth_verifyEmail, variables, options)
}

/**
 * Signs in with a password. Where the person has a second factor, `completeSignIn` follows.
 *
 * Answers with the token of a session, or with a `challenge` where a second factor is enabled: `completeSignIn` follows.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`.
 *
 * @example
 * ```ts
 * const { data, error } = await signIn(client, { email: 'ada@example.com', password: 'correct horse battery staple' })
 * ```
 */
export function signIn(client: Client, variables: AuthSignInVariables, options?: CallOptions): Request<AuthSignInData> {
  return call(client, auth_signIn, variables, options)
}

/**
 * Answers the question for a second factor. A code works once.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`.
 *
 * @example
 * ```ts
 * const { data, error } = await completeSignIn(client, { challenge: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo', code: '287082' })
 * ```
 */
export function completeSignIn(client: Client, variables: AuthCompleteSignInVariables, options?: CallOptions): Request<AuthCompleteSignInData> {
  return call(client, auth_completeSignIn, variables, options)
}

/**
 * Ends the session that asks.
 *
 * Ends the session that asks.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { error } = await signOut(client)
 * ```
 */
export function signOut(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<AuthSignOutData> {
  return call(client, auth_signOut, variables, options)
}

/**
 * Mails a link to set a new password.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `ValidationError`.
 *
 * @example
 * ```ts
 * const { data } = await requestPasswordReset(client, { email: 'ada@example.com' })
 * ```
 */
export function requestPasswordReset(client: Client, variables: AuthRequestPasswordResetVariables, options?: CallOptions): Request<AuthRequestPasswordResetData> {
  return call(client, auth_requestPasswordReset, variables, options)
}

/**
 * Sets a new password by a mailed link, and ends all sessions. A link works once; a weak password does not use it up.
 *
 * Sets a new password with the `token` of the mailed link, and ends all sessions.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await resetPassword(client, { token: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo', newPassword: 'four quite different words' })
 * ```
 */
export function resetPassword(client: Client, variables: AuthResetPasswordVariables, options?: CallOptions): Request<AuthResetPasswordData> {
  return call(client, auth_resetPassword, variables, options)
}

/**
 * Sets a new password, and ends all other sessions.
 *
 * Sets a new password, and ends all other sessions.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await changePassword(client, { currentPassword: 'correct horse battery staple', newPassword: 'four quite different words' })
 * ```
 */
export function changePassword(client: Client, variables: AuthChangePasswordVariables, options?: CallOptions): Request<AuthChangePasswordData> {
  return call(client, auth_changePassword, variables, options)
}

/**
 * Who is signed in. SESSION_REQUIRED with an API key.
 *
 * Who is signed in, and what the session may do.
 *
 * @example
 * ```ts
 * const { data } = await getSession(client)
 * console.log(data?.email, data?.restriction ?? 'unrestricted')
 * ```
 */
export function getSession(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<AuthSessionData> {
  return call(client, auth_session, variables, options)
}

/**
 * The person's own sessions, newest first.
 *
 * Your own sessions, newest first.
 *
 * @example
 * ```ts
 * for await (const session of listSessions(client)) console.log(session.client, session.address, session.lastUsedAt)
 * ```
 */
export function listSessions(client: Client, variables?: AuthSessionsVariables, options?: CallOptions): ListRequest<AuthSessionsData, AuthSessionsData['nodes'][number]> {
  return list(client, auth_sessions, variables, options)
}

/**
 * Ends one of the person's own sessions.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `NotFoundError`, `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { data, error } = await revokeSession(client, { sessionId: 'ses_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function revokeSession(client: Client, variables: AuthRevokeSessionVariables, options?: CallOptions): Request<AuthRevokeSessionData> {
  return call(client, auth_revokeSession, variables, options)
}

/**
 * Ends all sessions of the person but the one that asks.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { data, error } = await revokeOtherSessions(client)
 * ```
 */
export function revokeOtherSessions(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<AuthRevokeOtherSessionsData> {
  return call(client, auth_revokeOtherSessions, variables, options)
}

/**
 * Takes the session to another organisation.
 *
 * Takes the session to another organisation that you are a member of.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `NotFoundError`, `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { data, error } = await switchOrganisation(client, { organisationId: 'analytical-engines' })
 * ```
 */
export function switchOrganisation(client: Client, variables: AuthSwitchOrganisationVariables, options?: CallOptions): Request<AuthSwitchOrganisationData> {
  return call(client, auth_switchOrganisation, variables, options)
}

/**
 * Makes a second factor (TOTP, RFC 6238). It is asked for once `confirmTwoFactor` has seen a code.
 *
 * Makes a second factor; `confirmTwoFactor` with a first code makes it count.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `AlreadyExistsError`, `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { data, error } = await enableTwoFactor(client, { password: 'correct horse battery staple' })
 * ```
 */
export function enableTwoFactor(client: Client, variables: AuthEnableTwoFactorVariables, options?: CallOptions): Request<AuthEnableTwoFactorData> {
  return call(client, auth_enableTwoFactor, variables, options)
}

/**
 * Shows that the authenticator app works: from now on its codes are asked for. The session counts as having shown one.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { data, error } = await confirmTwoFactor(client, { code: '287082' })
 * ```
 */
export function confirmTwoFactor(client: Client, variables: AuthConfirmTwoFactorVariables, options?: CallOptions): Request<AuthConfirmTwoFactorData> {
  return call(client, auth_confirmTwoFactor, variables, options)
}

/**
 * Takes the second factor away.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { data, error } = await disableTwoFactor(client, { password: 'correct horse battery staple', code: '287082' })
 * ```
 */
export function disableTwoFactor(client: Client, variables: AuthDisableTwoFactorVariables, options?: CallOptions): Request<AuthDisableTwoFactorData> {
  return call(client, auth_disableTwoFactor, variables, options)
}

/**
 * Replaces the recovery codes.
 *
 * The former recovery codes no longer count.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `SignInError`, `UnauthenticatedError`.
 *
 * @example
 * ```ts
 * const { data, error } = await regenerateRecoveryCodes(client, { password: 'correct horse battery staple' })
 * ```
 */
export function regenerateRecoveryCodes(client: Client, variables: AuthRegenerateRecoveryCodesVariables, options?: CallOptions): Request<AuthRegenerateRecoveryCodesData> {
  return call(client, auth_regenerateRecoveryCodes, variables, options)
}
