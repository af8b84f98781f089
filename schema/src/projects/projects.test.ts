import { beforeAll, expect, test } from 'vitest'
import { slugOf } from '../shared/names.ts'
import { samplePlan } from '../testing/plans.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const CREATE = `mutation ($input: CreateProjectInput!) { createProject(input: $input) { __typename ... on CreateProjectPayload { sequence project { id slug name description archivedAt } } ... on Error { code message path } } }`
const UPDATE = `mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { __typename ... on UpdateProjectPayload { sequence project { slug name description } } ... on Error { code message path } } }`
const ARCHIVE = `mutation ($input: ArchiveProjectInput!) { archiveProject(input: $input) { __typename ... on ArchiveProjectPayload { project { archivedAt } } ... on Error { code message } } }`
const LIST = `query ($first: Int, $after: String, $archived: Boolean, $search: String) { projects(first: $first, after: $after, archived: $archived, search: $search) {
  totalCount pageInfo { hasNextPage endCursor } nodes { slug counts { milestones steps microsteps } progress { percent total } } } }`

test('a project is created with a slug made of its name, or with the one that is given', async () => {
  const made = await workspace.run<any>(CREATE, { input: { name: 'Größe & Co: Straße 7', description: 'D' } })
  expect(made.data!.createProject).toEqual({ __typename: 'CreateProjectPayload', sequence: 1, project: { id: expect.stringMatching(/^prj_/), slug: 'gro-e-co-stra-e-7', name: 'Größe & Co: Straße 7', description: 'D', archivedAt: null } })
  const id = '01930000-0000-7000-8000-000000000001'
  const given = await workspace.run<any>(CREATE, { input: { id, name: 'Given', slug: 'given-slug' } })
  expect(given.data!.createProject.project).toMatchObject({ id: `prj_${id.replaceAll('-', '')}`, slug: 'given-slug' })
})

test('slugs hold letters, digits and single dashes, whatever the name', () => {
  expect(['  A -- b ', 'Éclair', '漢字', 'x'.repeat(80), '-a-'].map(slugOf)).toEqual(['a-b', 'eclair', '', 'x'.repeat(60), 'a'])
})

test.each([
  ['an empty name', { name: ' ' }, 'ValidationError', ['name']],
  ['a bad slug', { name: 'x', slug: 'A_b' }, 'ValidationError', ['slug']],
  ['a name no slug can be made of', { name: '漢字' }, 'ValidationError', ['slug']],
  ['an id that is none', { name: 'x', id: 'mine' }, 'ValidationError', ['id']],
])('creating with %s is refused', async (_name, input, typename, path) => {
  expect((await workspace.run<any>(CREATE, { input })).data!.createProject).toMatchObject({ __typename: typename, path })
})

test('a slug and an id are taken once', async () => {
  const id = '01930000-0000-7000-8000-000000000002'
  await workspace.run(CREATE, { input: { id, name: 'taken' } })
  expect((await workspace.run<any>(CREATE, { input: { name: 'taken' } })).data!.createProject).toMatchObject({ __typename: 'AlreadyExistsError', path: ['slug'] })
  expect((await workspace.run<any>(CREATE, { input: { id, name: 'other' } })).data!.createProject).toMatchObject({ __typename: 'AlreadyExistsError', path: ['id'] })
})

test('creating is repeated safely under one idempotency key', async () => {
  const input = { name: 'Once', idempotencyKey: 'once' }
  const results = await Promise.all([1, 2, 3].map(() => workspace.run<any>(CREATE, { input })))
  expect(new Set(results.map((result) => result.data!.createProject.project.id)).size).toBe(1)
})

test('a name that a plan carries is changed there too, so that files follow', async () => {
  const slug = await workspace.project('named', samplePlan(1, 1, 1))
  const updated = await workspace.run<any>(UPDATE, { input: { projectId: slug, name: 'New name', description: 'Now described' } })
  expect(updated.data!.updateProject).toMatchObject({ sequence: 3, project: { slug, name: 'New name', description: 'Now described' } })
  const { data } = await workspace.run<any>(`{ now: planDocument(projectId: "${slug}") { document } before: planDocument(projectId: "${slug}", atSequence: 2) { document } }`)
  expect([data.now.document.project, data.before.document.project]).toEqual([{ name: 'New name', description: 'Now described' }, { name: 'Sample' }])
})

test('an archived project can be read, not changed, until it is restored', async () => {
  const slug = await workspace.project('archive', samplePlan(1, 1, 1))
  expect((await workspace.run<any>(ARCHIVE, { input: { projectId: slug } })).data!.archiveProject.project.archivedAt).not.toBeNull()
  const setStatus = () => workspace.run<any>(`mutation { setStatus(input: { projectId: "${slug}", id: "m1.s1.k1", status: DONE }) { __typename ... on PolicyError { rule line message } } }`)
  expect((await setStatus()).data!.setStatus).toMatchObject({ __typename: 'PolicyError', rule: 'projects.archived-is-read-only', line: null })
  expect((await workspace.run<any>(UPDATE, { input: { projectId: slug, name: 'x' } })).data!.updateProject.code).toBe('POLICY_REFUSED')
  expect((await workspace.run<any>(LIST, { archived: true })).data!.projects.nodes.map((node: any) => node.slug)).toEqual([slug])
  await workspace.run(ARCHIVE, { input: { projectId: slug, archived: false } })
  expect((await setStatus()).data!.setStatus.__typename).toBe('SetStatusPayload')
})

test('a list with counts and progress reads projects, not plans, and its pages hold every project once', async () => {
  for (const index of [1, 2, 3, 4, 5]) await workspace.project(`list-${index}`, samplePlan(1, 2, index))
  workspace.takeStatements()
  const all = await workspace.run<any>(LIST, { search: 'LIST-', first: 100 })
  expect(all.data!.projects.nodes[0]).toEqual({ slug: 'list-5', counts: { milestones: 1, steps: 2, microsteps: 10 }, progress: { percent: 0, total: 10 } })
  const statements = workspace.takeStatements()
  expect(statements.length).toBeLessThanOrEqual(2)
  expect(statements.join()).not.toContain('plan_items')
  const { data } = await workspace.run<any>('{ projects(search: "list-") { nodes { slug sequence } } }')
  expect(data.projects.nodes.map((node: any) => node.sequence)).toEqual([2, 2, 2, 2, 2])
  expect(workspace.takeStatements().length).toBeLessThanOrEqual(2)
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: any = (await workspace.run<any>(LIST, { search: 'list-', first: 2, after })).data!.projects
    seen.push(...page.nodes.map((node: any) => node.slug))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
  expect(seen).toEqual(['list-5', 'list-4', 'list-3', 'list-2', 'list-1'])
})

test('a member without a role elsewhere leads, and sees in the same answer, the project that they create', async () => {
  await workspace.pool.query('UPDATE organisations SET default_role = NULL')
  const { apiKey } = await addPerson(workspace, { name: 'Lin' })
  const asking = async () => workspace.context(await workspace.services.credentials.verify(apiKey))
  const { data } = await workspace.run<any>(`mutation { createProject(input: { name: "Own" }) { ... on CreateProjectPayload { project { id viewerCan { plannerWrite } } } } }`, {}, await asking())
  expect(data.createProject.project.viewerCan.plannerWrite).toBe(true)
  const { data: next } = await workspace.run<any>(`mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { __typename } }`, { input: { projectId: 'own', name: 'Mine' } }, await asking())
  expect(next.updateProject.__typename).toBe('UpdateProjectPayload')
  await workspace.pool.query("UPDATE organisations SET default_role = 'Viewer'")
})
