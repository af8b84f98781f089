import { beforeAll, describe, expect, test } from 'vitest'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const FIELDS = 'key title description status priority assignee labels dependsOn notes stepKey estimate { optimistic likely pessimistic } links { url title } acceptanceCriteria { id text check }'

async function write(name: string, input: object, fields: string): Promise<any> {
  const type = name[0]!.toUpperCase() + name.slice(1)
  const { data, errors } = await workspace.run<any>(`mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Payload { sequence ${fields} } ... on Error { code message path } } }`, { input })
  if (errors) throw new Error(JSON.stringify(errors))
  return data[name]
}
const order = async (slug: string): Promise<unknown> => {
  const { data } = await workspace.run<any>(`{ plan(projectId: "${slug}") { milestones { key steps { key microsteps { key } } } } }`)
  return data.plan.milestones.map((m: any) => [m.key, m.steps.map((s: any) => [s.key, s.microsteps.map((k: any) => k.key)])])
}

describe('one item', () => {
  test('is added with every field, at the last place unless another is named', async () => {
    const slug = await workspace.project('add', samplePlan(1, 1, 2))
    const added = await write('addMicrostep', {
      projectId: slug, parent: 'm1.s1', key: 'new', title: 'New', description: 'D', status: 'IN_REVIEW', priority: 'HIGH', assignee: 'bo', labels: ['a', 'b'], dependsOn: ['m1.s1.k1'], notes: 'N',
      estimate: { optimistic: 1, likely: 2, pessimistic: 3 }, links: [{ url: 'https://example.com', title: null }], acceptanceCriteria: [{ text: 'ok', check: { kind: 'file', path: 'README.md' } }],
    }, `microstep { ${FIELDS} }`)
    expect(added).toEqual({
      __typename: 'AddMicrostepPayload', sequence: 3,
      microstep: {
        key: 'new', title: 'New', description: 'D', status: 'IN_REVIEW', priority: 'HIGH', assignee: 'bo', labels: ['a', 'b'], dependsOn: ['m1.s1.k1'], notes: 'N', stepKey: 'm1.s1',
        estimate: { optimistic: 1, likely: 2, pessimistic: 3 }, links: [{ url: 'https://example.com', title: null }], acceptanceCriteria: [{ id: null, text: 'ok', check: { kind: 'file', path: 'README.md' } }],
      },
    })
    await write('addMicrostep', { projectId: slug, parent: 'm1.s1', key: 'zero', title: 'Zero', after: null, estimate: { hours: 3 } }, 'microstep { key }')
    await write('addStep', { projectId: slug, parent: 'm1', key: 's2', title: 'S2', after: 'm1.s1' }, 'step { key milestoneKey }')
    await write('addMilestone', { projectId: slug, key: 'm0', title: 'M0', after: null, dueDate: '2027-02-28' }, 'milestone { key dueDate }')
    expect(await order(slug)).toEqual([['m0', []], ['m1', [['m1.s1', ['zero', 'm1.s1.k1', 'm1.s1.k2', 'new']], ['s2', []]]]])
  })

  test('is updated field by field: null removes, absent stays', async () => {
    const slug = await workspace.project('update', samplePlan(1, 1, 2))
    const updated = await write('updateMicrostep', { projectId: slug, id: 'm1.s1.k1', title: 'Better', description: null, labels: [], estimate: { hours: 5 } }, `microstep { ${FIELDS} }`)
    expect(updated.microstep).toMatchObject({ title: 'Better', description: null, labels: [], estimate: { likely: 5 }, status: 'TODO', acceptanceCriteria: [{ text: 'It works.' }, { id: 'tests' }] })
    const milestone = await write('updateMilestone', { projectId: slug, id: 'm1', phase: null, dueDate: '2028-02-29' }, 'milestone { phase dueDate }')
    expect(milestone.milestone).toEqual({ phase: null, dueDate: '2028-02-29' })
  })

  test('is moved among its siblings and to another parent', async () => {
    const slug = await workspace.project('move', samplePlan(2, 1, 3))
    await write('moveMicrostep', { projectId: slug, id: 'm1.s1.k3', after: null }, 'microstep { key }')
    await write('moveMicrostep', { projectId: slug, id: 'm1.s1.k1', parent: 'm2.s1', after: 'm2.s1.k1' }, 'microstep { stepKey }')
    await write('moveMilestone', { projectId: slug, id: 'm1' }, 'milestone { key }')
    expect(await order(slug)).toEqual([
      ['m2', [['m2.s1', ['m2.s1.k1', 'm1.s1.k1', 'm2.s1.k2', 'm2.s1.k3']]]],
      ['m1', [['m1.s1', ['m1.s1.k3', 'm1.s1.k2']]]],
    ])
  })

  test('is deleted with what lies in it, but not while others depend on it', async () => {
    const slug = await workspace.project('delete', samplePlan(2, 1, 3))
    expect(await write('deleteMicrostep', { projectId: slug, id: 'm1.s1.k1' }, 'key')).toMatchObject({ __typename: 'ValidationError', message: expect.stringContaining('m1.s1.k1') })
    expect(await write('deleteMilestone', { projectId: slug, id: 'm1' }, 'key removed')).toMatchObject({ key: 'm1', removed: 5, sequence: 3 })
    const { data } = await workspace.run<any>(`{ project(projectId: "${slug}") { counts { milestones steps microsteps } } }`)
    expect(data.project.counts).toEqual({ milestones: 1, steps: 1, microsteps: 3 })
  })

  test('is found by node id as well as by key', async () => {
    const slug = await workspace.project('byid', samplePlan(1, 1, 1))
    const { data } = await workspace.run<any>(`{ item(projectId: "${slug}", id: "m1.s1") { ... on Step { id } } }`)
    expect(await write('updateStep', { projectId: slug, id: data.item.id, title: 'By id' }, 'step { key title }')).toMatchObject({ step: { key: 'm1.s1', title: 'By id' } })
    expect(await write('addMicrostep', { projectId: slug, parent: data.item.id, key: 'k', title: 'K' }, 'microstep { stepKey }')).toMatchObject({ microstep: { stepKey: 'm1.s1' } })
  })

  test.each([
    ['a key that exists', 'addMicrostep', { parent: 'm1.s1', key: 'm1.s1.k1', title: 'T' }, 'AlreadyExistsError', 'm1.s1.k1'],
    ['a parent of the wrong kind', 'addMicrostep', { parent: 'm1', key: 'n', title: 'T' }, 'NotFoundError', 'step'],
    ['an empty title', 'addMicrostep', { parent: 'm1.s1', key: 'n', title: '' }, 'ValidationError', 'title'],
    ['a key with white space', 'addMicrostep', { parent: 'm1.s1', key: 'a b', title: 'T' }, 'ValidationError', 'white space'],
    ['half an estimate', 'updateMicrostep', { id: 'm1.s1.k1', estimate: { optimistic: 1 } }, 'ValidationError', 'optimistic'],
    ['a title that is removed', 'updateMicrostep', { id: 'm1.s1.k1', title: null }, 'ValidationError', 'title'],
    ['a cycle', 'updateMicrostep', { id: 'm1.s1.k1', dependsOn: ['m1.s1.k2'] }, 'ValidationError', 'm1.s1.k2'],
    ['a dependency on the step it lies in', 'updateMicrostep', { id: 'm1.s1.k1', dependsOn: ['m1.s1'] }, 'ValidationError', 'm1.s1'],
  ])('refuses %s', async (name, mutation, input, typename, message) => {
    const slug = await workspace.project(`bad-${name.replaceAll(' ', '-')}`, samplePlan(1, 1, 2))
    const refused = await write(mutation, { projectId: slug, ...input }, 'microstep { key }')
    expect(refused).toMatchObject({ __typename: typename, message: expect.stringContaining(message) })
    expect(refused.path).not.toBeNull()
  })
})

describe('importing a plan', () => {
  const IMPORT = 'counts { milestones steps microsteps } problems { code }'

  test('fills an empty project, refuses a full one, and replaces on demand, keeping the ids of what stays', async () => {
    const slug = await workspace.project('import')
    expect(await write('importPlan', { projectId: slug, document: samplePlan() }, IMPORT)).toMatchObject({ sequence: 2, counts: { milestones: 2, steps: 4, microsteps: 12 }, problems: [] })
    expect(await write('importPlan', { projectId: slug, document: samplePlan() }, IMPORT)).toMatchObject({ __typename: 'ValidationError', path: ['replace'] })
    const idOf = async () => ((await workspace.run<any>(`{ item(projectId: "${slug}", id: "m1.s1.k1") { ... on Microstep { id } } }`)).data as any).item.id
    const before = await idOf()
    expect(await write('importPlan', { projectId: slug, document: samplePlan(1, 1, 1), replace: true }, IMPORT)).toMatchObject({ sequence: 3, counts: { microsteps: 1 } })
    expect(await idOf()).toBe(before)
  })

  test('refuses a plan with faults, naming each', async () => {
    const slug = await workspace.project('faulty')
    const plan = samplePlan(1, 1, 2)
    plan.milestones[0]!.steps![0]!.microsteps![0]!.dependsOn = ['nope']
    Object.assign(plan.milestones[0]!, { title: 7 })
    const { data } = await workspace.run<any>('mutation ($input: ImportPlanInput!) { importPlan(input: $input) { __typename ... on ValidationError { path problems { code pointer severity } } } }', { input: { projectId: slug, document: plan } })
    expect(data.importPlan).toEqual({
      __typename: 'ValidationError', path: ['document'],
      problems: [{ code: 'wrong-type', pointer: '/milestones/0/title', severity: 'error' }, { code: 'unknown-dependency', pointer: '/milestones/0/steps/0/microsteps/0/dependsOn/0', severity: 'error' }],
    })
  })
})
