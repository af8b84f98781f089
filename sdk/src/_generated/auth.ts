// Generated from sdk/operations/auth.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { OrganisationRole, SessionRestriction } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** A session of the person who asks. Nobody else sees it. */
export interface Session {
  id: string
  /** Whether it is the one that asks. */
  current: boolean
  /** When somebody signed in. */
  createdAt: string
  /** When it was last used, to the minute. */
  lastUsedAt: string | null
  /** When it ends by itself. */
  expiresAt: string
  /** Network address that it was opened from. */
  address: string | null
  /** Which client opened it, e.g. `cli/0.1.0`, or the beginning of the user agent. */
  client: string | null
  /** Whether a second factor was shown. */
  secondFactor: boolean
}

/** Who is signed in, and what with. Readable whatever the session lacks. */
export interface CurrentSession {
  /** Node id of the session. */
  id: string
  /** Node id of the person. */
  userId: string
  /** Display name. */
  name: string
  /** E-mail address. */
  email: string
  /** Whether a second factor is asked for. */
  twoFactorEnabled: boolean
  /** Null: the session may do what the role allows. */
  restriction: SessionRestriction | null
  /** Those that the person is a member of, oldest membership first. */
  organisations: Array<{
    /** Node id of the organisation. */
    id: string
    /** The name people see. */
    name: string
    /** Unique; part of addresses. */
    slug: string
    /** The person's role in it. */
    role: OrganisationRole
    /** Whether it asks for a second factor. */
    requiresSecondFactor: boolean
    /** Whether the session works in it. */
    current: boolean
  }>
}

/** The password was right; a second factor is to follow. */
export interface Challenge {
  /** Goes with the code to `completeSignIn`. */
  token: string
  /** Until when. */
  expiresAt: string
}

/** What `auth.signUp` takes. */
export interface AuthSignUpVariables {
  /** E-mail address; upper and lower case are the same. */
  email: string
  /** At least as long as the operator asks for, at most 128 characters, and not among what is guessed first. */
  password: string
  /** Display name, 1 to 100 characters. */
  name: string
  /** Makes an organisation of this name, with the person as its administrator, once the address is verified. */
  organisationName?: string | null
  /** What to be written to in: a language tag, such as `de`. Default: what the `Accept-Language` of the request asks for. */
  language?: string | null
}

/** What `auth.signUp` answers. */
export interface AuthSignUpData {
  /** The address, as it was given. */
  email: string
}

/** What `auth.resendVerification` takes. */
export interface AuthResendVerificationVariables {
  /** E-mail address; upper and lower case are the same. */
  email: string
}

/** What `auth.resendVerification` answers. */
export interface AuthResendVerificationData {
  /** The address, as it was given. */
  email: string
}

/** What `auth.verifyEmail` takes. */
export interface AuthVerifyEmailVariables {
  /** The `token` of the link. */
  token: string
}

/** What `auth.verifyEmail` answers. */
export interface AuthVerifyEmailData {
  /** The address, as it was given. */
  email: string
}

/** What `auth.signIn` takes. */
export interface AuthSignInVariables {
  /** E-mail address; upper and lower case are the same. */
  email: string
  /** The password, as it is. */
  password: string
}

/** What `auth.signIn` answers. */
export interface AuthSignInData {
  /** The session's token, shown once: send it as `Authorization: Bearer`. Null while a second factor is to follow. */
  token: string | null
  /** Node id of the session. */
  sessionId: string | null
  /** When the session ends by itself. */
  expiresAt: string | null
  /** What to answer with a code; null when the person is signed in. */
  challenge: Challenge | null
}

/** What `auth.completeSignIn` takes. */
export interface AuthCompleteSignInVariables {
  /** The `challenge.token` of `signIn`. */
  challenge: string
  /** Six digits of the authenticator app, or a recovery code. */
  code: string
}

/** What `auth.completeSignIn` answers. */
export interface AuthCompleteSignInData {
  /** The session's token, shown once: send it as `Authorization: Bearer`. Null while a second factor is to follow. */
  token: string | null
  /** Node id of the session. */
  sessionId: string | null
  /** When the session ends by itself. */
  expiresAt: string | null
  /** What to answer with a code; null when the person is signed in. */
  challenge: Challenge | null
}

/** What `auth.signOut` answers. */
export interface AuthSignOutData {
  /** Always true. */
  signedOut: boolean
}

/** What `auth.requestPasswordReset` takes. */
export interface AuthRequestPasswordResetVariables {
  /** E-mail address; upper and lower case are the same. */
  email: string
}

/** What `auth.requestPasswordReset` answers. */
export interface AuthRequestPasswordResetData {
  /** The address, as it was given. */
  email: string
}

/** What `auth.resetPassword` takes. */
export interface AuthResetPasswordVariables {
  /** The `token` of the link. */
  token: string
  /** At least as long as the operator asks for, at most 128 characters, and not among what is guessed first. */
  newPassword: string
}

/** What `auth.resetPassword` answers. */
export interface AuthResetPasswordData {
  /** How many sessions ended with the old password. */
  sessionsEnded: number
}

/** What `auth.changePassword` takes. */
export interface AuthChangePasswordVariables {
  /** The password, as it is. */
  currentPassword: string
  /** At least as long as the operator asks for, at most 128 characters, and not among what is guessed first. */
  newPassword: string
}

/** What `auth.changePassword` answers. */
export interface AuthChangePasswordData {
  /** How many sessions ended with the old password. */
  sessionsEnded: number
}

/** What `auth.session` answers. */
export type AuthSessionData = CurrentSession

/** What `auth.sessions` takes. */
export interface AuthSessionsVariables {
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `auth.sessions` answers. */
export interface AuthSessionsData {
  /** How many there are, on all pages. */
  totalCount: number
  pageInfo: PageInfo
  nodes: Session[]
}

/** What `auth.revokeSession` takes. */
export interface AuthRevokeSessionVariables {
  /** One of the person's own: node id or UUID. */
  sessionId: string
}

/** What `auth.revokeSession` answers. */
export interface AuthRevokeSessionData {
  /** Node ids of the sessions. */
  sessionIds: string[]
}

/** What `auth.revokeOtherSessions` answers. */
export interface AuthRevokeOtherSessionsData {
  /** Node ids of the sessions. */
  sessionIds: string[]
}

/** What `auth.switchOrganisation` takes. */
export interface AuthSwitchOrganisationVariables {
  /** One that the person is a member of: node id, UUID or slug. */
  organisationId: string
}

/** What `auth.switchOrganisation` answers. */
export interface AuthSwitchOrganisationData {
  /** What it may do now, its `restriction` says. */
  session: CurrentSession
}

/** What `auth.enableTwoFactor` takes. */
export interface AuthEnableTwoFactorVariables {
  /** The password once more: a session alone changes nothing here. */
  password: string
}

/** What `auth.enableTwoFactor` answers. */
export interface AuthEnableTwoFactorData {
  /** What an authenticator app reads from a QR code. */
  otpauthUri: string
  /** The same for typing, in base32. */
  secret: string
  /** Each stands in for a code once. Shown once: keep them where the device is not. */
  recoveryCodes: string[]
}

/** What `auth.confirmTwoFactor` takes. */
export interface AuthConfirmTwoFactorVariables {
  /** Six digits of the authenticator app. */
  code: string
}

/** What `auth.confirmTwoFactor` answers. */
export interface AuthConfirmTwoFactorData {
  /** Always true. */
  twoFactorEnabled: boolean
}

/** What `auth.disableTwoFactor` takes. */
export interface AuthDisableTwoFactorVariables {
  /** The password once more: a session alone changes nothing here. */
  password: string
  /** Six digits of the authenticator app, or a recovery code. */
  code: string
}

/** What `auth.disableTwoFactor` answers. */
export interface AuthDisableTwoFactorData {
  /** Always false. */
  twoFactorEnabled: boolean
}

/** What `auth.regenerateRecoveryCodes` takes. */
export interface AuthRegenerateRecoveryCodesVariables {
  /** The password once more: a session alone changes nothing here. */
  password: string
}

/** What `auth.regenerateRecoveryCodes` answers. */
export interface AuthRegenerateRecoveryCodesData {
  /** Each stands in for a code once. Shown once: keep them where the device is not. */
  recoveryCodes: string[]
}

/** People: signing up and in, second factors, sessions. The token of a session goes where an API key goes. */
export interface AuthGroup {
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
   * const { data, error } = await client.auth.signUp({ email: 'ada@example.com', password: 'correct horse battery staple', name: 'Ada Lovelace', organisationName: 'Analytical Engines' })
   * ```
   */
  signUp(variables: AuthSignUpVariables, options?: CallOptions): Request<AuthSignUpData>

  /**
   * Mails the link of the newest sign-up again.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `ValidationError`.
   *
   * @example
   * ```ts
   * const { data } = await client.auth.resendVerification({ email: 'ada@example.com' })
   * ```
   */
  resendVerification(variables: AuthResendVerificationVariables, options?: CallOptions): Request<AuthResendVerificationData>

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
   * const { data, error } = await client.auth.verifyEmail({ token: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo' })
   * ```
   */
  verifyEmail(variables: AuthVerifyEmailVariables, options?: CallOptions): Request<AuthVerifyEmailData>

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
   * const { data, error } = await client.auth.signIn({ email: 'ada@example.com', password: 'correct horse battery staple' })
   * ```
   */
  signIn(variables: AuthSignInVariables, options?: CallOptions): Request<AuthSignInData>

  /**
   * Answers the question for a second factor. A code works once.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `SignInError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.auth.completeSignIn({ challenge: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo', code: '287082' })
   * ```
   */
  completeSignIn(variables: AuthCompleteSignInVariables, options?: CallOptions): Request<AuthCompleteSignInData>

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
   * const { error } = await client.auth.signOut()
   * ```
   */
  signOut(variables?: Record<string, never>, options?: CallOptions): Request<AuthSignOutData>

  /**
   * Mails a link to set a new password.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `ValidationError`.
   *
   * @example
   * ```ts
   * const { data } = await client.auth.requestPasswordReset({ email: 'ada@example.com' })
   * ```
   */
  requestPasswordReset(variables: AuthRequestPasswordResetVariables, options?: CallOptions): Request<AuthRequestPasswordResetData>

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
   * const { data, error } = await client.auth.resetPassword({ token: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo', newPassword: 'four quite different words' })
   * ```
   */
  resetPassword(variables: AuthResetPasswordVariables, options?: CallOptions): Request<AuthResetPasswordData>

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
   * const { data, error } = await client.auth.changePassword({ currentPassword: 'correct horse battery staple', newPassword: 'four quite different words' })
   * ```
   */
  changePassword(variables: AuthChangePasswordVariables, options?: CallOptions): Request<AuthChangePasswordData>

  /**
   * Who is signed in. SESSION_REQUIRED with an API key.
   *
   * Who is signed in, and what the session may do.
   *
   * @example
   * ```ts
   * const { data } = await client.auth.session()
   * console.log(data?.email, data?.restriction ?? 'unrestricted')
   * ```
   */
  session(variables?: Record<string, never>, options?: CallOptions): Request<AuthSessionData>

  /**
   * The person's own sessions, newest first.
   *
   * Your own sessions, newest first.
   *
   * @example
   * ```ts
   * for await (const session of client.auth.sessions()) console.log(session.client, session.address, session.lastUsedAt)
   * ```
   */
  sessions(variables?: AuthSessionsVariables, options?: CallOptions): ListRequest<AuthSessionsData, AuthSessionsData['nodes'][number]>

  /**
   * Ends one of the person's own sessions.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `NotFoundError`, `SignInError`, `UnauthenticatedError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.auth.revokeSession({ sessionId: 'ses_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  revokeSession(variables: AuthRevokeSessionVariables, options?: CallOptions): Request<AuthRevokeSessionData>

  /**
   * Ends all sessions of the person but the one that asks.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `SignInError`, `UnauthenticatedError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.auth.revokeOtherSessions()
   * ```
   */
  revokeOtherSessions(variables?: Record<string, never>, options?: CallOptions): Request<AuthRevokeOtherSessionsData>

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
   * const { data, error } = await client.auth.switchOrganisation({ organisationId: 'analytical-engines' })
   * ```
   */
  switchOrganisation(variables: AuthSwitchOrganisationVariables, options?: CallOptions): Request<AuthSwitchOrganisationData>

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
   * const { data, error } = await client.auth.enableTwoFactor({ password: 'correct horse battery staple' })
   * ```
   */
  enableTwoFactor(variables: AuthEnableTwoFactorVariables, options?: CallOptions): Request<AuthEnableTwoFactorData>

  /**
   * Shows that the authenticator app works: from now on its codes are asked for. The session counts as having shown one.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `SignInError`, `UnauthenticatedError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.auth.confirmTwoFactor({ code: '287082' })
   * ```
   */
  confirmTwoFactor(variables: AuthConfirmTwoFactorVariables, options?: CallOptions): Request<AuthConfirmTwoFactorData>

  /**
   * Takes the second factor away.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `SignInError`, `UnauthenticatedError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.auth.disableTwoFactor({ password: 'correct horse battery staple', code: '287082' })
   * ```
   */
  disableTwoFactor(variables: AuthDisableTwoFactorVariables, options?: CallOptions): Request<AuthDisableTwoFactorData>

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
   * const { data, error } = await client.auth.regenerateRecoveryCodes({ password: 'correct horse battery staple' })
   * ```
   */
  regenerateRecoveryCodes(variables: AuthRegenerateRecoveryCodesVariables, options?: CallOptions): Request<AuthRegenerateRecoveryCodesData>
}
