import { parseMentions } from '@buildrunner/sdk/mentions'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { resolveMentions } from '../organisations/mentions.ts'
import { newUuid } from '../shared/ids.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
let projectId: string

async function add(name: string, email: string, role: string | null): Promise<void> {
  const [id, { organisationId }] = [newUuid(), workspace.actor]
  await workspace.pool.query('INSERT INTO users (id, email, name) VALUES ($1, $2, $3)', [id, email, name])
  await workspace.pool.query("INSERT INTO members (organisation_id, user_id, role) VALUES ($1, $2, 'Member')", [organisationId, id])
  if (role !== null) await workspace.pool.query('INSERT INTO project_members (project_id, organisation_id, user_id, role) VALUES ($1, $2, $3, $4::project_role)', [projectId, organisationId, id, role])
}

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('web', samplePlan(1, 1, 1))
  projectId = (await workspace.pool.query('SELECT id FROM projects')).rows[0].id
  await workspace.pool.query('UPDATE organisations SET default_role = NULL WHERE id = $1', [workspace.actor.organisationId])
  await add('Grace Hopper', 'grace@example.com', 'QA')
  await add('Sam', 'samantha@example.com', 'QA')
  await add('Sam', 'sam_k@example.com', 'Viewer')
  await add('Zoë % Zed', 'zed@example.com', 'Viewer')
  await add('Gregor', 'gregor@example.com', null)
  await workspace.run('mutation { createTeam(input: { name: "Front end", slug: "frontend" }) { __typename } addTeamMember(input: { teamId: "frontend", userId: "grace@example.com" }) { __typename } }')
  await workspace.run('mutation { createTeam(input: { name: "Empty", slug: "empty" }) { __typename } }')
})

const ask = async (prefix: string, more: object = {}, actor?: Actor): Promise<any> => {
  const { data, errors } = await workspace.run<any>(
    'query ($projectId: ID!, $prefix: String!, $first: Int) { mentionSuggestions(projectId: $projectId, prefix: $prefix, first: $first) { kind name label people } }',
    { projectId: 'web', prefix, ...more }, workspace.context(actor))
  if (errors !== undefined) throw errors[0]?.originalError ?? errors[0]
  return data!.mentionSuggestions
}
const written = async (prefix: string, more?: object): Promise<string[]> => (await ask(prefix, more)).map(({ kind, name }: { kind: string; name: string }) => (kind === 'USER' ? name : `${kind.toLowerCase()}:${name}`))

test('people come before roles and teams, each with what a mention writes and whom it means', async () => {
  expect(await ask('')).toEqual([
    { kind: 'USER', name: 'Ada', label: 'Ada', people: 1 },
    { kind: 'USER', name: 'GraceHopper', label: 'Grace Hopper', people: 1 },
    { kind: 'USER', name: 'sam_k', label: 'Sam', people: 1 },
    { kind: 'USER', name: 'samantha', label: 'Sam', people: 1 },
    { kind: 'USER', name: 'zed', label: 'Zoë % Zed', people: 1 },
    { kind: 'ROLE', name: 'PM', label: 'PM', people: 1 },
    { kind: 'ROLE', name: 'QA', label: 'QA', people: 2 },
    { kind: 'ROLE', name: 'Viewer', label: 'Viewer', people: 2 },
    { kind: 'TEAM', name: 'frontend', label: 'Front end', people: 1 },
  ])
})

test.each([
  ['gr', ['GraceHopper']],
  ['HOP', ['GraceHopper']],
  ['q', ['role:QA']],
  ['role:', ['role:PM', 'role:QA', 'role:Viewer']],
  ['role:v', ['role:Viewer']],
  ['team:fr', ['team:frontend']],
  ['front', ['team:frontend']],
  ['team:empty', []],
  ['%', ['zed']],
  ['_', []],
  ['\\', []],
  ['nobody', []],
])('%j suggests %j', async (prefix, expected) => expect(await written(prefix)).toEqual(expected))

test('what is suggested is a mention, and means those who were counted', async () => {
  for (const { kind, name, people } of await ask('')) {
    const mentions = parseMentions(kind === 'USER' ? `@${name}` : `@${kind.toLowerCase()}:${name}`)
    const meant = await resolveMentions(workspace.services, { organisationId: workspace.actor.organisationId, projectId }, mentions)
    expect([name, [...meant.values()].map((ids) => ids.length)]).toEqual([name, [people]])
  }
})

test('at most so many are, of a project that one sees', async () => {
  expect(await written('', { first: 2 })).toEqual(['Ada', 'GraceHopper'])
  await expect(ask('', { first: 51 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  await expect(ask('', { projectId: 'nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(ask('', {}, (await workspace.stranger()).actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
