/** People, seats and roles on a real database, by executing operations. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { samplePlan } from '../testing/plans.ts'
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
let now = new Date('2026-11-22T08:00:00Z')
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock: { now: () => (now = new Date(now.getTime() + 1)) } }) // records are in the order of their times
  await workspace.project('website', samplePlan(1, 1, 1))
})

const send = async (field: string, input: object, selection: string, actor?: Actor): Promise<any> => {
  const Field = field[0]!.toUpperCase() + field.slice(1)
  const source = `mutation ($input: ${Field}Input!) { ${field}(input: $input) { __typename ... on ${Field}Payload { sequence ${selection} } ... on Error { code message path
    ... on PlanLimitError { limit upgradeTo } ... on PolicyError { rule } } } }`
  const { data, errors } = await workspace.run<any>(source, { input }, workspace.context(actor))
  expect(errors).toBeUndefined()
  return data[field]
}
const ask = async (source: string, actor?: Actor): Promise<any> => (await workspace.run<any>(source, {}, workspace.context(actor))).data
const INVITATION = 'invitation { id email role state projectRoles { role } teams { slug } invitedBy { name } }'
const MEMBER = 'member { id name role takesSeat teams { slug } }'
const invite = (email: string, more: object = {}): Promise<any> => send('inviteMember', { email, ...more }, INVITATION)
const tokenOf = (mail: { text: string } | undefined): string => /bi_[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? ''
const accept = (token: string, actor: Actor): Promise<any> => send('acceptInvitation', { token }, 'organisation role', actor)
const records = async (action: string): Promise<any[]> => (await workspace.pool.query("SELECT organisation_id, details::json AS details, personal, target_id FROM audit_records WHERE action = $1 ORDER BY id", [action])).rows

/** Somebody with an account and a session, and no organisation. */
async function person(email: string): Promise<Actor> {
  const userId = newUuid()
  await workspace.pool.query('INSERT INTO users (id, email, name) VALUES ($1, $2, $3)', [userId, email, email.split('@')[0]])
  const session = newUuid()
  await workspace.pool.query("INSERT INTO sessions (id, user_id, token_hash, expires_at, created_at) VALUES ($1, $2, $3, $4, $5)", [session, userId, session, new Date(now.getTime() + 1e9), now])
  return {
    ...workspace.actor, userId, organisationId: '00000000-0000-0000-0000-000000000000', apiKeyId: null, sessionId: session, scopes: new Set(), organisationRole: 'Member', defaultRole: null,
    platformRole: null, restriction: 'ORGANISATION_REQUIRED',
  }
}
/** The same person, as a member. */
const asMember = (actor: Actor, more: Partial<Actor> = {}): Actor => ({ ...actor, organisationId: workspace.actor.organisationId, scopes: new Set(['*']), defaultRole: 'Viewer', restriction: null, ...more })
async function join(email: string, more: object = {}): Promise<Actor> {
  const who = await person(email)
  workspace.takeMails()
  expect(await invite(email, more)).toMatchObject({ __typename: 'InviteMemberPayload' })
  expect(await accept(tokenOf(workspace.takeMails()[0]), who)).toMatchObject({ __typename: 'AcceptInvitationPayload' })
  return asMember(who)
}
const setTier = (tier: string, extra = 0) => workspace.pool.query('UPDATE organisations SET tier = $2::tier, extra_seats = $3 WHERE id = $1', [workspace.actor.organisationId, tier, extra])
const usage = async (): Promise<any> => (await ask('{ organisation { limits { seats { used reserved total } members { used } projects { used } } } }')).organisation.limits

describe('an invitation', () => {
  test('goes by mail, and brings its role, projects and teams to whom it was mailed', async () => {
    await send('createTeam', { name: 'Front end', slug: 'frontend' }, 'team { id }')
    workspace.takeMails()
    const made = await invite(' Grace@Example.com', { projectRoles: [{ projectId: 'website', role: 'QA' }], teamIds: ['frontend'] })
    expect(made).toMatchObject({ invitation: { id: expect.stringMatching(/^inv_/), email: 'grace@example.com', role: 'MEMBER', state: 'OPEN', projectRoles: [{ role: 'QA' }], teams: [{ slug: 'frontend' }], invitedBy: { name: 'Ada' } } })
    const [mail] = workspace.takeMails()
    expect(mail).toMatchObject({ to: 'grace@example.com', subject: 'Ada invites you to Acme on BuildRunner' })
    expect(await usage()).toMatchObject({ seats: { used: 1, reserved: 1 }, members: { used: 1 } })
    const grace = await person('grace@example.com')
    expect(await accept(tokenOf(mail), grace)).toMatchObject({ organisation: 'Acme', role: 'MEMBER' })
    expect(await usage()).toMatchObject({ seats: { used: 2, reserved: 0 }, members: { used: 2 } })
    const { members } = await ask('{ members(teamId: "frontend") { totalCount nodes { name takesSeat teams { slug memberCount } } } }')
    expect(members).toEqual({ totalCount: 1, nodes: [{ name: 'grace', takesSeat: true, teams: [{ slug: 'frontend', memberCount: 1 }] }] })
    expect((await ask('{ projectMembers(projectId: "website") { nodes { name role source } } }')).projectMembers.nodes).toEqual([
      { name: 'Ada', role: 'PM', source: 'ORGANISATION' }, { name: 'grace', role: 'QA', source: 'PROJECT' },
    ])
    expect((await workspace.pool.query('SELECT organisation_id FROM sessions WHERE id = $1', [grace.sessionId])).rows[0].organisation_id).toBe(workspace.actor.organisationId)
  })

  test('keeps the address in the erasable part of its record, and the token nowhere', async () => {
    workspace.takeMails()
    await invite('secret@example.com')
    const token = tokenOf(workspace.takeMails()[0])
    const [last] = (await records('member.invite')).slice(-1)
    expect(JSON.parse(last.personal)).toMatchObject({ email: 'secret@example.com' })
    const { rows } = await workspace.pool.query('SELECT data::text FROM runner_events UNION ALL SELECT details FROM audit_records UNION ALL SELECT result::text FROM idempotency_records UNION ALL SELECT invitations::text FROM invitations')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify((await workspace.pool.query('SELECT data::text FROM runner_events')).rows)).not.toContain('secret@')
  })

  test('reads the same for an address with an account and one without', async () => {
    await person('known@example.com')
    workspace.takeMails()
    const answers = [await invite('known@example.com'), await invite('unknown@example.com')]
    const mails = workspace.takeMails().map(({ text }) => text.replace(/bi_[\w-]+/g, 'TOKEN'))
    expect(mails[0]).toBe(mails[1])
    expect(answers.map(({ invitation: { id: _, email: __, ...rest } }) => rest)).toEqual([answers[0].invitation, answers[0].invitation].map(({ id: _, email: __, ...rest }: any) => rest))
  })

  test.each([
    ['no address', { email: 'nobody' }, 'ValidationError', ['email']],
    ['an address with a line break', { email: 'a@b.c\nbcc: x@y.z' }, 'ValidationError', ['email']],
    ["a member's address", { email: 'ADA@example.com' }, 'AlreadyExistsError', ['email']],
    ['an address that is invited already', { email: 'secret@example.com' }, 'AlreadyExistsError', ['email']],
    ['a project that is not there', { email: 'x@example.com', projectRoles: [{ projectId: 'nope', role: 'QA' }] }, 'NotFoundError', ['projectRoles', '0']],
    ['a team that is not there', { email: 'x@example.com', teamIds: ['frontend', 'nope'] }, 'NotFoundError', ['teamIds', '1']],
  ])('to %s is refused, and nothing is mailed', async (_name, input, __typename, path) => {
    workspace.takeMails()
    expect(await send('inviteMember', input, INVITATION)).toMatchObject({ __typename, path })
    expect(workspace.takeMails()).toEqual([])
  })

  test('and its teams are found by `node` and `nodes` of one request', async () => {
    const { team } = await send('createTeam', { name: 'Back end' }, 'team { id }')
    const { invitation } = await invite('nodes@example.com', { teamIds: [team.id] })
    for (const { id } of [invitation, team]) expect(await ask(`{ node(id: "${id}") { id } nodes(ids: ["${id}"]) { id } }`)).toEqual({ node: { id }, nodes: [{ id }] })
  })

  test('names an unknown team as it was given', async () => {
    const id = encodeNodeId('Team', newUuid())
    expect((await send('inviteMember', { email: 'x@example.com', teamIds: [id] }, INVITATION)).message).toContain(id)
  })

  test('under one idempotency key is made and mailed once', async () => {
    workspace.takeMails()
    const input = { email: 'once@example.com', idempotencyKey: 'once' }
    const made = await Promise.all([1, 2, 3].map(() => send('inviteMember', input, INVITATION)))
    expect(new Set(made.map(({ invitation }) => invitation.id)).size).toBe(1)
    expect(workspace.takeMails()).toHaveLength(1)
  })

  test('is worth nothing once it is used, revoked, sent again, expired, or in other hands; each attempt leaves a record', async () => {
    const [own, other] = [await person('linus@example.com'), await person('mallory@example.com')]
    const made = async (): Promise<[string, string]> => {
      workspace.takeMails()
      const { invitation } = await invite('linus@example.com')
      return [invitation.id, tokenOf(workspace.takeMails()[0])]
    }
    const before = (await records('member.joinRefused')).length
    const [first, token] = await made()
    expect(await accept(token, other)).toMatchObject({ __typename: 'ValidationError', path: ['token'], message: expect.stringContaining('another e-mail address') })
    expect(await accept('bi_nonsense', own)).toMatchObject({ __typename: 'NotFoundError', path: ['token'] })
    await send('resendInvitation', { invitationId: first }, 'invitation { state }')
    const again = tokenOf(workspace.takeMails()[0])
    expect(await accept(token, own)).toMatchObject({ __typename: 'NotFoundError' })
    await send('revokeInvitation', { invitationId: first }, 'invitation { state }')
    expect(await accept(again, own)).toMatchObject({ __typename: 'ValidationError', message: expect.stringContaining('revoked') })
    expect(await send('resendInvitation', { invitationId: first }, 'sequence')).toMatchObject({ __typename: 'ValidationError', path: ['invitationId'] })
    const [late, expired] = await made()
    now = new Date(now.getTime() + 8 * 86_400_000)
    expect(await accept(expired, own)).toMatchObject({ __typename: 'ValidationError', message: expect.stringContaining('expired') })
    expect(await send('resendInvitation', { invitationId: late }, INVITATION)).toMatchObject({ invitation: { state: 'OPEN' } })
    const valid = tokenOf(workspace.takeMails()[0])
    expect(await accept(valid, own)).toMatchObject({ __typename: 'AcceptInvitationPayload' })
    expect(await accept(valid, own)).toMatchObject({ __typename: 'ValidationError', message: expect.stringContaining('accepted already') })
    const refused = (await records('member.joinRefused')).slice(before)
    expect(refused.map(({ details }) => details.reason)).toEqual(['foreign', 'unknown', 'unknown', 'revoked', 'expired', 'used'])
    expect(refused.map(({ organisation_id }) => organisation_id === workspace.actor.organisationId)).toEqual([true, false, false, true, true, true])
    expect(await send('revokeInvitation', { invitationId: late }, 'sequence')).toMatchObject({ __typename: 'ValidationError' })
  })

  test('is accepted by the person, not by a key with less than everything and not by an impersonator', async () => {
    const who = await person('keys@example.com')
    workspace.takeMails()
    await invite('keys@example.com')
    const token = tokenOf(workspace.takeMails()[0])
    expect(await accept(token, { ...who, sessionId: null, apiKeyId: newUuid(), scopes: new Set(['members.read']) })).toMatchObject({ __typename: 'ForbiddenError' })
    const impersonator = { userId: workspace.actor.userId, name: 'Ada', impersonationId: newUuid(), reason: 'r', endsAt: now, actsAs: 'TenantAdmin' as const }
    expect(await accept(token, { ...who, impersonator })).toMatchObject({ __typename: 'ForbiddenError' })
  })
})

describe('a member', () => {
  test('is found by part of a name, by role and page by page, each page in one statement', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4']) await join(`${name}@paging.example`)
    const page = (args: string): Promise<any> => ask(`{ members(search: "@PAGING", ${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { name } } }`)
    workspace.takeStatements()
    const { members } = await page('first: 3')
    expect(workspace.takeStatements()).toHaveLength(1)
    expect([members.totalCount, members.pageInfo.hasNextPage, members.nodes.map(({ name }: any) => name)]).toEqual([4, true, ['p1', 'p2', 'p3']])
    expect((await page(`first: 3, after: "${members.pageInfo.endCursor}"`)).members.nodes).toEqual([{ name: 'p4' }])
    expect((await ask('{ members(role: TENANT_ADMIN) { nodes { name } } }')).members.nodes).toEqual([{ name: 'Ada' }])
    expect((await ask('{ members(search: "%") { totalCount } }')).members.totalCount).toBe(0)
    const { errors } = await workspace.run('{ members(after: "eyJ4IjoxfQ") { totalCount } }')
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  test('who is the last TenantAdmin is neither demoted nor removed, and does not leave', async () => {
    const refused = { __typename: 'PolicyError', rule: 'organisations.keeps-an-administrator' }
    expect(await send('setMemberRole', { userId: 'ada@example.com', role: 'MEMBER' }, MEMBER)).toMatchObject(refused)
    expect(await send('removeMember', { userId: 'ada@example.com' }, 'userId')).toMatchObject(refused)
    expect(await send('leaveOrganisation', {}, 'userId')).toMatchObject(refused)
  })

  test('of two TenantAdmins who demote each other at once one stays', async () => {
    const second = await join('second@example.com', { role: 'TENANT_ADMIN' })
    const answers = await Promise.all([
      send('setMemberRole', { userId: 'second@example.com', role: 'MEMBER' }, MEMBER),
      send('setMemberRole', { userId: 'ada@example.com', role: 'MEMBER' }, MEMBER, { ...second, organisationRole: 'TenantAdmin' }),
    ])
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['PolicyError', 'SetMemberRolePayload'])
    await workspace.pool.query("UPDATE members SET role = 'TenantAdmin' WHERE user_id = $1", [workspace.actor.userId])
    await workspace.pool.query("UPDATE members SET role = 'Member' WHERE user_id = $1", [second.userId])
  })

  test('who is removed or leaves loses keys, sessions, roles and teams at once', async () => {
    for (const leave of [false, true]) {
      const email = `gone-${leave}@example.com`
      const gone = await join(email, { projectRoles: [{ projectId: 'website', role: 'PM' }], teamIds: ['frontend'] })
      await workspace.pool.query("INSERT INTO api_keys (id, organisation_id, user_id, name, key_prefix, key_hash, scopes) VALUES ($1, $2, $3, 'k', $4, 'h', ARRAY['*'])", [newUuid(), workspace.actor.organisationId, gone.userId, email.slice(0, 8)])
      expect(leave ? await send('leaveOrganisation', {}, 'userId', gone) : await send('removeMember', { userId: email }, 'userId')).toMatchObject({ userId: `usr_${gone.userId.replaceAll('-', '')}` })
      const left = await workspace.pool.query(`SELECT (SELECT count(*) FROM members WHERE user_id = $1) + (SELECT count(*) FROM project_members WHERE user_id = $1) + (SELECT count(*) FROM team_members WHERE user_id = $1)
        + (SELECT count(*) FROM sessions WHERE user_id = $1) + (SELECT count(*) FROM api_keys WHERE user_id = $1 AND (enabled OR revoked_at IS NULL)) AS left`, [gone.userId])
      expect(Number(left.rows[0].left)).toBe(0)
    }
  })

  test("of another organisation does not exist, whatever is asked", async () => {
    const { actor } = await workspace.stranger()
    const calls: [string, object, string][] = [
      ['setMemberRole', { userId: 'ada@example.com', role: 'MEMBER' }, MEMBER], ['removeMember', { userId: workspace.actor.userId }, 'userId'],
      ['setProjectRole', { projectId: 'website', userId: 'ada@example.com', role: 'QA' }, 'sequence'], ['deleteTeam', { teamId: 'frontend' }, 'teamId'],
    ]
    for (const [field, input, selection] of calls) expect(await send(field, input, selection, actor)).toMatchObject({ __typename: 'NotFoundError' })
    expect(await ask('{ members { nodes { name } } teams { totalCount } invitations { totalCount } }', actor)).toEqual({ members: { nodes: [{ name: 'Eve' }] }, teams: { totalCount: 0 }, invitations: { totalCount: 0 } })
  })
})

describe('a role in a project', () => {
  test('is given and taken by its PM, and takes the place of the default role', async () => {
    const pm = asMember(await join('pm@example.com', { projectRoles: [{ projectId: 'website', role: 'PM' }] }))
    const { rows } = await workspace.pool.query("SELECT id FROM projects WHERE slug = 'website'")
    const leading = { ...pm, projectRoles: new Map([[rows[0].id as string, 'PM' as const]]) }
    await join('dev@example.com')
    const set = (role: string, actor?: Actor): Promise<any> => send('setProjectRole', { projectId: 'website', userId: 'dev@example.com', role }, 'member { role source }', actor)
    expect(await set('CONTRIBUTOR', leading)).toMatchObject({ member: { role: 'CONTRIBUTOR', source: 'PROJECT' } })
    expect(await set('QA', pm)).toMatchObject({ __typename: 'ForbiddenError', message: expect.stringContaining('projects.roles') })
    expect(await send('removeProjectRole', { projectId: 'website', userId: 'dev@example.com' }, 'member { role source }', leading)).toMatchObject({ member: { role: 'VIEWER', source: 'DEFAULT' } })
    expect(await set('QA', { ...pm, defaultRole: null })).toMatchObject({ __typename: 'NotFoundError', path: ['projectId'] })
  })

  test('PM belongs to whoever creates a project', async () => {
    const maker = asMember(await join('maker@example.com'))
    const { createProject } = await ask('mutation { createProject(input: { name: "Own", slug: "own" }) { __typename } }', maker)
    expect(createProject.__typename).toBe('CreateProjectPayload')
    expect((await ask('{ projectMembers(projectId: "own", role: PM) { nodes { name source } } }')).projectMembers.nodes).toContainEqual({ name: 'maker', source: 'PROJECT' })
  })
})

describe('seats', () => {
  test('two acceptances, two invitations and two roles at once never take the same last seat', async () => {
    const { seats, members } = await usage()
    const viewers = [await join('v1@seats.example'), await join('v2@seats.example'), await join('v3@seats.example')]
    expect((await usage()).seats.used).toBe(seats.used)
    // one seat is left; open invitations of other tests reserve theirs
    const all = (await usage()).seats
    await setTier('pro', 0)
    await workspace.pool.query("UPDATE invitations SET revoked_at = now() WHERE accepted_at IS NULL AND revoked_at IS NULL")
    await workspace.pool.query("UPDATE project_members SET role = 'Viewer' WHERE organisation_id = $1", [workspace.actor.organisationId])
    await workspace.pool.query('UPDATE organisations SET extra_seats = -3 WHERE id = $1', [workspace.actor.organisationId])
    expect([(await usage()).seats, all.used > 0, members.used > 0]).toEqual([{ used: 1, reserved: 0, total: 2 }, true, true])
    const answers = await Promise.all([
      ...['v1', 'v2'].map((name) => send('setProjectRole', { projectId: 'website', userId: `${name}@seats.example`, role: 'QA' }, 'member { role }')),
      invite('i1@seats.example', { role: 'TENANT_ADMIN' }), invite('i2@seats.example', { projectRoles: [{ projectId: 'website', role: 'QA' }] }),
      ask('mutation { createProject(input: { name: "Seat", slug: "seat" }) { __typename } }', viewers[2]).then(({ createProject }) => createProject),
    ])
    expect(answers.filter(({ __typename }) => __typename !== 'PlanLimitError')).toHaveLength(1)
    const { used, reserved, total } = (await usage()).seats
    expect(used + reserved).toBe(total)
    expect(answers.find(({ __typename, message }) => __typename === 'PlanLimitError' && message !== undefined)).toMatchObject({ code: 'PLAN_LIMIT_REACHED', limit: 'seats', upgradeTo: 'team' })
    await setTier('enterprise')
  })

  test('a default role that can do more than look seats everybody, where there is room', async () => {
    await setTier('pro')
    expect(await send('updateOrganisation', { defaultRole: 'CONTRIBUTOR' }, 'organisation { defaultRole }')).toMatchObject({ __typename: 'PlanLimitError', limit: 'seats' })
    await setTier('enterprise')
    expect(await send('updateOrganisation', { defaultRole: 'CONTRIBUTOR' }, 'organisation { defaultRole }')).toMatchObject({ organisation: { defaultRole: 'CONTRIBUTOR' } })
    const { seats, members } = await usage()
    expect(seats.used).toBe(members.used)
    await send('updateOrganisation', { defaultRole: 'VIEWER' }, 'sequence')
  })

  test('a free organisation has three projects in use, also when they are made or restored at once', async () => {
    await workspace.run('mutation { archiveProject(input: { projectId: "own" }) { __typename } }')
    const { projects } = await usage()
    await setTier('free')
    const make = (slug: string): Promise<any> => send('createProject', { name: slug, slug }, 'project { id }')
    const restore = (): Promise<any> => send('archiveProject', { projectId: 'own', archived: false }, 'project { id }')
    const answers = await Promise.all([make('f1'), make('f2'), make('f3'), restore()])
    expect(answers.filter(({ __typename }) => __typename === 'PlanLimitError')).toHaveLength(4 - (3 - projects.used))
    expect((await usage()).projects.used).toBe(3)
    expect(answers.find(({ __typename }) => __typename === 'PlanLimitError')).toMatchObject({ limit: 'projects', upgradeTo: 'pro' })
    await setTier('enterprise')
  })
})

describe('settings', () => {
  test.each([
    ['a name without letters', { name: ' ' }, 'ValidationError', ['name']],
    ['a retention of 29 days', { auditRetentionDays: 29 }, 'ValidationError', ['auditRetentionDays']],
    ['a retention of 8 years', { auditRetentionDays: 2_922 }, 'ValidationError', ['auditRetentionDays']],
    ["another organisation's slug", { slug: 'other-1' }, 'AlreadyExistsError', ['slug']],
    ['a second factor, by who has none', { requireMfa: true }, 'PolicyError', null],
  ])('%s is refused', async (_name, input, __typename, path) => {
    expect(await send('updateOrganisation', input, 'organisation { name }')).toMatchObject({ __typename, path })
  })

  test('are changed by a TenantAdmin with a second factor, and by nobody else', async () => {
    await workspace.pool.query('INSERT INTO two_factors (user_id, secret, recovery_hashes, confirmed_at) VALUES ($1, $2, $3, now())', [workspace.actor.userId, 's', []])
    const input = { name: 'Acme & Co', requireMfa: true, auditRetentionDays: 90 }
    expect(await send('updateOrganisation', input, 'organisation { slug name requireMfa auditRetentionDays }')).toMatchObject({ organisation: { slug: 'acme', ...input } })
    expect(await send('updateOrganisation', { requireMfa: false, auditRetentionDays: null }, 'organisation { auditRetentionDays }', { ...workspace.actor, organisationRole: 'Member' })).toMatchObject({ __typename: 'ForbiddenError' })
  })
})
