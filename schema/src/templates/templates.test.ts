import { builtInTemplate } from '@buildrunner/sdk/built-in-templates'
import type { Template } from '@buildrunner/sdk/template-engine'
import { describe, expect, test } from 'vitest'
import type { Actor, Context } from '../context.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'

const workspace = await createTestWorkspace()
const { pool, actor } = workspace
const { userId } = await addPerson(workspace, { name: 'Max' })
const member = workspace.context({ ...actor, userId, organisationRole: 'Member' } as Actor)
const stranger = workspace.context((await workspace.stranger()).actor)

const spike = (changes: Partial<Template> = {}): Template => ({
  format: 1, name: 'spike', version: '1.0.0', kind: 'template', title: 'Spike', description: 'A question.', tags: ['research'],
  variables: [{ name: 'question', type: 'string', prompt: 'Which?' }],
  plan: { project: { name: '{{question}}' }, milestones: [{ id: 'answer', title: 'Answer {{question}}', acceptanceCriteria: [{ text: 'It is written down.' }] }] },
  ...changes,
})

async function mutate(name: 'publish' | 'deprecate', input: object, ctx: Context = workspace.context()): Promise<any> {
  const Name = `${name[0]!.toUpperCase()}${name.slice(1)}Template`
  const { data, errors } = await workspace.run<any>(
    `mutation ($input: ${Name}Input!) { answer: ${name}Template(input: $input) { __typename ... on ${Name}Payload { sequence template { name version digest builtIn deprecatedReason publishedBy { name } } }
      ... on Error { code message path } ... on ValidationError { problems { code severity pointer message } } } }`, { input }, ctx)
  expect(errors).toBeUndefined()
  return data.answer
}
const publish = (document: unknown, more: object = {}, ctx?: Context) => mutate('publish', { document, ...more }, ctx)
const names = async (args = '', ctx?: Context) =>
  (await workspace.run<any>(`{ templates${args} { nodes { name version } totalCount } }`, {}, ctx)).data.templates.nodes.map(({ name, version }: any) => `${name}@${version}`)
const get = async (template: string, ctx?: Context) => {
  const { data, errors } = await workspace.run<any>('query ($template: String!) { template(template: $template) { name version builtIn deprecatedReason document } }', { template }, ctx)
  return errors === undefined ? data.template : (errors[0]?.originalError as { code?: string } | undefined)?.code
}
const make = async (templates: string[], values: unknown, ctx?: Context) => {
  const { data, errors } = await workspace.run<any>(
    'query ($templates: [String!]!, $values: JSON) { instantiateTemplates(templates: $templates, values: $values) { document policy conflicts { kind templates name } problems { code pointer message } used { name version } } }', { templates, values }, ctx)
  return errors === undefined ? data.instantiateTemplates : errors[0]?.message
}

describe('publishing', () => {
  test('is one event and one record, and the same content again is neither', async () => {
    const made = await publish(spike())
    expect(made.template).toMatchObject({ name: 'spike', version: '1.0.0', builtIn: false, deprecatedReason: null, digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const reordered = Object.fromEntries(Object.entries(spike()).reverse())
    expect((await publish(reordered)).sequence).toBe(made.sequence)
    const { rows } = await pool.query(`SELECT kind, data FROM runner_events WHERE kind = 'template.published'`)
    expect(rows).toEqual([{ kind: 'template.published', data: { name: 'spike', version: '1.0.0', kind: 'template', digest: made.template.digest } }])
    expect((await pool.query(`SELECT 1 FROM audit_records WHERE action = 'template.publish'`)).rowCount).toBe(1)
  })

  test('never changes a version', async () => {
    expect(await publish(spike({ title: 'Another' }))).toMatchObject({ code: 'ALREADY_EXISTS', path: ['document', 'version'] })
    expect((await get('spike')).document.title).toBe('Spike')
  })

  test('refuses a template with faults, and says where each is', async () => {
    const faulty = spike({ version: '2.0.0', plan: { milestones: [{ id: 'm', title: '{{nobody}}' }] } })
    expect(await publish(faulty)).toMatchObject({ code: 'VALIDATION_FAILED', path: ['document'], problems: expect.arrayContaining([expect.objectContaining({ code: 'expression', pointer: '/plan/milestones/0/title' })]) })
    for (const nonsense of ['text', 7, [], {}]) expect(await publish(nonsense)).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(await publish(spike({ version: '2.0.0', description: 'x'.repeat(300_000) }))).toMatchObject({ code: 'VALIDATION_FAILED', message: expect.stringContaining('at most 262144 characters') })
  })

  test('is answered from its record when it is repeated under one key', async () => {
    const first = await publish(spike({ version: '1.0.1' }), { idempotencyKey: 'once' })
    expect(await publish(spike({ version: '1.0.1' }), { idempotencyKey: 'once' })).toEqual(first)
    expect(await publish(spike({ version: '1.0.2' }), { idempotencyKey: 'once' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  test('of a name that somebody else began is for a TenantAdmin', async () => {
    expect(await publish(spike({ version: '1.1.0' }), {}, member)).toMatchObject({ code: 'FORBIDDEN' })
    expect((await publish(spike({ name: 'members', version: '1.0.0' }), {}, member)).template.publishedBy).toEqual({ name: 'Max' })
    expect((await publish(spike({ name: 'members', version: '1.1.0' }))).template.version).toBe('1.1.0')
  })
})

describe('reading', () => {
  test('lists what the organisation published, newest first, and nothing of others', async () => {
    expect(await names()).toEqual(['members@1.1.0', 'members@1.0.0', 'spike@1.0.1', 'spike@1.0.0'])
    expect(await names('(name: "spike", kind: TEMPLATE, last: 1)')).toEqual(['spike@1.0.0'])
    expect(await names('(kind: PACK)')).toEqual([])
    expect(await names('', stranger)).toEqual([])
    expect(await get('spike', stranger)).toBe('NOT_FOUND')
  })

  test('finds the newest version in a range, and built-in ones', async () => {
    expect([(await get('spike')).version, (await get('spike@~1.0.0')).version, (await get('spike@1.0.0')).version]).toEqual(['1.0.1', '1.0.1', '1.0.0'])
    expect(await get('spike@^3.0.0')).toBe('NOT_FOUND')
    expect(await get('web-app', stranger)).toMatchObject({ builtIn: true, document: builtInTemplate('web-app') })
  })

  test('passes a deprecated version by, unless it is named', async () => {
    expect((await mutate('deprecate', { name: 'spike', version: '1.0.1', reason: 'Wrong.' })).template).toMatchObject({ version: '1.0.1', deprecatedReason: 'Wrong.' })
    expect([(await get('spike')).version, (await get('spike@1.0.1')).deprecatedReason]).toEqual(['1.0.0', 'Wrong.'])
    expect((await mutate('deprecate', { name: 'spike', version: '1.0.1', reason: null })).template.deprecatedReason).toBeNull()
    expect((await get('spike')).version).toBe('1.0.1')
    expect(await mutate('deprecate', { name: 'spike', version: '9.0.0', reason: 'x' })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await mutate('deprecate', { name: 'spike', version: '1.0.0', reason: 'x' }, member)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await mutate('deprecate', { name: 'spike', version: '1.0.0', reason: '' })).toMatchObject({ code: 'VALIDATION_FAILED', path: ['reason'] })
  })
})

describe('instantiating', () => {
  test('makes a plan that can be imported as it is', async () => {
    const { document, used, problems } = await make(['spike@1.0.0', 'ci'], { question: 'Why?' })
    expect(problems).toEqual([])
    expect(used.map(({ name }: any) => name)).toEqual(['spike', 'ci'])
    expect(document).toMatchObject({ project: { name: 'Why?' }, 'x-template': [{ name: 'spike', values: { question: 'Why?' } }, { name: 'ci' }] })
    await workspace.project('empty')
    const { data } = await workspace.run<any>('mutation ($document: PlanDocument!) { importPlan(input: { projectId: "empty", document: $document }) { __typename ... on ImportPlanPayload { problems { code } } ... on Error { message } } }', { document })
    expect(data.importPlan).toEqual({ __typename: 'ImportPlanPayload', problems: [] })
  })

  test('names values that are missing, wrong and unknown', async () => {
    const { document, problems } = await make(['spike'], { questoin: 'Why?' })
    expect(document).toBeNull()
    expect(problems.map(({ code, pointer }: any) => [code, pointer])).toEqual([['value-missing', '/variables/question'], ['value-unknown', '/variables/questoin']])
    expect(await make(['spike'], { question: { deep: true } })).toMatch(/^values is an object/)
    expect(await make(['spike'], 'text')).toMatch(/^values is an object/)
  })

  test('brings what is required, and says what is missing of it', async () => {
    await publish(spike({ name: 'needs-ci', requires: [{ name: 'ci', version: '^1.0.0' }] }))
    expect((await make(['needs-ci'], { question: 'x' })).used.map(({ name }: any) => name)).toEqual(['needs-ci', 'ci'])
    await publish(spike({ name: 'needs-moon', requires: [{ name: 'moon', version: '*' }] }))
    expect(await make(['needs-moon'], { question: 'x' })).toContain('There is no template "moon"')
    expect(await make(['spike@1.0.0', 'spike@1.0.1'], {})).toContain('in two versions')
    expect(await make([], {})).toContain('1 to 20 templates')
  })
})
