import { beforeAll, describe, expect, test } from 'vitest'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { samplePlan } from '../testing/plans.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const TREE = `query ($projectId: ID!) { plan(projectId: $projectId) { sequence document
  milestones { id key title progress { total done percent } steps { key microsteps { id key status estimate { expected } acceptanceCriteria { id text check } dependsOn labels stepKey } } } } }`
const SET_STATUS = `mutation ($input: SetStatusInput!) { setStatus(input: $input) { __typename
  ... on SetStatusPayload { sequence microstep { key status title stepKey acceptanceCriteria { text } updatedAt } } ... on Error { code message path } } }`
const DOCUMENT = `query ($projectId: ID!, $at: Int) { planDocument(projectId: $projectId, atSequence: $at) { sequence document } }`
const EVENTS = `query ($projectId: ID!, $since: Int!) { events(projectId: $projectId, since: $since) { sequence hasMore gap events { sequence kind data actor origin } } }`

describe('reading a plan', () => {
  test('the whole tree comes with one statement, in the order of the file', async () => {
    const slug = await workspace.project('tree', samplePlan())
    workspace.takeStatements()
    const { data, errors } = await workspace.run<any>(TREE, { projectId: slug })
    expect(errors).toBeUndefined()
    expect(workspace.takeStatements()).toHaveLength(1)
    expect(data.plan.document).toEqual(samplePlan())
    expect(data.plan.milestones.map((m: any) => m.steps.map((s: any) => s.microsteps.map((k: any) => k.key)))).toEqual(
      samplePlan().milestones.map((m) => m.steps?.map((s) => s.microsteps?.map((k) => k.id))),
    )
    expect(data.plan.milestones[0].progress).toEqual({ total: 6, done: 0, percent: 0 })
    expect(data.plan.milestones[0].steps[0].microsteps[1]).toEqual({
      id: expect.stringMatching(/^mic_[0-9a-f]{32}$/), key: 'm1.s1.k2', status: 'TODO', estimate: { expected: 13 / 6 }, dependsOn: ['m1.s1.k1'], labels: ['api'], stepKey: 'm1.s1',
      acceptanceCriteria: [{ id: null, text: 'It works.', check: null }, { id: 'tests', text: 'Tests pass.', check: { kind: 'command', run: 'npm test' } }],
    })
  })

  test('unknown keys, odd characters and numbers come back as they were', async () => {
    const plan = samplePlan(1, 1, 1)
    Object.assign(plan, { 'x-team': { size: 3 } })
    Object.assign(plan.milestones[0]!, { 'x-colour': 'blue', status: 'odd', labels: ['a,b', 'say "hi"', 'back\\slash', '{}', 'null', ' '], description: 'äöü 漢字 \u{1F680}\n\ttab' })
    Object.assign(plan.milestones[0]!.steps![0]!.microsteps![0]!, { estimate: 0.25 })
    const slug = await workspace.project('odd', plan)
    const { data } = await workspace.run<any>(DOCUMENT, { projectId: slug })
    expect(data.planDocument.document).toEqual(plan)
  })

  test('nodes are found by id, and children of a single node by one more statement', async () => {
    const slug = await workspace.project('nodes', samplePlan())
    const tree = await workspace.run<any>(TREE, { projectId: slug })
    const id = tree.data!.plan.milestones[1].id
    workspace.takeStatements()
    const { data } = await workspace.run<any>('query ($id: ID!) { node(id: $id) { id ... on Milestone { key progress { total } steps { key } } } }', { id })
    expect(data.node).toEqual({ id, key: 'm2', progress: { total: 6 }, steps: [{ key: 'm2.s1' }, { key: 'm2.s2' }] })
    expect(workspace.takeStatements()).toHaveLength(2)
  })

  test('pages of microsteps together are the whole list, in document order, forwards and backwards', async () => {
    const slug = await workspace.project('pages', samplePlan(2, 2, 5))
    const expected = samplePlan(2, 2, 5).milestones.flatMap((m) => m.steps!.flatMap((s) => s.microsteps!.map((k) => k.id)))
    const query = `query ($p: ID!, $first: Int, $after: String, $last: Int, $before: String) { project(projectId: $p) {
      microsteps(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { key stepKey } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`
    const seen: string[] = []
    let after: string | null = null
    do {
      const { data } = (await workspace.run<any>(query, { p: slug, first: 3, after })) as any
      const page = data.project.microsteps
      expect(page.totalCount).toBe(20)
      seen.push(...page.nodes.map((node: any) => node.key))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(expected)
    const { data } = (await workspace.run<any>(query, { p: slug, last: 4 })) as any
    expect(data.project.microsteps.nodes.map((node: any) => node.key)).toEqual(expected.slice(-4))
    expect(data.project.microsteps.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  })

  test('filters narrow a list, and a bad page size is refused', async () => {
    const slug = await workspace.project('filters', samplePlan())
    await workspace.run(SET_STATUS, { input: { projectId: slug, id: 'm2.s1.k1', status: 'BLOCKED' } })
    const list = (args: string) => workspace.run<any>(`{ project(projectId: "${slug}") { microsteps(${args}) { totalCount nodes { key } } } }`)
    expect((await list('status: [BLOCKED]')).data!.project.microsteps.nodes).toEqual([{ key: 'm2.s1.k1' }])
    expect((await list('milestone: "m1"')).data!.project.microsteps.totalCount).toBe(6)
    expect((await list('step: "m1.s2"')).data!.project.microsteps.totalCount).toBe(3)
    expect((await list('label: "nothing"')).data!.project.microsteps).toEqual({ totalCount: 0, nodes: [] })
    expect((await list('first: 101')).errors?.[0]?.message).toBe('first is 1 to 100; 101 is not.')
    expect((await list('first: 2, after: "nonsense"')).errors?.[0]?.message).toBe('"nonsense" is not a cursor of this list.')
  })
})

describe('setting a status', () => {
  test('takes two round trips: one read, one write', async () => {
    const slug = await workspace.project('status', samplePlan())
    workspace.takeStatements()
    const { data } = await workspace.run<any>(SET_STATUS, { input: { projectId: slug, id: 'm1.s1.k1', status: 'DONE', idempotencyKey: 'first' } })
    expect(data.setStatus).toMatchObject({ __typename: 'SetStatusPayload', sequence: 3, microstep: { key: 'm1.s1.k1', status: 'DONE', stepKey: 'm1.s1', title: 'Microstep 1' } })
    expect(workspace.takeStatements()).toHaveLength(2)
  })

  test('moves the counters, and leaves an event, an audit row and an idempotency record', async () => {
    const slug = await workspace.project('records', samplePlan())
    await workspace.run(SET_STATUS, { input: { projectId: slug, id: 'm1.s1.k1', status: 'DONE', idempotencyKey: 'records' } })
    const project = await workspace.run<any>(`{ project(projectId: "${slug}") { counts { milestones steps microsteps } progress { total todo done percent } } }`)
    expect(project.data!.project).toEqual({ counts: { milestones: 2, steps: 4, microsteps: 12 }, progress: { total: 12, todo: 11, done: 1, percent: 8.3 } })
    const events = await workspace.run<any>(EVENTS, { projectId: slug, since: 2 })
    expect(events.data!.events).toMatchObject({
      sequence: 3, hasMore: false, gap: null,
      events: [{ sequence: 3, kind: 'plan.changed', origin: 'test', data: { changes: [{ op: 'update', id: 'm1.s1.k1', set: { status: 'done' } }], inverse: [{ op: 'update', id: 'm1.s1.k1', set: { status: null } }] } }],
    })
    const { rows } = await workspace.pool.query(`SELECT action, target_type, before_digest, after_digest FROM audit_records WHERE action = 'plan.status.set' AND organisation_id = $1 ORDER BY created_at DESC LIMIT 1`, [workspace.actor.organisationId])
    expect(rows[0]).toMatchObject({ action: 'plan.status.set', target_type: 'plan_item', before_digest: expect.stringMatching(/^[0-9a-f]{64}$/), after_digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await workspace.pool.query(`SELECT action FROM idempotency_records WHERE key = 'records'`)).rows).toEqual([{ action: 'plan.status.set' }])
  })

  test('the status it has already writes nothing', async () => {
    const slug = await workspace.project('same', samplePlan())
    const { data } = await workspace.run<any>(SET_STATUS, { input: { projectId: slug, id: 'm1.s1.k1', status: 'TODO' } })
    expect(data.setStatus).toMatchObject({ __typename: 'SetStatusPayload', sequence: 2 })
  })

  test('a repeated request is answered from the first; the same key for another request is refused', async () => {
    const slug = await workspace.project('repeat', samplePlan())
    const input = { projectId: slug, id: 'm1.s1.k1', status: 'DONE', idempotencyKey: 'repeat' }
    const first = await workspace.run<any>(SET_STATUS, { input })
    const again = await workspace.run<any>(SET_STATUS, { input })
    expect(again.data!.setStatus).toMatchObject({ sequence: first.data!.setStatus.sequence, microstep: { key: 'm1.s1.k1', status: 'DONE' } })
    const other = await workspace.run<any>(SET_STATUS, { input: { ...input, status: 'BLOCKED' } })
    expect(other.data!.setStatus).toMatchObject({ __typename: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] })
  })

  test('a request repeated while the first still runs is applied once', async () => {
    const slug = await workspace.project('racing', samplePlan())
    const input = { projectId: slug, id: 'm1.s1.k1', status: 'DONE', idempotencyKey: 'racing' }
    const results = await Promise.all(Array.from({ length: 6 }, () => workspace.run<any>(SET_STATUS, { input })))
    expect(new Set(results.map((result) => result.data!.setStatus.sequence))).toEqual(new Set([3]))
    expect((await workspace.run<any>(EVENTS, { projectId: slug, since: 0 })).data!.events.sequence).toBe(3)
  })

  test('an item that does not exist, or is no microstep, is not found', async () => {
    const slug = await workspace.project('missing', samplePlan())
    for (const id of ['nope', 'm1']) {
      const { data } = await workspace.run<any>(SET_STATUS, { input: { projectId: slug, id, status: 'DONE' } })
      expect(data.setStatus).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['id'] })
    }
  })
})

test('twenty writers at once leave a gapless log and lose nothing', async () => {
  const slug = await workspace.project('writers', samplePlan(2, 2, 5))
  const keys = samplePlan(2, 2, 5).milestones.flatMap((m) => m.steps!.flatMap((s) => s.microsteps!.map((k) => k.id)))
  const results = await Promise.all(keys.map((id) => workspace.run<any>(SET_STATUS, { input: { projectId: slug, id, status: 'DONE' } })))
  expect(results.map((result) => result.data!.setStatus.sequence).toSorted((a: number, b: number) => a - b)).toEqual(keys.map((_, index) => index + 3))
  const { data } = await workspace.run<any>(`{ project(projectId: "${slug}") { progress { percent done } } }`)
  expect(data.project.progress).toEqual({ percent: 100, done: 20 })
})

test('the plan can be read as of every sequence', async () => {
  const slug = await workspace.project('history', samplePlan())
  const versions: unknown[] = []
  const remember = async () => versions.push((await workspace.run<any>(DOCUMENT, { projectId: slug })).data!.planDocument)
  await remember()
  const changes = [
    [{ op: 'move', id: 'm2.s2', parentId: 'm1', after: null }],
    [{ op: 'remove', id: 'm1.s1' }],
    [{ op: 'rename', id: 'm2.s1.k1', to: 'first' }],
    [{ op: 'add', kind: 'microstep', parentId: 'm2.s1', after: 'first', item: { id: 'new', title: 'New', dependsOn: ['first'] } }],
    [{ op: 'update', id: 'm1', set: { phase: null, description: 'changed', 'x-new': [1, 2] } }, { op: 'head', set: { 'x-top': true } }],
    [{ op: 'move', id: 'm2', parentId: null, after: null }],
  ]
  for (const batch of changes) {
    const { data } = await workspace.run<any>('mutation ($input: ApplyPlanChangesInput!) { applyPlanChanges(input: $input) { __typename ... on Error { message } } }', { input: { projectId: slug, changes: batch } })
    expect(data.applyPlanChanges).toEqual({ __typename: 'ApplyPlanChangesPayload' })
    await remember()
  }
  for (const version of versions as { sequence: number }[]) {
    expect((await workspace.run<any>(DOCUMENT, { projectId: slug, at: version.sequence })).data!.planDocument).toEqual(version)
  }
  expect((await workspace.run<any>(DOCUMENT, { projectId: slug, at: 99 })).errors?.[0]?.message).toContain('there is no 99 yet')
})
