/** The same calls, against the real server and against the test server: each answer must be the same. */
import { afterAll, describe, expect, test } from 'vitest'
import { COMMENT_STEPS } from '../../test/comment-steps.ts'
import { PLAN, startServer } from '../../test/server.ts'
import { groups } from '../_generated/operations/index.ts'
import { BuildRunnerSDK } from '../index.ts'
import type { Plan, Request, Result } from '../index.ts'
import type { Operation } from '../request.ts'
import { isSimulated, resolverOf } from './catalogue.ts'
import { createTestServer } from './index.ts'

const real = await startServer()
const memory = createTestServer({ projects: [{ slug: 'website', name: 'website', plan: PLAN }] })
const clients = {
  real: new BuildRunnerSDK({ apiKey: real.apiKey, baseUrl: real.apiUrl, projectId: 'website' }),
  memory: new BuildRunnerSDK({ apiKey: 'br_test0000_key', baseUrl: 'http://localhost', fetch: memory.fetch, projectId: 'website' }),
}

type Step = (client: BuildRunnerSDK) => Request<unknown> | Promise<unknown>

const OTHER: Plan = {
  version: 1, project: { name: 'Shop', description: 'Sells.' }, 'x-team': 'core',
  milestones: [
    {
      id: 'M-1', title: 'Alpha', phase: 'one', dueDate: '2026-12-24', labels: ['big'], 'x-colour': 'red',
      steps: [
        { id: 'S-1', title: 'Pages', assignee: 'ada', priority: 'high', microsteps: [
          { id: 'T-1', title: 'Home', status: 'done', estimate: 3, labels: ['web'] },
          { id: 'T-2', title: 'Cart', status: 'in_progress', estimate: { optimistic: 1, likely: 2, pessimistic: 9 }, dependsOn: ['T-1'], assignee: 'ada' },
          { id: 'T-3', title: 'Pay', status: 'blocked', dependsOn: ['T-2'], links: [{ url: 'https://example.com', title: 'Spec' }], acceptanceCriteria: [{ text: 'It pays.' }] },
          { id: 'T-4', title: 'Old', status: 'cancelled', notes: 'Given up.' },
        ] },
        { id: 'S-2', title: 'Mail', dependsOn: ['S-1'], microsteps: [{ id: 'T-5', title: 'Order mail', description: 'Says thanks.' }] },
      ],
    },
    { id: 'M-2', title: 'Beta', dependsOn: ['M-1'] },
  ],
}

const shop = { projectId: 'shop' }
const STEPS: Record<string, Step> = {
  'health': async (client) => (await client.health.check().orThrow()).status,
  'projects': (client) => client.projects.list(),
  'a project': (client) => client.projects.get(),
  'a project that is not there': (client) => client.projects.get({ projectId: 'nowhere' }),
  'a new project': (client) => client.projects.create({ name: 'Das Müsli & Co.', description: 'Crunchy' }),
  'the same slug again': (client) => client.projects.create({ name: 'Another', slug: 'das-musli-co' }),
  'a name without a slug': (client) => client.projects.create({ name: '!!!' }),
  'an empty name': (client) => client.projects.create({ name: ' ' }),
  'a wrong slug': (client) => client.projects.create({ name: 'x', slug: 'A b' }),
  'an id that is none': (client) => client.projects.create({ id: 'nope', name: 'x' }),
  'an id of the client': (client) => client.projects.create({ id: '01939e8c-0000-7000-8000-000000000001', name: 'Shop', slug: 'shop' }),
  'that id again': (client) => client.projects.create({ id: '01939e8c-0000-7000-8000-000000000001', name: 'Shop', slug: 'shop-2' }),
  'a project by node id': (client) => client.projects.get({ projectId: 'prj_01939e8c000070008000000000000001' }),
  'projects in pages': async (client) => {
    const pages: unknown[] = []
    for await (const page of client.projects.list({ first: 2 }).pages()) pages.push(page)
    return pages
  },
  'projects by name': (client) => client.projects.list({ search: 'MÜS' }),
  'a first that is too large is cut': async (client) => (await client.projects.list({ first: 101 }).orThrow()).projects.length,
  'an import into an empty project': (client) => client.planning.importPlan({ ...shop, document: OTHER }),
  'an import over a plan': (client) => client.planning.importPlan({ ...shop, document: OTHER }),
  'an import that changes nothing': (client) => client.planning.importPlan({ ...shop, document: OTHER, replace: true }),
  'an import of a plan with faults': (client) =>
    client.planning.importPlan({ ...shop, replace: true, document: { version: 1, project: { name: 'x' }, milestones: [{ id: 'M-1', title: 'a', dependsOn: ['M-9'] }, { id: 'M-1', title: '' }] } }),
  'an import of no plan': (client) => client.planning.importPlan({ ...shop, document: { milestones: 3 } as never }),
  'a plan': (client) => client.planning.getPlan(shop),
  'a plan that is not there': (client) => client.planning.getPlan({ projectId: 'nowhere' }),
  'its document': (client) => client.planning.getDocument(shop),
  'the document of an empty project': (client) => client.planning.getDocument({ projectId: 'das-musli-co' }),
  'the document as it was': (client) => client.planning.getDocument({ ...shop, atSequence: 1 }),
  'a document of the future': (client) => client.planning.getDocument({ ...shop, atSequence: 99 }),
  'milestones': (client) => client.planning.listMilestones(shop),
  'steps': (client) => client.planning.listSteps({ ...shop, milestone: 'M-1' }),
  'microsteps': (client) => client.planning.listMicrosteps(shop),
  'microsteps in pages': async (client) => (await client.planning.listMicrosteps({ ...shop, first: 2 }).toArray()).map(({ key }) => key),
  'microsteps by status': (client) => client.planning.listMicrosteps({ ...shop, status: ['BLOCKED', 'DONE'] }),
  'microsteps by label': (client) => client.planning.listMicrosteps({ ...shop, label: 'web' }),
  'microsteps by person and step': (client) => client.planning.listMicrosteps({ ...shop, assignee: 'ada', step: 'S-1', milestone: 'M-1' }),
  'too large a page': (client) => client.planning.listMicrosteps({ ...shop, first: 101 }),
  'microsteps of no project': (client) => client.planning.listMicrosteps({ projectId: 'nowhere' }),
  'a milestone': (client) => client.planning.getItem({ ...shop, id: 'M-1' }),
  'a step': (client) => client.planning.getItem({ ...shop, id: 'S-1' }),
  'a microstep': (client) => client.planning.getItem({ ...shop, id: 'T-2' }),
  'an item by node id': async (client) => client.planning.getItem({ ...shop, id: (await client.planning.getItem({ ...shop, id: 'T-2' }).orThrow() as { id: string }).id }),
  'an item that is not there': (client) => client.planning.getItem({ ...shop, id: 'T-99' }),
  'an analysis': (client) => client.planning.getAnalysis(shop),
  'what if': (client) => client.planning.whatIf({ ...shop, changes: [{ op: 'update', id: 'T-5', set: { estimate: 16 } }] }),
  'what if nothing could be': (client) => client.planning.whatIf({ ...shop, changes: [{ op: 'remove', id: 'T-99' }] }),
  'a status': (client) => client.planning.setStatus({ ...shop, id: 'T-2', status: 'DONE' }),
  'the same status': (client) => client.planning.setStatus({ ...shop, id: 'T-2', status: 'DONE' }),
  'a status of nothing': (client) => client.planning.setStatus({ ...shop, id: 'T-99', status: 'DONE' }),
  'a status of a step': (client) => client.planning.setStatus({ ...shop, id: 'S-1', status: 'DONE' }),
  'a new milestone': (client) => client.planning.addMilestone({ ...shop, key: 'M-3', title: 'Gamma', after: 'M-1', dueDate: '2027-01-01', labels: ['x'] }),
  'a new step': (client) => client.planning.addStep({ ...shop, key: 'S-3', parent: 'M-3', title: 'Work', links: [{ url: 'https://example.com', title: null }] }),
  'a new microstep': (client) =>
    client.planning.addMicrostep({ ...shop, key: 'T-6', parent: 'S-3', title: 'Do it', status: 'IN_REVIEW', priority: 'LOW', estimate: { optimistic: 1, likely: 2, pessimistic: 3 }, dependsOn: ['T-5'] }),
  'a key that is taken': (client) => client.planning.addStep({ ...shop, key: 'T-6', parent: 'M-3', title: 'Again' }),
  'a parent of the wrong kind': (client) => client.planning.addMicrostep({ ...shop, key: 'T-7', parent: 'M-3', title: 'Lost' }),
  'a key with white space': (client) => client.planning.addStep({ ...shop, key: 'S 4', parent: 'M-3', title: 'x' }),
  'half an estimate': (client) => client.planning.addMicrostep({ ...shop, key: 'T-7', parent: 'S-3', title: 'x', estimate: { likely: 1 } }),
  'an update': (client) => client.planning.updateMicrostep({ ...shop, id: 'T-6', title: 'Done it', estimate: null, labels: ['a', 'b'], acceptanceCriteria: [{ text: 'Works', id: null }] }),
  'an update of nothing': (client) => client.planning.updateStep({ ...shop, id: 'S-3' }),
  'an update that removes the title': (client) => client.planning.updateStep({ ...shop, id: 'S-3', title: null }),
  'an update that makes the title empty': (client) => client.planning.updateStep({ ...shop, id: 'S-3', title: '' }),
  'an update that makes a cycle': (client) => client.planning.updateMicrostep({ ...shop, id: 'T-1', dependsOn: ['T-3'] }),
  'an update of a milestone': (client) => client.planning.updateMilestone({ ...shop, id: 'M-3', phase: 'two', dueDate: null, dependsOn: ['M-1'] }),
  'a move': (client) => client.planning.moveMicrostep({ ...shop, id: 'T-6', parent: 'S-1', after: 'T-1' }),
  'a move to the first place': (client) => client.planning.moveMilestone({ ...shop, id: 'M-3', after: null }),
  'a move behind nothing': (client) => client.planning.moveStep({ ...shop, id: 'S-3', after: 'S-99' }),
  'the plan after the moves': (client) => client.planning.getPlan(shop),
  'a deletion that others wait for': (client) => client.planning.deleteMicrostep({ ...shop, id: 'T-5' }),
  'a deletion': (client) => client.planning.deleteMilestone({ ...shop, id: 'M-3' }),
  'a deletion of what is gone': (client) => client.planning.deleteMilestone({ ...shop, id: 'M-3' }),
  'a batch': (client) =>
    client.planning.applyChanges({ ...shop, changes: [{ op: 'rename', id: 'T-4', to: 'T-40' }, { op: 'update', id: 'T-40', set: { title: 'Older' } }, { op: 'head', set: { 'x-team': 'shop' } }] }),
  'a batch that cannot be': (client) => client.planning.applyChanges({ ...shop, changes: [{ op: 'update', id: 'T-1', set: { title: 'x' } }, { op: 'remove', id: 'T-99' }] }),
  'a batch that is none': (client) => client.planning.applyChanges({ ...shop, changes: [{ op: 'explode' }] as never }),
  'a batch on another sequence': (client) => client.planning.applyChanges({ ...shop, expectedSequence: 1, changes: [] }),
  'a first pull': (client) => client.execution.sync({ ...shop, dry_run: true }),
  'a sync': (client) => client.execution.sync({ ...shop, baseSequence: 2, changes: [{ op: 'update', id: 'T-2', set: { status: 'blocked', title: 'Basket' } }, { op: 'update', id: 'T-5', set: { notes: 'n' } }] }),
  'a sync that decides': (client) =>
    client.execution.sync({ ...shop, baseSequence: 2, changes: [{ op: 'update', id: 'T-2', set: { status: 'blocked' } }], resolutions: [{ id: 'T-2', field: 'status', keep: 'LOCAL' }] }),
  'a sync from the future': (client) => client.execution.sync({ ...shop, baseSequence: 999 }),
  'an update of a project': (client) => client.projects.update({ ...shop, name: 'The shop', description: null }),
  'an update to a slug that is taken': (client) => client.projects.update({ ...shop, slug: 'website' }),
  'an update of a project that changes nothing': (client) => client.projects.update({ ...shop, name: 'The shop' }),
  'another slug': (client) => client.projects.update({ projectId: 'das-musli-co', slug: 'musli' }),
  'one write under a key': (client) => client.projects.create({ name: 'Once' }, { idempotencyKey: 'job-1' }),
  'the write again': (client) => client.projects.create({ name: 'Once' }, { idempotencyKey: 'job-1' }),
  'another write under the key': (client) => client.projects.create({ name: 'Twice' }, { idempotencyKey: 'job-1' }),
  'an edit under a key': (client) => client.planning.setStatus({ ...shop, id: 'T-1', status: 'TODO' }, { idempotencyKey: 'job-2' }),
  'the edit again': (client) => client.planning.setStatus({ ...shop, id: 'T-1', status: 'TODO' }, { idempotencyKey: 'job-2' }),
  'a project in the archive': (client) => client.projects.archive({ projectId: 'musli' }),
  'an edit of the archive': (client) => client.planning.addMilestone({ projectId: 'musli', key: 'M-1', title: 'x' }),
  'the archive': (client) => client.projects.list({ archived: true }),
  'a project out of the archive': (client) => client.projects.archive({ projectId: 'musli', archived: false }),
  'events': async (client) => (await client.events.list({ ...shop, since: 0 }).toArray()).map(({ origin, ...event }) => ({ ...event, origin: origin.replace(/.*\//, '') })),
  'a page of events': (client) => client.events.list({ since: 1, first: 1 }),
  'events before the first': (client) => client.events.list({ since: -1 }),
  'a variable that is missing': (client) => client.planning.getItem({} as never),
  'a status that is none': async (client) => (await client.planning.setStatus({ ...shop, id: 'T-1', status: 'SOON' })).error?.code,
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
/** Node ids, and the UUIDs that they are made of. */
const ID = /\b((?:prj|mil|stp|mic|usr|org|key|cmt|att)_)?([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g
const MASKED = new Set(['requestId', 'endCursor', 'actor'])
/** The server in memory limits nothing. */
const ABSENT = 'rateLimit'

/** The same values in the place of ids, moments and cursors; an id that comes again gets its first number again. */
function masking() {
  const ids = new Map<string, number>()
  const mask = (value: unknown, key = ''): unknown => {
    if (value === null || value === undefined) return value
    if (MASKED.has(key)) return `(${key})`
    if (Array.isArray(value)) return value.map((item) => mask(item))
    if (value instanceof Error) return { name: value.name, ...(mask(JSON.parse(JSON.stringify(value))) as object) }
    if (typeof value === 'object') return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (member === undefined || name === ABSENT ? [] : [[name, mask(member, name)]])))
    if (typeof value !== 'string') return value
    if (TIME.test(value)) return '(time)'
    return value.replace(ID, (_whole, prefix = '', id: string) => {
      const plain = id.replaceAll('-', '')
      if (!ids.has(plain)) ids.set(plain, ids.size)
      return `${prefix as string}(id ${ids.get(plain)})`
    })
  }
  return mask
}

const masks = { real: masking(), memory: masking() }

describe('the test server answers as the real one does', () => {
  test.each(Object.entries({ ...STEPS, ...COMMENT_STEPS }))('%s', async (_name, step) => {
    const [fromReal, fromMemory] = await Promise.all([step(clients.real), step(clients.memory)])
    expect(masks.memory(fromMemory)).toEqual(masks.real(fromReal))
  })

  test('also without an API key', async () => {
    const strangers = [new BuildRunnerSDK({ baseUrl: real.apiUrl }), new BuildRunnerSDK({ baseUrl: 'http://localhost', fetch: memory.fetch })]
    const calls: ((client: BuildRunnerSDK) => PromiseLike<Result<unknown>>)[] = [
      (client) => client.viewer.get(), (client) => client.projects.list(), (client) => client.projects.create({ name: 'x' }),
      (client) => client.comments.get({ commentId: 'x' }), (client) => client.comments.reply({ commentId: 'x', body: '' }), (client) => client.comments.delete({ commentId: 'x' }),
    ]
    for (const call of calls) {
      const [fromReal, fromMemory] = await Promise.all(strangers.map(call))
      expect(fromMemory!.error?.code).toBe('UNAUTHENTICATED')
      expect(masking()(fromMemory)).toEqual(masking()(fromReal))
    }
  })

  test('every operation is answered, but for subscriptions and the groups that are not simulated', () => {
    const names = Object.values<Readonly<Record<string, Operation>>>(groups).flatMap((group) => Object.values(group)).filter(({ kind }) => kind !== 'subscription').map(({ name }) => name)
    expect(names.filter((name) => (resolverOf(name) !== undefined) !== isSimulated(name))).toEqual([])
    expect(names.length).toBeGreaterThan(25)
  })
})

afterAll(() => memory.reset())
