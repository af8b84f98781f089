import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { OrganisationRoleEnum } from '../shared/enums.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { sessionsById } from './my-sessions.ts'
import type { CurrentSession, SessionRow } from './my-sessions.ts'
import type { SignedIn } from './service.ts'

export const SessionType = builder.objectRef<SessionRow>('Session')

builder.node(SessionType, {
  description: 'A session of the person who asks. Nobody else sees it.',
  id: { resolve: (session) => session.id },
  isTypeOf: (value) => 'userAgent' in (value as object),
  loadMany: (uuids: string[], ctx: Context) => sessionsById(ctx, uuids),
})

builder.objectFields(SessionType, (t) => ({
  current: t.boolean({ description: 'Whether it is the one that asks.', resolve: (session, _args, ctx) => session.id === ctx.actor?.sessionId }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When somebody signed in.' }),
  lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'When it was last used, to the minute.' }),
  expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends by itself.' }),
  address: t.exposeString('address', { nullable: true, description: 'Network address that it was opened from.' }),
  client: t.exposeString('userAgent', { nullable: true, description: 'Which client opened it, e.g. `cli/0.1.0`, or the beginning of the user agent.' }),
  secondFactor: t.exposeBoolean('mfa', { description: 'Whether a second factor was shown.' }),
}))

const RestrictionEnum = builder.enumType('SessionRestriction', {
  description: 'Why a session may only do what concerns the person itself.',
  values: {
    MFA_REQUIRED: { description: 'The organisation asks for a second factor that was not shown.' },
    ORGANISATION_REQUIRED: { description: 'The person is a member of no organisation, or not of the one that the session worked in.' },
  },
})

const MembershipType = builder.objectRef<CurrentSession['memberships'][number]>('SessionOrganisation').implement({
  description: 'An organisation that the person of a session is a member of.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the organisation.', resolve: ({ id }) => encodeNodeId('Organisation', id) }),
    name: t.exposeString('name', { description: 'The name people see.' }),
    slug: t.exposeString('slug', { description: 'Unique; part of addresses.' }),
    role: t.field({ type: OrganisationRoleEnum, description: "The person's role in it.", resolve: ({ role }) => role }),
    requiresSecondFactor: t.exposeBoolean('require_mfa', { description: 'Whether it asks for a second factor.' }),
    current: t.exposeBoolean('current', { description: 'Whether the session works in it.' }),
  }),
})

export const CurrentSessionType = builder.objectRef<CurrentSession>('CurrentSession').implement({
  description: 'Who is signed in, and what with. Readable whatever the session lacks.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the session.', resolve: ({ sessionId }) => encodeNodeId('Session', sessionId) }),
    userId: t.id({ description: 'Node id of the person.', resolve: ({ person }) => encodeNodeId('User', person.id) }),
    name: t.string({ description: 'Display name.', resolve: ({ person }) => person.name }),
    email: t.string({ description: 'E-mail address.', resolve: ({ person }) => person.email }),
    twoFactorEnabled: t.boolean({ description: 'Whether a second factor is asked for.', resolve: ({ person }) => person.two_factor }),
    restriction: t.field({ type: RestrictionEnum, nullable: true, description: 'Null: the session may do what the role allows.', resolve: ({ restriction }) => restriction }),
    organisations: t.field({ type: [MembershipType], description: 'Those that the person is a member of, oldest membership first.', resolve: ({ memberships }) => [...memberships] }),
  }),
})

const ChallengeType = builder.objectRef<NonNullable<SignedIn['challenge']>>('SecondFactorChallenge').implement({
  description: 'The password was right; a second factor is to follow.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Goes with the code to `completeSignIn`.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when.' }),
  }),
})

const signedIn = (name: string, description: string) =>
  builder.objectRef<SignedIn>(name).implement({
    description,
    fields: (t) => ({
      token: t.exposeString('token', { nullable: true, description: "The session's token, shown once: send it as `Authorization: Bearer`. Null while a second factor is to follow." }),
      sessionId: t.id({ nullable: true, description: 'Node id of the session.', resolve: ({ sessionId }) => (sessionId === null ? null : encodeNodeId('Session', sessionId)) }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When the session ends by itself.' }),
      challenge: t.expose('challenge', { type: ChallengeType, nullable: true, description: 'What to answer with a code; null when the person is signed in.' }),
    }),
  })

export const SignInPayload = signedIn('SignInPayload', 'Either a session, or the question for a second factor.')
export const CompleteSignInPayload = signedIn('CompleteSignInPayload', 'A session that has shown a second factor.')
