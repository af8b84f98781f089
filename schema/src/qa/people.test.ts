/** What people record: criteria that they confirm, and previews. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { newUuid } from '../shared/ids.ts'
import type { ProjectRole } from '../shared/permissions.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { previewFacts } from './facts.ts'
import { BUILDS } from './testing/quality.ts'

let workspace: TestWorkspace
let now = new Date('2026-11-20T09:00:00Z')
const people = new Map<string, Context>()
const manual = (id: string, by?: string) => ({ id, text: `Somebody looked at ${id}.`, check: { kind: 'manual' as const, ...(by !== undefined && { by }) } })
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock: { now: () => now } })
  await workspace.project('looks', {
    version: 1, project: { name: 'Looks' },
    milestones: [{
      id: 'M-1', title: 'First', phase: 'QA',
      steps: [{ id: 'S-1', title: 'Step', microsteps: [{ id: 'T-1', title: 'One', acceptanceCriteria: [BUILDS, manual('anybody'), manual('role', 'QA'), manual('role2', '@role:techlead'), manual('email', 'quinn@example.com'), manual('name', '@Tess'), manual('team', 'team:eyes'), { text: 'No check.' }] }] }],
    }],
  })
  for (const [name, role] of [['Quinn', 'QA'], ['Tess', 'TechLead']] as const) {
    const { userId } = await addPerson(workspace, { name, email: `${name.toLowerCase()}@example.com` })
    people.set(name, workspace.context({ ...workspace.actor, userId, organisationRole: 'Member', defaultRole: role as ProjectRole }))
    await workspace.pool.query('UPDATE organisations SET default_role = $1::project_role', ['QA'])
  }
  people.set('Ada', workspace.context())
  const team = newUuid()
  await workspace.pool.query(`INSERT INTO teams (id, organisation_id, slug, name) VALUES ($1, $2, 'eyes', 'Eyes')`, [team, workspace.actor.organisationId])
  await workspace.pool.query('INSERT INTO team_members (team_id, organisation_id, user_id) VALUES ($1, $2, $3)', [team, workspace.actor.organisationId, people.get('Quinn')!.actor!.userId])
})

const CONFIRM = `mutation ($input: ConfirmCriterionInput!) { confirmCriterion(input: $input) { __typename ... on Error { code message path }
  ... on ConfirmCriterionPayload { sequence evidence { id outcome checkKind message actor { name } runId stale commit } } } }`
async function confirm(criterion: string, input: Record<string, unknown> = {}, by = 'Ada'): Promise<any> {
  const { data, errors } = await workspace.run<any>(CONFIRM, { input: { projectId: 'looks', itemId: 'T-1', criterion, met: true, ...input } }, workspace.context(people.get(by)!.actor))
  expect(errors).toBeUndefined()
  return data.confirmCriterion
}

describe('a criterion that people confirm', () => {
  test.each<[string, readonly string[]]>([
    ['anybody', ['Ada', 'Quinn', 'Tess']], ['No check.', ['Ada', 'Quinn', 'Tess']], ['role', ['Quinn']], ['role2', ['Tess']], ['email', ['Quinn']], ['name', ['Tess']], ['team', ['Quinn']],
  ])('%s: by %j', async (criterion, may) => {
    const can: string[] = []
    for (const name of people.keys()) {
      const answer = await confirm(criterion, {}, name)
      if (answer.__typename === 'ConfirmCriterionPayload') can.push(name)
      else expect(answer).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('its check says so') })
    }
    expect(can.sort()).toEqual(may)
  })

  test('is met or not by the newest word, with its author and note', async () => {
    expect(await confirm('anybody', { note: 'Seen.', commit: 'a'.repeat(40), branch: 'main' })).toMatchObject({ evidence: { outcome: 'PASSED', checkKind: 'MANUAL', message: 'Seen.', actor: { name: 'Ada' }, runId: null, stale: null, commit: 'a'.repeat(40) } })
    expect(await confirm('anybody', { met: false, note: 'Gone.' }, 'Quinn')).toMatchObject({ evidence: { outcome: 'FAILED', message: 'Gone.', actor: { name: 'Quinn' } } })
    const { data } = await workspace.run<any>('{ itemQuality(projectId: "looks", itemId: "T-1") { criteria { key state } } }')
    expect(data.itemQuality.criteria).toContainEqual({ key: 'anybody', state: 'FAILED' })
  })

  test('once under one idempotency key', async () => {
    const input = { idempotencyKey: newUuid() }
    expect(await confirm('anybody', input)).toEqual(await confirm('anybody', input))
    expect(await confirm('anybody', { ...input, met: false })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['builds', {}, { code: 'VALIDATION_FAILED', message: 'This criterion is not for people to confirm: its check is a command. Run it: br qa run T-1.' }],
    ['unknown', {}, { code: 'NOT_FOUND', path: ['criterion'] }],
    ['anybody', { itemId: 'T-99' }, { code: 'NOT_FOUND', path: ['itemId'] }],
    ['anybody', { projectId: 'elsewhere' }, { code: 'NOT_FOUND', path: ['projectId'] }],
    ['anybody', { note: 'x'.repeat(501) }, { code: 'VALIDATION_FAILED', path: ['note'] }],
    ['anybody', { url: 'ftp://a.b' }, { code: 'VALIDATION_FAILED', path: ['url'] }],
    ['anybody', { commit: 'HEAD' }, { code: 'VALIDATION_FAILED', path: ['commit'] }],
  ])('%s with %j is refused', async (criterion, input, error) => {
    expect(await confirm(criterion, input)).toMatchObject(error)
  })
})

const PREVIEW = `mutation ($input: RecordPreviewInput!) { recordPreview(input: $input) { __typename ... on Error { code message path } ... on RecordPreviewPayload { sequence preview { id url status phase provider itemKey isExpired expiresAt } } } }`
async function preview(input: Record<string, unknown> = {}): Promise<any> {
  const { data, errors } = await workspace.run<any>(PREVIEW, { input: { projectId: 'looks', itemId: 'M-1', url: 'https://preview.example.com/1', ...input } })
  expect(errors).toBeUndefined()
  return data.recordPreview
}
const LIST = 'query ($status: PreviewStatus, $phase: String) { previews(projectId: "looks", status: $status, phase: $phase) { totalCount nodes { id status } } }'
const ready = async (): Promise<number> => {
  const { rows } = await workspace.pool.query<{ id: string }>(`SELECT id FROM plan_items WHERE key = 'M-1'`)
  return (await previewFacts(workspace.context(), [rows[0]!.id])).get(rows[0]!.id)!
}

describe('a preview', () => {
  test('is made ready in steps under one id, counts while it is ready, and expires after a week', async () => {
    const id = newUuid()
    expect((await preview({ id, status: 'BUILDING', provider: 'vercel' })).preview).toMatchObject({ status: 'BUILDING', phase: 'QA', provider: 'vercel', itemKey: 'M-1', isExpired: false, expiresAt: '2026-11-27T09:00:00.000Z' })
    expect(await ready()).toBe(0)
    now = new Date(now.getTime() + 3_600_000)
    const made = await preview({ id, url: 'https://preview.example.com/2' })
    expect(made.preview).toMatchObject({ status: 'READY', url: 'https://preview.example.com/2', expiresAt: '2026-11-27T09:00:00.000Z' })
    expect(await ready()).toBe(1)
    expect((await workspace.run<any>(LIST, { status: 'READY', phase: 'QA' })).data.previews).toEqual({ totalCount: 1, nodes: [{ id: made.preview.id, status: 'READY' }] })
    expect((await workspace.run<any>(LIST, { phase: 'Beta' })).data.previews.totalCount).toBe(0)
    now = new Date(now.getTime() + 7 * 86_400_000)
    expect(await ready()).toBe(0)
    const events = await workspace.pool.query(`SELECT data->>'status' AS status FROM runner_events WHERE kind = 'preview.recorded' ORDER BY sequence`)
    expect(events.rows).toEqual([{ status: 'building' }, { status: 'ready' }])
  })

  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ itemId: 'S-1' }, { code: 'VALIDATION_FAILED', path: ['itemId'], message: 'A preview is of a milestone; S-1 is a step.' }],
    [{ itemId: 'M-9' }, { code: 'NOT_FOUND', path: ['itemId'] }],
    [{ url: 'javascript:alert(1)' }, { code: 'VALIDATION_FAILED', path: ['url'] }],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, { code: 'VALIDATION_FAILED', path: ['expiresAt'] }],
    [{ provider: 'x'.repeat(51) }, { code: 'VALIDATION_FAILED', path: ['provider'] }],
    [{ id: 'pvw_1' }, { code: 'VALIDATION_FAILED', path: ['id'] }],
  ])('with %j is refused', async (input, error) => {
    expect(await preview(input)).toMatchObject(error)
  })
})
