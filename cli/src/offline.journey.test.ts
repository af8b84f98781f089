/** Working without a server with `br`, and bringing it together afterwards: against the server as `npm start` runs it, through a proxy that sees who asks. */
import * as fs from 'node:fs'
import path from 'node:path'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLAN, samplePlan, writePlan, type RunResult } from './testing/br.ts'
import { startFaultProxy, type FaultProxy } from './testing/fault-proxy.ts'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ signIn: false })
let proxy: FaultProxy
let client: BuildRunnerSDK
let requests = 0
let isAway = false
beforeAll(async () => {
  const { baseUrl, apiKey } = journey.server
  proxy = await startFaultProxy(baseUrl, {
    onRequest() {
      requests++
      return isAway ? 'reset' : undefined
    },
  })
  client = new BuildRunnerSDK({ baseUrl, apiKey })
})
afterAll(() => proxy?.close())

const run = (cwd: string, args: string[], env: Record<string, string> = {}): Promise<RunResult> =>
  journey.cli.run(args, { cwd, env: { BUILDRUNNER_BASE_URL: proxy.url, BUILDRUNNER_API_KEY: journey.server.apiKey, XDG_DATA_HOME: path.join(cwd, 'data'), ...env } })
async function ok(cwd: string, ...args: string[]): Promise<any> {
  const result = await run(cwd, [...args, '--json'])
  expect(result, `br ${args.join(' ')}`).toMatchObject({ code: 0, stderr: '' })
  return JSON.parse(result.stdout)
}
/** Runs `work`, which must not send a single request. */
async function withoutRequests<T>(work: () => Promise<T>): Promise<T> {
  const before = requests
  const result = await work()
  expect(requests).toBe(before)
  return result
}

let count = 0
async function makeProject(): Promise<{ projectId: string; slug: string; sequence: number }> {
  const { id: projectId, slug } = (await client.projects.create({ name: `Offline ${++count}` }).orThrow()).project
  const { sequence } = await client.planning.importPlan({ projectId, document: samplePlan() as never }).orThrow()
  return { projectId, slug, sequence }
}
/** A folder whose plan file was synced. */
async function syncedFolder(): Promise<{ cwd: string; projectId: string }> {
  const { projectId, sequence } = await makeProject()
  const cwd = journey.cli.folder()
  writePlan(cwd, { ...samplePlan(), 'x-sync': { projectId, sequence } })
  await ok(cwd, 'sync')
  return { cwd, projectId }
}
/** A folder without a plan, on a device that has a copy of a project. */
async function copiedFolder(): Promise<{ cwd: string; projectId: string; slug: string }> {
  const { projectId, slug } = await makeProject()
  const cwd = journey.cli.folder()
  expect(await ok(cwd, 'sync', '--project', slug)).toMatchObject({ queue: { projectId, applied: 0, waiting: 0, failed: [] } })
  return { cwd, projectId, slug }
}
const titleOf = async (projectId: string, id: string): Promise<string | undefined> => {
  const { document } = await client.planning.getDocument({ projectId }).orThrow()
  return [...JSON.stringify(document).matchAll(/"id":"([^"]+)","title":"([^"]*)"/g)].find(([, key]) => key === id)?.[2]
}

describe('in a folder with a plan', () => {
  test('edits of the file and comments wait here, are listed, and are sent by the next sync', async () => {
    const { cwd, projectId } = await syncedFolder()
    const { commentId } = await withoutRequests(async () => {
      await ok(cwd, 'plan', 'edit', 'T1', '--title', 'On the train', '--offline')
      const made = await ok(cwd, 'comments', 'add', 'T1', 'Looks', 'right.', '--offline')
      await ok(cwd, 'comments', 'react', made.commentId, '🎉', '--offline')
      const { file, projects } = await ok(cwd, 'queue', 'status')
      expect(file).toMatchObject({ projectId, changes: [{ op: 'update', id: 'T1', set: { title: 'On the train' } }], openConflicts: false })
      expect(projects).toMatchObject([{ projectId, items: [{ kind: 'comment', state: 'queued', itemKeys: ['T1'] }, { kind: 'comment', state: 'queued' }] }])
      expect((await run(cwd, ['queue', 'status'])).stdout).toMatch(/^buildrunner\/specs\/plan\.json {2}1 change\n {2}~ T1 {2}title: Schema → On the train\nShop {2}2 waiting\n {2}↑ /)
      return made
    })
    expect(await ok(cwd, 'sync')).toMatchObject({ pushed: 1, queue: { applied: 2, waiting: 0, failed: [] } })
    expect(await client.comments.get({ commentId }).orThrow()).toMatchObject({ body: 'Looks right.', reactions: [{ emoji: '🎉' }] })
    expect(await titleOf(projectId, 'T1')).toBe('On the train')
    expect(await ok(cwd, 'queue', 'status')).toMatchObject({ file: { changes: [] }, projects: [{ items: [] }] })
    const { slug } = await client.projects.get({ projectId }).orThrow()
    expect(await withoutRequests(() => ok(cwd, 'comments', 'add', 'T1', 'By', 'slug.', '--offline', '--project', slug))).toMatchObject({ queued: 1 })
  })

  test('what the server refuses is a dead letter with its reason, which keeps nothing else back, and is tried again or dropped', async () => {
    const { cwd, projectId } = await syncedFolder()
    await ok(cwd, 'comments', 'add', 'T6', 'On what is gone.', '--offline')
    await ok(cwd, 'comments', 'add', 'T1', 'On what is there.', '--offline')
    await client.planning.deleteMicrostep({ projectId, id: 'T6' }).orThrow()
    const synced = await run(cwd, ['sync', '--json'])
    expect(synced.code).toBe(4)
    const { failed: [{ id }], ...queue } = JSON.parse(synced.stdout).queue
    expect(queue).toMatchObject({ applied: 1, waiting: 0 })
    expect((await run(cwd, ['queue', 'status'])).stdout).toMatch(new RegExp(`✗ ${id.slice(0, 8)} .*NOT_FOUND`))
    expect(await run(cwd, ['sync', '--retry-failed'])).toMatchObject({ code: 4, stdout: expect.stringContaining('br queue drop') as string })
    expect(await ok(cwd, 'queue', 'retry', id.slice(0, 8))).toEqual({ queued: 1 })
    expect(await run(cwd, ['sync'])).toMatchObject({ code: 4 })
    expect(await run(cwd, ['queue', 'drop'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') as string })
    expect(await ok(cwd, 'queue', 'drop', '--yes')).toEqual({ dropped: 1, kept: 0 })
    expect(await run(cwd, ['sync'])).toMatchObject({ code: 0 })
  })

  test('what a rule of the project refuses is sent in spite of it, with a reason', async () => {
    const { cwd, projectId, slug } = await copiedFolder()
    const text = "version: 1\nrules:\n  - { id: freeze, when: [plan.microstep.update], condition: item.id == 'T1', effect: block, message: T1 is frozen. }\n"
    await client.governance.apply({ projectId, text, reason: 'We begin' }).orThrow()
    await ok(cwd, 'plan', 'edit', 'T1', '--title', 'Hotfix', '--offline', '--project', slug)
    expect(await run(cwd, ['sync', '--project', slug])).toMatchObject({ code: 4 })
    expect((await run(cwd, ['queue', 'status', '--project', slug])).stdout).toContain('T1 is frozen. (rule freeze, line 3)')
    expect(await run(cwd, ['queue', 'retry', '--project', slug, '--override', 'freeze'])).toMatchObject({ code: 2 })
    expect(await withoutRequests(() => ok(cwd, 'queue', 'retry', '--project', slug, '--override', 'freeze', '--reason', 'Ticket 4711'))).toEqual({ queued: 1 })
    expect(await ok(cwd, 'sync', '--project', slug)).toMatchObject({ queue: { applied: 1, waiting: 0, failed: [] } })
    expect(await titleOf(projectId, 'T1')).toBe('Hotfix')
  })

  test('the whole plan is edited in an editor; what has errors is refused, and nothing to change changes nothing', async () => {
    const { cwd } = await syncedFolder()
    const file = path.join(cwd, PLAN)
    const before = fs.readFileSync(file, 'utf8')
    const edit = (EDITOR: string) => withoutRequests(() => run(cwd, ['plan', 'edit', '--offline'], { EDITOR }))
    expect(await edit('true')).toMatchObject({ code: 0, stdout: 'The plan is like that already.\n' })
    expect(await edit('false')).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing was changed') as string })
    expect(await edit(`sed -i 's/"T2"/"T1"/'`)).toMatchObject({ code: 3, stdout: '' })
    expect(await run(cwd, ['plan', 'edit', '--offline'])).toMatchObject({ code: 2, stderr: expect.stringContaining('EDITOR') as string })
    expect(await run(cwd, ['plan', 'edit', '--title', 'x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('No item is named') as string })
    expect(fs.readFileSync(file, 'utf8')).toBe(before)
    expect(await edit(`sed -i 's/"Sign-in"/"Sign in"/'`)).toMatchObject({ code: 0, stdout: '~ T2  title: Sign-in → Sign in\n' })
    expect(fs.readFileSync(file, 'utf8')).toBe(before.replace('"Sign-in"', '"Sign in"'))
  })
})

describe('in a folder without a plan', () => {
  test('a copy of a project is edited by its slug while the server is away, and sent when it is back', async () => {
    const { cwd, projectId, slug } = await copiedFolder()
    isAway = true
    try {
      await withoutRequests(async () => {
        expect(await ok(cwd, 'plan', 'edit', 'T3', '--title', 'Without a file', '--offline', '--project', slug)).toMatchObject({ queued: 1, changes: [{ op: 'update', id: 'T3' }] })
        expect(await run(cwd, ['plan', 'edit', 'T3', '--depends-on', 'T4', '--offline', '--project', slug])).toMatchObject({ code: 3, stdout: '' })
      })
      expect(await run(cwd, ['sync', '--project', slug])).toMatchObject({ code: 7 })
    } finally {
      isAway = false
    }
    expect(await ok(cwd, 'sync', '--project', slug)).toMatchObject({ queue: { applied: 1, waiting: 0, failed: [] } })
    expect(await titleOf(projectId, 'T3')).toBe('Without a file')
  })

  test('several br at once queue every edit once', async () => {
    const { cwd, projectId, slug } = await copiedFolder()
    const ids = ['T1', 'T2', 'T3', 'T4']
    const results = await Promise.all(ids.map((id) => run(cwd, ['plan', 'edit', id, '--notes', `At once ${id}`, '--offline', '--project', slug])))
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(ids.map(() => [0, '']))
    const { projects: [{ items }] } = await ok(cwd, 'queue', 'status', '--project', slug)
    expect(items.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3, 4])
    expect(await ok(cwd, 'sync', '--project', slug)).toMatchObject({ queue: { applied: 4, waiting: 0 } })
    const { document } = await client.planning.getDocument({ projectId }).orThrow()
    for (const id of ids) expect(JSON.stringify(document)).toContain(`At once ${id}`)
  })

  test('an edit that somebody else was faster with is a conflict, decided with br conflicts', async () => {
    const { cwd, projectId, slug } = await copiedFolder()
    await ok(cwd, 'plan', 'edit', 'T1', '--title', 'Ours', '--offline', '--project', slug)
    await client.planning.updateMicrostep({ projectId, id: 'T1', title: 'Theirs' }).orThrow()
    expect(await run(cwd, ['sync', '--project', slug])).toMatchObject({ code: 4, stdout: expect.stringContaining('1 conflict') as string })
    const listed = await run(cwd, ['conflicts', 'list', '--project', slug, '--json'])
    expect(listed.code).toBe(4)
    const { conflicts: [conflict] } = JSON.parse(listed.stdout)
    expect(conflict).toMatchObject({ id: expect.stringMatching(/^cfl_/) as string, source: 'server', itemKey: 'T1', field: 'title', base: 'Schema', local: 'Ours', remote: 'Theirs', by: 'Administrator' })
    expect((await ok(cwd, 'conflicts', 'show', conflict.id, '--project', slug)).conflicts[0].previews).toMatchObject({ local: { server: [{ op: 'update', id: 'T1', set: { title: 'Ours' } }] }, remote: { server: [] } })
    expect((await run(cwd, ['conflicts', 'show', conflict.id, '--project', slug])).stdout).toContain('title: Theirs → Ours')
    expect(await run(cwd, ['conflicts', 'resolve', 'T1.title', '--merge', 'Both', '--dry-run', '--project', slug])).toMatchObject({ code: 4, stdout: expect.stringContaining('title: Theirs → Both') as string })
    expect(await ok(cwd, 'conflicts', 'resolve', 'T1.title', '--merge', 'Both', '--project', slug)).toMatchObject({ left: 0 })
    expect(await titleOf(projectId, 'T1')).toBe('Both')
    expect(await run(cwd, ['conflicts', 'list', '--project', slug])).toMatchObject({ code: 0 })
  })
})

test('comments of an item and projects are read from this device while the server is away, with their age', async () => {
  const { cwd, projectId, slug } = await copiedFolder()
  const { comment } = await client.comments.add({ projectId, itemId: 'T1', body: 'Read before.' }).orThrow()
  await client.comments.reply({ commentId: comment.id, body: 'Answered.' }).orThrow()
  expect(await ok(cwd, 'comments', 'list', 'T1', '--project', slug)).not.toHaveProperty('asOf')
  isAway = true
  try {
    const read = await run(cwd, ['comments', 'list', 'T1', '--project', slug])
    expect(read).toMatchObject({ code: 0, stdout: expect.stringMatching(/1 answer[^]*Read before\.[^]*Answered\./) as string })
    expect(read.stderr).toContain("from this device's copy, less than a minute old")
    expect(await ok(cwd, 'comments', 'list', 'T1', '--open', '--project', slug)).toMatchObject({ threads: [{ id: comment.id, replies: [{ body: 'Answered.' }] }], asOf: expect.any(String) as string })
    expect(await ok(cwd, 'projects', 'list')).toMatchObject({ projects: [{ id: projectId, slug }], totalCount: 1 })
    expect(await run(cwd, ['comments', 'list', 'T2', '--project', slug])).toMatchObject({ code: 7, stdout: '' })
  } finally {
    isAway = false
  }
})

test('a comment that is known here is edited and deleted without a server; another text in between is a conflict', async () => {
  const { cwd, projectId, slug } = await copiedFolder()
  const [{ comment: mine }, { comment: doomed }] = [await client.comments.add({ projectId, itemId: 'T1', body: 'First.' }).orThrow(), await client.comments.add({ projectId, itemId: 'T1', body: 'Doomed.' }).orThrow()]
  await ok(cwd, 'comments', 'list', 'T1', '--project', slug)
  await withoutRequests(async () => {
    await ok(cwd, 'comments', 'edit', mine.id, 'From', 'the', 'train.', '--offline', '--project', slug)
    await ok(cwd, 'comments', 'delete', doomed.id, '--yes', '--offline', '--project', slug)
  })
  await client.comments.edit({ commentId: mine.id, body: 'From the desk.' }).orThrow()
  expect(await run(cwd, ['sync', '--project', slug])).toMatchObject({ code: 4 })
  expect(await client.comments.get({ commentId: mine.id }).orThrow()).toMatchObject({ body: 'From the desk.' })
  expect(await client.comments.get({ commentId: doomed.id }).orThrow()).toMatchObject({ body: null })
  const listed = await run(cwd, ['conflicts', 'list', '--project', slug, '--json'])
  const [conflict] = JSON.parse(listed.stdout).conflicts
  expect(conflict).toMatchObject({ kind: 'comment', base: 'First.', local: 'From the train.', remote: 'From the desk.' })
  await ok(cwd, 'conflicts', 'resolve', conflict.id, '--keep', 'local', '--project', slug)
  expect(await run(cwd, ['sync', '--project', slug])).toMatchObject({ code: 0 })
  expect(await client.comments.get({ commentId: mine.id }).orThrow()).toMatchObject({ body: 'From the train.' })
})

test.each([
  [['comments', 'edit', 'cmt_01a2008b71a07f2ebe4265f046903171', 'x', '--offline', '--project', 'never-seen'], 6, 'br sync'],
  [['plan', 'edit', 'T1', '--title', 'x', '--offline'], 2, '--project'],
  [['plan', 'edit', 'T1', '--title', 'x', '--offline', '--project', 'never-seen'], 6, 'br sync'],
  [['comments', 'add', 'T1', 'x', '--offline', '--project', 'never-seen'], 6, 'br sync'],
  [['queue', 'retry', 'nope'], 6, 'nope'],
  [['queue', 'drop', 'nope', '--yes'], 6, 'nope'],
  [['sync', '--dry-run', '--project', 'never-seen'], 6, 'no plan'],
])('br %j exits with %i, says why, and asks nobody', async (args, code, said) => {
  const result = await withoutRequests(() => run(journey.cli.folder(), args))
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toContain(said)
})

test('where nothing was queued, nothing waits', async () => {
  expect(await run(journey.cli.folder(), ['queue', 'status'])).toMatchObject({ code: 0, stdout: '✓ nothing waits here\n', stderr: '' })
})
