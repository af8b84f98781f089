import { readFileSync } from 'node:fs'
import type { PlanChange } from '@buildrunner/sdk/plans'
import { beforeAll, describe, expect, test } from 'vitest'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
let minutes = 0
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock: { now: () => new Date(Date.UTC(2026, 10, 2, 9, minutes++)) } })
})

const status = async (projectId: string, id: string, to: string) =>
  expect((await workspace.run<any>('mutation ($input: SetStatusInput!) { setStatus(input: $input) { __typename } }', { input: { projectId, id, status: to } })).data?.setStatus.__typename).toBe('SetStatusPayload')
const apply = async (projectId: string, changes: PlanChange[]) =>
  expect((await workspace.run<any>('mutation ($input: ApplyPlanChangesInput!) { applyPlanChanges(input: $input) { __typename ... on Error { message } } }', { input: { projectId, changes } })).data?.applyPlanChanges).toEqual({ __typename: 'ApplyPlanChangesPayload' })

interface Row { sequence: number; item_id: string; item_key: string; from: string; to: string | null; actor_id: string; created_at: Date; removed: unknown }
const ROWS = `SELECT h.sequence, h.item_id, h.item_key, h.from_status AS "from", h.to_status AS "to", h.actor_id, h.created_at, h.removed FROM status_changes h JOIN projects p ON p.id = h.project_id
  WHERE p.slug = $1 ORDER BY h.sequence, h.item_key`
const rowsOf = async (slug: string): Promise<Row[]> => (await workspace.pool.query<Row>(ROWS, [slug])).rows
const short = (rows: readonly Row[]): unknown[] => rows.map((row) => [row.sequence, row.item_key, row.from, row.to])

describe('the history of statuses', () => {
  test('is written with the status, in the same two statements, by whoever wrote it', async () => {
    const slug = await workspace.project('one', samplePlan(1, 1, 2))
    workspace.takeStatements()
    await status(slug, 'm1.s1.k1', 'IN_PROGRESS')
    expect(workspace.takeStatements()).toHaveLength(2)
    await status(slug, 'm1.s1.k1', 'DONE')
    await status(slug, 'm1.s1.k1', 'DONE')
    const rows = await rowsOf(slug)
    expect(short(rows)).toEqual([[3, 'm1.s1.k1', 'todo', 'in_progress'], [4, 'm1.s1.k1', 'in_progress', 'done']])
    const { rows: events } = await workspace.pool.query<{ created_at: Date }>("SELECT e.created_at FROM runner_events e JOIN projects p ON p.id = e.stream_id WHERE p.slug = 'one' AND e.sequence > 2 ORDER BY e.sequence")
    expect(rows.map(({ created_at: at }) => at)).toEqual(events.map(({ created_at: at }) => at))
    expect(rows.every(({ actor_id: by }) => by === workspace.actor.userId)).toBe(true)
  })

  test('does not tell of what an import brings, and of other edits', async () => {
    const plan = samplePlan(1, 1, 2)
    plan.milestones[0]!.steps![0]!.microsteps![0]!.status = 'done'
    const slug = await workspace.project('import', plan)
    await apply(slug, [{ op: 'update', id: 'm1.s1.k1', set: { title: 'New' } }])
    await apply(slug, [{ op: 'add', kind: 'microstep', parentId: 'm1.s1', after: null, item: { id: 'new', title: 'New', status: 'in_progress' } }])
    expect(await rowsOf(slug)).toEqual([])
  })

  test('has one row for what a batch makes of a microstep in all, under its key after it', async () => {
    const slug = await workspace.project('batch', samplePlan(1, 2, 2))
    await apply(slug, [
      { op: 'update', id: 'm1.s1.k1', set: { status: 'in_progress' } }, { op: 'update', id: 'm1.s1.k1', set: { status: 'done' } }, { op: 'rename', id: 'm1.s1.k1', to: 'first' },
      { op: 'update', id: 'm1.s1.k2', set: { status: 'blocked' } }, { op: 'update', id: 'm1.s2.k1', set: { status: 'done' } }, { op: 'update', id: 'm1.s2.k1', set: { status: null } },
    ])
    expect(short(await rowsOf(slug))).toEqual([[3, 'first', 'todo', 'done'], [3, 'm1.s1.k2', 'todo', 'blocked']])
  })

  test('keeps what a microstep was when it is taken out of the plan, alone or with its milestone', async () => {
    const slug = await workspace.project('remove', samplePlan(1, 1, 2))
    await status(slug, 'm1.s1.k1', 'DONE')
    await apply(slug, [{ op: 'remove', id: 'm1.s1.k2' }])
    await apply(slug, [{ op: 'remove', id: 'm1' }])
    const rows = await rowsOf(slug)
    expect(short(rows)).toEqual([[3, 'm1.s1.k1', 'todo', 'done'], [4, 'm1.s1.k2', 'todo', null], [5, 'm1.s1.k1', 'done', null]])
    expect(rows[2]!.removed).toEqual({ title: 'Microstep 1', phase: 'build', createdAt: expect.stringMatching(/^2026-11-02T09:\d\d:00\.000Z$/) })
  })
})

/** The part of the migration that fills the table. */
const BACKFILL = readFileSync(new URL('../../../prisma/migrations/20261125300000_flow/migration.sql', import.meta.url), 'utf8').replace(/^[\s\S]*?(?=INSERT INTO)/, '')

test('the migration finds in the event log what would have been written, for microsteps that are still there', async () => {
  const slug = await workspace.project('backfill', samplePlan(1, 2, 3))
  await status(slug, 'm1.s1.k1', 'IN_PROGRESS')
  await apply(slug, [{ op: 'rename', id: 'm1.s1.k1', to: 'x' }, { op: 'update', id: 'x', set: { status: 'done' } }, { op: 'rename', id: 'm1.s1.k2', to: 'm1.s1.k1' }])
  await status(slug, 'm1.s1.k1', 'BLOCKED')
  await apply(slug, [{ op: 'rename', id: 'x', to: 'y' }, { op: 'update', id: 'm1.s1.k3', set: { status: 'in_progress' } }, { op: 'update', id: 'm1.s1.k3', set: { status: null } }])
  await status(slug, 'm1.s2.k3', 'DONE')
  await apply(slug, [{ op: 'remove', id: 'm1.s2.k3' }])
  await apply(slug, [{ op: 'add', kind: 'microstep', parentId: 'm1.s2', after: null, item: { id: 'm1.s2.k3', title: 'Another one' } }])
  await status(slug, 'm1.s2.k3', 'IN_REVIEW')
  const stillThere = (rows: readonly Row[]): unknown[] => rows.filter(({ removed }) => removed === null).map((row) => [row.sequence, row.item_id, row.from, row.to, row.created_at, row.actor_id])
  const before = await rowsOf(slug)
  const gone = before.find(({ removed }) => removed !== null)!.item_id
  await workspace.administer(`TRUNCATE status_changes; ${BACKFILL}`)
  expect(stillThere(await rowsOf(slug))).toEqual(stillThere(before.filter(({ item_id: id }) => id !== gone)))
  expect((await rowsOf('one'))).toHaveLength(2)
})
