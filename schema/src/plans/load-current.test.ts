import { randomUUID } from 'node:crypto'
import { applyChanges, diffPlans, flattenPlan, invertChanges, unflattenPlan } from '@buildrunner/sdk/plans'
import type { FlatPlan, Plan, PlanChange } from '@buildrunner/sdk/plans'
import fc from 'fast-check'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { perform, scripts } from '../../../sdk/src/domain/plans/testing/random-plans.ts'
import type { Intent } from '../../../sdk/src/domain/plans/testing/random-plans.ts'
import { addComment, promoteComment } from '../comments/service.ts'
import type { Context, Services } from '../context.ts'
import { createContext } from '../request.ts'
import { createServices } from '../services.ts'
import { createDatabase } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import { pushWrites } from '../sync/push.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { syncPlan } from '../sync/service.ts'
import { loadCurrentPlan } from './load-current.ts'
import { loadPlan } from './load.ts'
import type { LoadedPlan } from './load.ts'
import type { KnownPlan } from './plan-cache.ts'
import { readSnapshot } from './reads.ts'
import { rowOf } from './rows.ts'
import type { StoredItem } from './rows.ts'
import { applyPlanChanges, importPlan, setStatus } from './service.ts'

let workspace: TestWorkspace
/** Two servers on one database. */
let servers: [Services, Services]
beforeAll(async () => {
  workspace = await createTestWorkspace()
  servers = [workspace.services, createServices({ pool: workspace.pool, health: () => Promise.reject(new Error('not part of this test')) })]
})

const on = (services: Services): Context => createContext(services, { actor: workspace.actor, requestId: newUuid(), origin: 'test', address: null })
const permission = { permission: 'planner.read' } as const
/** Times as moments: a row that was just written says its time as JavaScript does. */
const rowsOf = (rows: LoadedPlan['rows']) => new Map(Array.from(rows, ([key, row]) => [key, { ...rowOf(row as StoredItem), createdAt: Date.parse(row.createdAt) }]))
const contents = ({ plan, rows, project }: LoadedPlan) =>
  ({ document: JSON.stringify(unflattenPlan(plan)), items: new Map(plan.items), children: new Map(plan.children), rows: rowsOf(rows), sequence: project.sequence })

/** What a server takes for the plan, after it was seen to be what the database has. */
async function current(ctx: Context, projectRef: string): Promise<LoadedPlan> {
  const [loaded, fresh] = [await loadCurrentPlan(ctx, projectRef, permission), await loadPlan(ctx, projectRef, permission)]
  expect(contents(loaded)).toEqual(contents(fresh))
  return loaded
}

const edit = (id: string, set: Record<string, unknown>): PlanChange => ({ op: 'update', id, set })
const apply = (ctx: Context, projectId: string, ...changes: PlanChange[]) => applyPlanChanges(ctx, { projectId }, changes, null)

const ACTIONS: Intent['action'][] = ['add', 'add', 'addShared', 'remove', 'move', 'move', 'reorder', 'reorder', 'rename', 'renameShared', 'title', 'scalar', 'unset', 'label', 'depend', 'undepend', 'criterion', 'dropCriterion', 'estimate', 'head', 'custom', 'swapKind']
interface Act { on: 0 | 1; by: 'apply' | 'import' | 'sync' | 'push' | 'status' | 'promote'; script: Intent[]; behind: number }
const acts = fc.array(fc.record<Act>({
  on: fc.constantFrom(0, 1), by: fc.constantFrom('apply', 'apply', 'apply', 'import', 'sync', 'push', 'push', 'status', 'promote'), script: scripts(8, ACTIONS), behind: fc.nat(4),
}), { minLength: 3, maxLength: 8, size: 'max' })

let replicas = 0
async function act(ctx: Context, projectId: string, { by, script, behind }: Act, prefix: string): Promise<void> {
  const { plan, project: { sequence } } = await loadPlan(ctx, projectId, permission)
  const microsteps = [...plan.items.values()].filter(({ kind }) => kind === 'microstep')
  const baseSequence = by === 'sync' || by === 'push' ? Math.max(2, sequence - behind) : sequence
  const base = baseSequence === sequence ? plan : flattenPlan((await readSnapshot(ctx, projectId, baseSequence)).document)
  const after = perform(base, script, prefix)
  const changes = diffPlans(base, after)
  switch (by) {
    case 'apply': return void await applyPlanChanges(ctx, { projectId }, changes, null)
    case 'import': return void await importPlan(ctx, { projectId }, unflattenPlan(after) as Plan, true)
    case 'sync': return void await syncPlan(ctx, { projectId }, { baseSequence, basePatch: [], changes, resolutions: [], dryRun: false })
    case 'push': {
      let view: FlatPlan = base
      const writes = changes.map((change, index) => {
        const write = { number: index + 1, changes: [change], base: invertChanges(view, [change]) }
        view = applyChanges(view, [change])
        return write
      })
      if (writes.length > 0) await pushWrites(ctx, { projectId, replicaId: randomUUID(), baseSequence, writes })
      return
    }
    case 'status': return void (microsteps[0] && await setStatus(ctx, { projectId }, microsteps[0].id, 'blocked'))
    case 'promote': {
      const step = [...plan.items.values()].find(({ kind }) => kind === 'step')
      if (step === undefined) return
      const { commentId } = await addComment(ctx, { projectId, itemId: step.id, body: 'Let us do this.' })
      return void await promoteComment(ctx, { commentId, stepId: step.id, title: 'Do it', criteria: ['It is done'], key: `promoted-${replicas++}` })
    }
  }
}

describe('a plan that a server knows', () => {
  test('is the one in the database, rows included, whoever wrote to it and how', async () => {
    let [followed, read, projects] = [0, 0, 0]
    await fc.assert(fc.asyncProperty(acts, async (script) => {
      const projectId = await workspace.project(`coherent-${projects++}`, samplePlan())
      const seen = new Map<Services, LoadedPlan>()
      for (const [index, one] of script.entries()) {
        await act(on(servers[one.on]), projectId, one, `n${index}-`)
        // the other server now and then reads after several writes
        for (const server of index % 2 === 0 ? servers : [servers[one.on]]) {
          const before = seen.get(server)
          const loaded = await current(on(server), projectId)
          if (before !== undefined) read++
          // what was not written is the same object as before
          if (before !== undefined && [...loaded.rows].some(([key, row]) => before.rows.get(key) === row)) followed++
          seen.set(server, loaded)
        }
      }
    }), { numRuns: 10 })
    expect(followed).toBeGreaterThan(read / 2)
  })

  test('is brought up to date by one statement, as it is read for the first time', async () => {
    const slug = await workspace.project('statements', samplePlan())
    await apply(on(servers[1]), slug, edit('m1.s1.k1', { title: 'Elsewhere' }))
    const changes: PlanChange[] = [edit('m1.s1.k2', { title: 'First' }), { op: 'remove', id: 'm2.s2' }, { op: 'rename', id: 'm2.s1', to: 'renamed' }, { op: 'move', id: 'm1.s1.k3', parentId: 'm1.s2', after: null }]
    for (const [index, change] of [...changes, edit('m1.s1.k2', { title: 'Last' })].entries()) {
      workspace.takeStatements()
      await apply(on(servers[index === 4 ? 1 : 0]), slug, change)
      expect(workspace.takeStatements()).toHaveLength(2)
    }
    expect((await current(on(servers[0]), slug)).plan.items.get('m1.s1.k1')?.fields.title).toBe('Elsewhere')
  })

  test('is kept as this server has written it, and what others wrote is all that a read brings', async () => {
    const slug = await workspace.project('kept', samplePlan())
    const ctx = on(servers[0])
    const { project: { id, sequence } } = await current(ctx, slug)
    await apply(ctx, slug, edit('m1.s1.k1', { title: 'Mine', dependsOn: null, labels: ['b', 'a'] }), { op: 'remove', id: 'm2.s2' }, { op: 'move', id: 'm1.s1.k3', parentId: 'm1.s2', after: null })
    const known = servers[0].plans.find(workspace.actor.organisationId, id) as KnownPlan
    expect([known.sequence, known.plan.items.get('m1.s1.k1')?.fields.title]).toEqual([sequence + 1, 'Mine'])
    const loaded = await current(ctx, slug)
    expect(loaded.rows).toBe(known.rows)
    await apply(on(servers[1]), slug, edit('m1.s1.k2', { title: 'Theirs' }))
    expect((await current(ctx, slug)).rows.get('m1.s1.k1')).toBe(known.rows.get('m1.s1.k1'))
  })

  test('is never shown to who may not see it', async () => {
    const slug = await workspace.project('hidden', samplePlan())
    const { project } = await current(on(servers[0]), slug)
    const { actor } = await workspace.stranger()
    for (const ref of [slug, project.id]) await expect(loadCurrentPlan(workspace.context(actor), ref, permission)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(loadCurrentPlan(workspace.context(null), slug, permission)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const scopeless = { ...workspace.actor, scopes: new Set(['comments.read']) }
    await expect(loadCurrentPlan(workspace.context(scopeless), slug, permission)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('is the older one where a database that lags is read, and the newest again after that', async () => {
    const slug = await workspace.project('lagging', samplePlan())
    const ctx = on(servers[0])
    const lagging = new pg.Client({ connectionString: workspace.url })
    await lagging.connect()
    try {
      await lagging.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
      await lagging.query('SELECT 1')
      await apply(ctx, slug, edit('m1.s1.k1', { title: 'Newer' }), { op: 'remove', id: 'm2' })
      const newest = await current(ctx, slug)
      const old = await current({ ...ctx, db: createDatabase(lagging as unknown as pg.Pool) }, slug)
      expect([old.project.sequence, old.plan.items.get('m1.s1.k1')?.fields.title, old.plan.items.has('m2')]).toEqual([newest.project.sequence - 1, 'Microstep 1', true])
      expect((await current(ctx, slug)).project.sequence).toBe(newest.project.sequence)
    } finally {
      await lagging.end()
    }
  })

  test('is read anew where a backup was restored, even when other events have the same numbers by then', async () => {
    const slug = await workspace.project('restored', samplePlan())
    const { project: { id } } = await current(on(servers[0]), slug)
    const tables = [['event_streams', 'id'], ['projects', 'id'], ['plan_items', 'project_id'], ['runner_events', 'stream_id']] as const
    await workspace.administer(tables.map(([table, column]) => `CREATE TABLE backup_${table} AS SELECT * FROM ${table} WHERE ${column} = '${id}'`).join(';'))
    await apply(on(servers[0]), slug, edit('m1.s1.k1', { title: 'Lost' }))
    await apply(on(servers[0]), slug, edit('m1.s1.k3', { dependsOn: null }))
    const lost = await current(on(servers[0]), slug)
    const known = servers[0].plans.find(workspace.actor.organisationId, id) as KnownPlan
    await workspace.administer(`BEGIN; DELETE FROM runner_events WHERE stream_id = '${id}'; INSERT INTO runner_events SELECT * FROM backup_runner_events;
      DELETE FROM plan_items WHERE project_id = '${id}'; INSERT INTO plan_items SELECT * FROM backup_plan_items;
      UPDATE event_streams s SET sequence = b.sequence FROM backup_event_streams b WHERE s.id = b.id;
      UPDATE projects p SET todo = b.todo, plan_head = b.plan_head FROM backup_projects b WHERE p.id = b.id; COMMIT`)
    const restored = await current(on(servers[0]), slug)
    expect(restored.project.sequence).toBe(lost.project.sequence - 2)
    servers[0].plans.keep(known)
    for (const title of ['One', 'Two', 'Three']) await apply(on(servers[1]), slug, edit('m1.s1.k2', { title }))
    const after = await current(on(servers[0]), slug)
    expect([after.project.sequence, after.plan.items.get('m1.s1.k1')?.fields.title]).toEqual([lost.project.sequence + 1, 'Microstep 1'])
  })

  test('is read anew where history was cut, and where the rows are not what the log makes of them', async () => {
    const slug = await workspace.project('cut', samplePlan())
    const { project: { id } } = await current(on(servers[0]), slug)
    await apply(on(servers[1]), slug, edit('m1.s1.k1', { title: 'Cut' }))
    await apply(on(servers[1]), slug, edit('m1.s1.k2', { title: 'Kept' }))
    await workspace.administer(`UPDATE event_streams SET cut_at = 3 WHERE id = '${id}'; DELETE FROM runner_events WHERE stream_id = '${id}' AND sequence <= 3`)
    expect((await current(on(servers[0]), slug)).plan.items.get('m1.s1.k1')?.fields.title).toBe('Cut')
    await workspace.administer(`DELETE FROM plan_items WHERE project_id = '${id}' AND key = 'm2.s2.k3'; UPDATE projects SET todo = todo - 1 WHERE id = '${id}'`)
    await apply(on(servers[1]), slug, edit('m1.s1.k2', { title: 'Later' }))
    expect((await current(on(servers[0]), slug)).plan.items.has('m2.s2.k3')).toBe(false)
  })
})
