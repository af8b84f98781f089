import { builder } from '../builder.ts'
import { SignInError, UnauthenticatedError, ValidationError } from '../shared/errors.ts'
import type { InputFields } from '../shared/inputs.ts'
import { changePassword, requestPasswordReset, resetPassword } from './change-password.ts'
import { completeSignIn, signIn, signOut } from './service.ts'
import { resendVerification, signUp, verifyEmail } from './sign-up.ts'
import { CompleteSignInPayload, SignInPayload } from './types.ts'

const email = (t: InputFields) => t.string({ required: true, description: 'E-mail address; upper and lower case are the same.' })
const password = (t: InputFields) => t.string({ required: true, description: 'The password, as it is.' })
const newPassword = (t: InputFields) => t.string({ required: true, description: 'At least as long as the operator asks for, at most 128 characters, and not among what is guessed first.' })

/** Answers that do not tell whether somebody has the address. */
const mailed = (name: string, description: string) =>
  builder.objectRef<{ email: string }>(name).implement({ description, fields: (t) => ({ email: t.exposeString('email', { description: 'The address, as it was given.' }) }) })

const changed = (name: string) =>
  builder.objectRef<{ sessionsEnded: number }>(name).implement({
    description: 'The password was changed.',
    fields: (t) => ({ sessionsEnded: t.exposeInt('sessionsEnded', { description: 'How many sessions ended with the old password.' }) }),
  })

const SignUpInput = builder.inputType('SignUpInput', {
  description: 'Somebody new.',
  fields: (t) => ({
    email: email(t), password: newPassword(t), name: t.string({ required: true, description: 'Display name, 1 to 100 characters.' }),
    organisationName: t.string({ description: 'Makes an organisation of this name, with the person as its administrator, once the address is verified.' }),
    language: t.string({ description: 'What to be written to in: a language tag, such as `de`. Default: what the `Accept-Language` of the request asks for.' }),
  }),
})

builder.mutationField('signUp', (t) =>
  t.field({
    type: mailed('SignUpPayload', 'A mail is on its way. Nothing tells whether the address had an account: the mail does.'),
    description: 'Signs somebody up. The mailed link finishes it.',
    extensions: { rate: 'signUp' },
    errors: { types: [ValidationError], union: { name: 'SignUpResult' } },
    args: { input: t.arg({ type: SignUpInput, required: true, description: 'Who signs up.' }) },
    resolve: async (_root, { input }, ctx) => signUp(ctx, input).then(() => input),
  }),
)

const ResendVerificationInput = builder.inputType('ResendVerificationInput', { description: 'Whom to mail again.', fields: (t) => ({ email: email(t) }) })

builder.mutationField('resendVerification', (t) =>
  t.field({
    type: mailed('ResendVerificationPayload', 'If somebody signed up with the address, a mail is on its way.'),
    description: 'Mails the link of the newest sign-up again.',
    extensions: { rate: 'signUp' },
    errors: { types: [ValidationError], union: { name: 'ResendVerificationResult' } },
    args: { input: t.arg({ type: ResendVerificationInput, required: true, description: 'Whom.' }) },
    resolve: async (_root, { input }, ctx) => resendVerification(ctx, input).then(() => input),
  }),
)

const VerifyEmailInput = builder.inputType('VerifyEmailInput', { description: 'A mailed link.', fields: (t) => ({ token: t.string({ required: true, description: 'The `token` of the link.' }) }) })

builder.mutationField('verifyEmail', (t) =>
  t.field({
    type: mailed('VerifyEmailPayload', 'The address is verified; the person can sign in.'),
    description: 'Finishes a sign-up. A link works once.',
    extensions: { rate: 'signIn' },
    errors: { types: [SignInError], union: { name: 'VerifyEmailResult' } },
    args: { input: t.arg({ type: VerifyEmailInput, required: true, description: 'The link.' }) },
    resolve: (_root, { input }, ctx) => verifyEmail(ctx, input),
  }),
)

const SignInInput = builder.inputType('SignInInput', { description: 'Who signs in.', fields: (t) => ({ email: email(t), password: password(t) }) })

builder.mutationField('signIn', (t) =>
  t.field({
    type: SignInPayload,
    description: 'Signs in with a password. Where the person has a second factor, `completeSignIn` follows.',
    extensions: { rate: 'signIn' },
    errors: { types: [SignInError], union: { name: 'SignInResult' } },
    args: { input: t.arg({ type: SignInInput, required: true, description: 'Who signs in.' }) },
    resolve: (_root, { input }, ctx) => signIn(ctx, input),
  }),
)

const CompleteSignInInput = builder.inputType('CompleteSignInInput', {
  description: 'A second factor.',
  fields: (t) => ({
    challenge: t.string({ required: true, description: 'The `challenge.token` of `signIn`.' }),
    code: t.string({ required: true, description: 'Six digits of the authenticator app, or a recovery code.' }),
  }),
})

builder.mutationField('completeSignIn', (t) =>
  t.field({
    type: CompleteSignInPayload,
    description: 'Answers the question for a second factor. A code works once.',
    extensions: { rate: 'signIn' },
    errors: { types: [SignInError], union: { name: 'CompleteSignInResult' } },
    args: { input: t.arg({ type: CompleteSignInInput, required: true, description: 'The second factor.' }) },
    resolve: (_root, { input }, ctx) => completeSignIn(ctx, input),
  }),
)

builder.mutationField('signOut', (t) =>
  t.field({
    type: builder.objectRef<{ sessionId: string }>('SignOutPayload').implement({
      description: 'The session has ended.',
      fields: (f) => ({ signedOut: f.boolean({ description: 'Always true.', resolve: () => true }) }),
    }),
    description: 'Ends the session that asks.',
    errors: { types: [UnauthenticatedError, SignInError], union: { name: 'SignOutResult' } },
    resolve: (_root, _args, ctx) => signOut(ctx),
  }),
)

const RequestPasswordResetInput = builder.inputType('RequestPasswordResetInput', { description: 'Whose password.', fields: (t) => ({ email: email(t) }) })

builder.mutationField('requestPasswordReset', (t) =>
  t.field({
    type: mailed('RequestPasswordResetPayload', 'If somebody has the address, a mail is on its way.'),
    description: 'Mails a link to set a new password.',
    extensions: { rate: 'passwordReset' },
    errors: { types: [ValidationError], union: { name: 'RequestPasswordResetResult' } },
    args: { input: t.arg({ type: RequestPasswordResetInput, required: true, description: 'Whose password.' }) },
    resolve: async (_root, { input }, ctx) => requestPasswordReset(ctx, input).then(() => input),
  }),
)

const ResetPasswordInput = builder.inputType('ResetPasswordInput', {
  description: 'A mailed link and a new password.',
  fields: (t) => ({ token: t.string({ required: true, description: 'The `token` of the link.' }), newPassword: newPassword(t) }),
})

builder.mutationField('resetPassword', (t) =>
  t.field({
    type: changed('ResetPasswordPayload'),
    description: 'Sets a new password by a mailed link, and ends all sessions. A link works once; a weak password does not use it up.',
    extensions: { rate: 'signIn' },
    errors: { types: [SignInError, ValidationError], union: { name: 'ResetPasswordResult' } },
    args: { input: t.arg({ type: ResetPasswordInput, required: true, description: 'Link and password.' }) },
    resolve: (_root, { input }, ctx) => resetPassword(ctx, input),
  }),
)

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: 'The old and a new password.',
  fields: (t) => ({ currentPassword: password(t), newPassword: newPassword(t) }),
})

builder.mutationField('changePassword', (t) =>
  t.field({
    type: changed('ChangePasswordPayload'),
    description: 'Sets a new password, and ends all other sessions.',
    extensions: { rate: 'signIn' },
    errors: { types: [UnauthenticatedError, SignInError, ValidationError], union: { name: 'ChangePasswordResult' } },
    args: { input: t.arg({ type: ChangePasswordInput, required: true, description: 'Both passwords.' }) },
    resolve: (_root, { input }, ctx) => changePassword(ctx, input),
  }),
)
