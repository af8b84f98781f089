// Generated from sdk/operations/auth.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const auth_signUp: Operation = { name: 'auth_signUp', kind: 'mutation', key: false }
export const auth_resendVerification: Operation = { name: 'auth_resendVerification', kind: 'mutation', key: false }
export const auth_verifyEmail: Operation = { name: 'auth_verifyEmail', kind: 'mutation', key: false }
export const auth_signIn: Operation = { name: 'auth_signIn', kind: 'mutation', key: false }
export const auth_completeSignIn: Operation = { name: 'auth_completeSignIn', kind: 'mutation', key: false }
export const auth_signOut: Operation = { name: 'auth_signOut', kind: 'mutation', key: false }
export const auth_requestPasswordReset: Operation = { name: 'auth_requestPasswordReset', kind: 'mutation', key: false }
export const auth_resetPassword: Operation = { name: 'auth_resetPassword', kind: 'mutation', key: false }
export const auth_changePassword: Operation = { name: 'auth_changePassword', kind: 'mutation', key: false }
export const auth_session: Operation = { name: 'auth_session', kind: 'query' }
export const auth_sessions: Operation = { name: 'auth_sessions', kind: 'query', items: 'nodes' }
export const auth_revokeSession: Operation = { name: 'auth_revokeSession', kind: 'mutation', key: false }
export const auth_revokeOtherSessions: Operation = { name: 'auth_revokeOtherSessions', kind: 'mutation', key: false }
export const auth_switchOrganisation: Operation = { name: 'auth_switchOrganisation', kind: 'mutation', key: false }
export const auth_enableTwoFactor: Operation = { name: 'auth_enableTwoFactor', kind: 'mutation', key: false }
export const auth_confirmTwoFactor: Operation = { name: 'auth_confirmTwoFactor', kind: 'mutation', key: false }
export const auth_disableTwoFactor: Operation = { name: 'auth_disableTwoFactor', kind: 'mutation', key: false }
export const auth_regenerateRecoveryCodes: Operation = { name: 'auth_regenerateRecoveryCodes', kind: 'mutation', key: false }

export const auth = {
  signUp: auth_signUp,
  resendVerification: auth_resendVerification,
  verifyEmail: auth_verifyEmail,
  signIn: auth_signIn,
  completeSignIn: auth_completeSignIn,
  signOut: auth_signOut,
  requestPasswordReset: auth_requestPasswordReset,
  resetPassword: auth_resetPassword,
  changePassword: auth_changePassword,
  session: auth_session,
  sessions: auth_sessions,
  revokeSession: auth_revokeSession,
  revokeOtherSessions: auth_revokeOtherSessions,
  switchOrganisation: auth_switchOrganisation,
  enableTwoFactor: auth_enableTwoFactor,
  confirmTwoFactor: auth_confirmTwoFactor,
  disableTwoFactor: auth_disableTwoFactor,
  regenerateRecoveryCodes: auth_regenerateRecoveryCodes,
}
