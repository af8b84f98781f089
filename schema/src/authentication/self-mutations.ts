/** Mutations on one's own sessions and second factor. */
import { builder } from '../builder.ts'
import { AlreadyExistsError, NotFoundError, SignInError, UnauthenticatedError } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import type { InputFields } from '../shared/inputs.ts'
import { readCurrentSession, revokeOtherSessions, revokeSession, switchOrganisation } from './my-sessions.ts'
import { confirmTwoFactor, disableTwoFactor, enableTwoFactor, regenerateRecoveryCodes } from './two-factor.ts'
import type { NewTwoFactor } from './two-factor.ts'
import { CurrentSessionType } from './types.ts'

const password = (t: InputFields) => t.string({ required: true, description: 'The password once more: a session alone changes nothing here.' })

const revoked = (name: string) =>
  builder.objectRef<{ sessionIds: readonly string[] }>(name).implement({
    description: 'Sessions that have ended, in all processes within a second.',
    fields: (t) => ({ sessionIds: t.idList({ description: 'Node ids of the sessions.', resolve: ({ sessionIds }) => sessionIds.map((id) => encodeNodeId('Session', id)) }) }),
  })

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  description: 'Which session to end.',
  fields: (t) => ({ sessionId: t.id({ required: true, description: "One of the person's own: node id or UUID." }) }),
})

builder.mutationField('revokeSession', (t) =>
  t.field({
    type: revoked('RevokeSessionPayload'),
    description: "Ends one of the person's own sessions.",
    errors: { types: [UnauthenticatedError, SignInError, NotFoundError], union: { name: 'RevokeSessionResult' } },
    args: { input: t.arg({ type: RevokeSessionInput, required: true, description: 'Which session.' }) },
    resolve: (_root, { input }, ctx) => revokeSession(ctx, input),
  }),
)

builder.mutationField('revokeOtherSessions', (t) =>
  t.field({
    type: revoked('RevokeOtherSessionsPayload'),
    description: 'Ends all sessions of the person but the one that asks.',
    errors: { types: [UnauthenticatedError, SignInError], union: { name: 'RevokeOtherSessionsResult' } },
    resolve: (_root, _args, ctx) => revokeOtherSessions(ctx),
  }),
)

const SwitchOrganisationInput = builder.inputType('SwitchOrganisationInput', {
  description: 'Where the session works from now on.',
  fields: (t) => ({ organisationId: t.id({ required: true, description: 'One that the person is a member of: node id, UUID or slug.' }) }),
})

builder.mutationField('switchOrganisation', (t) =>
  t.field({
    type: builder.objectRef<object>('SwitchOrganisationPayload').implement({
      description: 'The session after the switch.',
      fields: (f) => ({ session: f.field({ type: CurrentSessionType, description: 'What it may do now, its `restriction` says.', resolve: async (_payload, _args, ctx) => readCurrentSession({ ...ctx, actor: ctx.actor && { ...ctx.actor, restriction: null } }) }) }),
    }),
    description: 'Takes the session to another organisation.',
    errors: { types: [UnauthenticatedError, SignInError, NotFoundError], union: { name: 'SwitchOrganisationResult' } },
    args: { input: t.arg({ type: SwitchOrganisationInput, required: true, description: 'Which organisation.' }) },
    resolve: async (_root, { input }, ctx) => switchOrganisation(ctx, input).then(() => ({})),
  }),
)

const recoveryCodes = { description: 'Each stands in for a code once. Shown once: keep them where the device is not.' } as const

const EnableTwoFactorInput = builder.inputType('EnableTwoFactorInput', { description: 'Proof that the person asks.', fields: (t) => ({ password: password(t) }) })

builder.mutationField('enableTwoFactor', (t) =>
  t.field({
    type: builder.objectRef<NewTwoFactor>('EnableTwoFactorPayload').implement({
      description: 'A second factor, to be confirmed with a first code.',
      fields: (f) => ({
        otpauthUri: f.exposeString('otpauthUri', { description: 'What an authenticator app reads from a QR code.' }),
        secret: f.exposeString('secret', { description: 'The same for typing, in base32.' }),
        recoveryCodes: f.stringList({ ...recoveryCodes, resolve: (made) => [...made.recoveryCodes] }),
      }),
    }),
    description: 'Makes a second factor (TOTP, RFC 6238). It is asked for once `confirmTwoFactor` has seen a code.',
    errors: { types: [UnauthenticatedError, SignInError, AlreadyExistsError], union: { name: 'EnableTwoFactorResult' } },
    args: { input: t.arg({ type: EnableTwoFactorInput, required: true, description: 'The password.' }) },
    resolve: (_root, { input }, ctx) => enableTwoFactor(ctx, input),
  }),
)

const enabled = (name: string, value: boolean) =>
  builder.objectRef<object>(name).implement({
    description: 'Whether a second factor is asked for now.',
    fields: (t) => ({ twoFactorEnabled: t.boolean({ description: `Always ${value}.`, resolve: () => value }) }),
  })

const ConfirmTwoFactorInput = builder.inputType('ConfirmTwoFactorInput', {
  description: 'A first code.',
  fields: (t) => ({ code: t.string({ required: true, description: 'Six digits of the authenticator app.' }) }),
})

builder.mutationField('confirmTwoFactor', (t) =>
  t.field({
    type: enabled('ConfirmTwoFactorPayload', true),
    description: 'Shows that the authenticator app works: from now on its codes are asked for. The session counts as having shown one.',
    errors: { types: [UnauthenticatedError, SignInError], union: { name: 'ConfirmTwoFactorResult' } },
    args: { input: t.arg({ type: ConfirmTwoFactorInput, required: true, description: 'The code.' }) },
    resolve: async (_root, { input }, ctx) => confirmTwoFactor(ctx, input).then(() => ({})),
  }),
)

const DisableTwoFactorInput = builder.inputType('DisableTwoFactorInput', {
  description: 'Proof that the person asks.',
  fields: (t) => ({ password: password(t), code: t.string({ required: true, description: 'Six digits of the authenticator app, or a recovery code.' }) }),
})

builder.mutationField('disableTwoFactor', (t) =>
  t.field({
    type: enabled('DisableTwoFactorPayload', false),
    description: 'Takes the second factor away.',
    errors: { types: [UnauthenticatedError, SignInError], union: { name: 'DisableTwoFactorResult' } },
    args: { input: t.arg({ type: DisableTwoFactorInput, required: true, description: 'Password and code.' }) },
    resolve: async (_root, { input }, ctx) => disableTwoFactor(ctx, input).then(() => ({})),
  }),
)

const RegenerateRecoveryCodesInput = builder.inputType('RegenerateRecoveryCodesInput', { description: 'Proof that the person asks.', fields: (t) => ({ password: password(t) }) })

builder.mutationField('regenerateRecoveryCodes', (t) =>
  t.field({
    type: builder.objectRef<{ codes: readonly string[] }>('RegenerateRecoveryCodesPayload').implement({
      description: 'New recovery codes; the former ones no longer count.',
      fields: (f) => ({ recoveryCodes: f.stringList({ ...recoveryCodes, resolve: ({ codes }) => [...codes] }) }),
    }),
    description: 'Replaces the recovery codes.',
    errors: { types: [UnauthenticatedError, SignInError], union: { name: 'RegenerateRecoveryCodesResult' } },
    args: { input: t.arg({ type: RegenerateRecoveryCodesInput, required: true, description: 'The password.' }) },
    resolve: async (_root, { input }, ctx) => ({ codes: await regenerateRecoveryCodes(ctx, input) }),
  }),
)
