import { parseMentions } from '@buildrunner/sdk/mentions'
import { beforeAll, expect, test } from 'vitest'
import { newUuid } from '../shared/ids.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { resolveMentions } from './mentions.ts'

let workspace: TestWorkspace
let where: { organisationId: string; projectId: string }
const names = new Map<string, string>()

async function add(name: string, email: string, role: string | null): Promise<void> {
  const [id, { organisationId, projectId }] = [newUuid(), where]
  names.set(id, name)
  await workspace.pool.query('INSERT INTO users (id, email, name) VALUES ($1, $2, $3)', [id, email, name])
  await workspace.pool.query("INSERT INTO members (organisation_id, user_id, role) VALUES ($1, $2, 'Member')", [organisationId, id])
  if (role !== null) await workspace.pool.query('INSERT INTO project_members (project_id, organisation_id, user_id, role) VALUES ($1, $2, $3, $4::project_role)', [projectId, organisationId, id, role])
}

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const { organisationId } = workspace.actor
  await workspace.project('website')
  where = { organisationId, projectId: (await workspace.pool.query('SELECT id FROM projects')).rows[0].id }
  names.set(workspace.actor.userId, 'Ada')
  await add('Grace Hopper', 'grace@example.com', 'QA')
  await add('Grace Jones', 'jones@example.com', null)
  await add('John', 'grace@other.example', null)
  await add('Linus', 'linus@example.com', 'QA')
  await workspace.run('mutation { createTeam(input: { name: "Front end", slug: "frontend" }) { __typename } addTeamMember(input: { teamId: "frontend", userId: "linus@example.com" }) { __typename } }')
})

const meant = async (text: string): Promise<Record<string, string[]>> =>
  Object.fromEntries([...(await resolveMentions(workspace.services, where, parseMentions(text)))].map(([mention, ids]) => [mention, ids.map((id) => names.get(id) as string).sort()]))

test('people, roles and teams become those who are meant, in one statement', async () => {
  workspace.takeStatements()
  expect(await meant('@linus @GraceHopper @role:qa @role:PM @team:frontend')).toEqual({
    '@linus': ['Linus'], '@GraceHopper': ['Grace Hopper'], '@role:qa': ['Grace Hopper', 'Linus'], '@role:PM': ['Ada'], '@team:frontend': ['Linus'],
  })
  expect(workspace.takeStatements()).toHaveLength(1)
})

test('a name that several have, that nobody has, or that belongs elsewhere means nobody', async () => {
  await workspace.stranger()
  expect(await meant('@grace @nobody @eve @role:Boss @team:backend')).toEqual({})
})

test('somebody who does not see the project is not meant', async () => {
  await workspace.pool.query('UPDATE organisations SET default_role = NULL WHERE id = $1', [where.organisationId])
  expect(await meant('@jones @linus')).toEqual({ '@linus': ['Linus'] })
})
