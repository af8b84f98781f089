/** A plan goes from a file to a real server and back: `br` as people run it, against the server as `npm start` runs it. */
import * as fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { PLAN, samplePlan, writePlan, type RunResult } from './testing/br.ts'
import { startFaultProxy } from './testing/fault-proxy.ts'
import { useJourney } from './testing/journey.ts'

const journey = useJourney()

const json = (text: string): any => JSON.parse(text)
const text = (folder: string): string => fs.readFileSync(path.join(folder, PLAN), 'utf8')
const plan = (folder: string): any => json(text(folder))
const withoutMark = (folder: string): object => {
  const { 'x-sync': _, ...rest } = plan(folder)
  return rest
}
const microstep = (folder: string, id: string): any =>
  plan(folder)
    .milestones.flatMap((m: any) => m.steps ?? [])
    .flatMap((s: any) => s.microsteps ?? [])
    .find((t: any) => t.id === id)

const br = (cwd: string, ...args: string[]): Promise<RunResult> => journey.cli.run(args, { cwd })
async function ok(cwd: string, ...args: string[]): Promise<any> {
  const result = await br(cwd, ...args, '--json')
  expect(result, `br ${args.join(' ')}`).toMatchObject({ code: 0, stderr: '' })
  return json(result.stdout)
}

let count = 0
/** A folder whose plan is on the server, and a clone of it as another person has it: without the cache. */
async function linkedPair(): Promise<{ ours: string; theirs: string; slug: string }> {
  const [ours, theirs, slug] = [journey.cli.folder(), journey.cli.folder(), `pair-${++count}`]
  writePlan(ours, samplePlan())
  await ok(ours, 'projects', 'create', slug, '--slug', slug, '--link')
  await ok(ours, 'sync')
  clone(ours, theirs)
  return { ours, theirs, slug }
}
function clone(from: string, to: string): void {
  fs.mkdirSync(path.dirname(path.join(to, PLAN)), { recursive: true })
  fs.copyFileSync(path.join(from, PLAN), path.join(to, PLAN))
}

describe('signing in', () => {
  test('keeps the key for the owner alone and never prints it', async () => {
    const file = path.join(journey.cli.environment().XDG_CONFIG_HOME!, 'buildrunner', 'credentials.json')
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    for (const args of [['whoami'], ['status'], ['whoami', '--json'], ['login', '--local', journey.server.dataDir]]) {
      const { code, stdout, stderr } = await br(journey.cli.folder(), ...args)
      if (args[0] !== 'status') expect(code).toBe(0)
      expect(stdout + stderr).not.toContain(journey.server.apiKey)
    }
  })

  test('takes the key from a pipe or a file, and refuses one that the server does not know', async () => {
    const env = { XDG_CONFIG_HOME: journey.cli.folder() }
    const login = (input: string) => journey.cli.run(['login', '--base-url', journey.server.baseUrl, '--json'], { env, input })
    expect(await login('br_00000000_wrongwrongwrongwrongwrongwrong\n')).toMatchObject({ code: 5, stdout: '' })
    expect(await journey.cli.run(['whoami'], { env: { ...env, BUILDRUNNER_BASE_URL: journey.server.baseUrl } })).toMatchObject({ code: 5 })
    expect(await login(`${journey.server.apiKey}\n`)).toMatchObject({ code: 0 })
    expect(await journey.cli.run(['whoami'], { env })).toMatchObject({ code: 0 })
    expect(await journey.cli.run(['logout'], { env })).toMatchObject({ code: 0 })
    expect(await journey.cli.run(['whoami'], { env: { ...env, BUILDRUNNER_BASE_URL: journey.server.baseUrl } })).toMatchObject({ code: 5 })
  })

  test('is not needed beside a started server', async () => {
    const cwd = journey.cli.folder()
    fs.mkdirSync(path.join(cwd, '.buildrunner'))
    fs.copyFileSync(path.join(journey.server.dataDir, 'local.json'), path.join(cwd, '.buildrunner', 'local.json'))
    writePlan(cwd, samplePlan())
    const env = { XDG_CONFIG_HOME: journey.cli.folder() }
    expect(await journey.cli.run(['whoami'], { cwd, env })).toMatchObject({ code: 0 })
    expect((await journey.cli.run(['status'], { cwd, env })).stdout).toContain('local.json')
  })
})

describe('commands that read the server', () => {
  test('list projects, ask for health, and send any GraphQL', async () => {
    const { slug } = await linkedPair()
    expect((await ok(journey.cli.folder(), 'projects', 'list', '--search', slug)).projects).toMatchObject([
      { slug, counts: { milestones: 2, steps: 3, microsteps: 6 } },
    ])
    expect(await ok(journey.cli.folder(), 'health', 'check')).toMatchObject({ database: 'ok', baseUrl: journey.server.baseUrl })
    const document = 'query($projectId: ID!, $first: Int) { project(projectId: $projectId) { slug microsteps(first: $first) { totalCount nodes { key } } } }'
    const answer = await journey.cli.run(['api', '-', '-p', slug, '-F', 'first=2'], { input: document })
    expect(json(answer.stdout)).toEqual({ project: { slug, microsteps: { totalCount: 6, nodes: [{ key: 'T1' }, { key: 'T2' }] } } })
    expect(await br(journey.cli.folder(), 'api', '{ nope }', '--json')).toMatchObject({ code: 2, stdout: '' })
  })

  test('say when a project is not there', async () => {
    const cwd = journey.cli.folder()
    writePlan(cwd, samplePlan())
    expect(await br(cwd, 'sync', '--project', 'no-such-project')).toMatchObject({ code: 6 })
    expect(await br(cwd, 'sync')).toMatchObject({ code: 2, stderr: expect.stringContaining('br projects create') })
  })
})

describe('br init --project', () => {
  test('takes name and description from the server, so that a first sync has nothing to decide', async () => {
    const [ours, slug] = [journey.cli.folder(), `described-${++count}`]
    writePlan(ours, { ...samplePlan(), project: { name: 'The shop', description: 'Sells things.', url: 'https://shop.example.com' } })
    await ok(ours, 'projects', 'create', slug, '--slug', slug, '--link')
    await ok(ours, 'sync')
    const cwd = journey.cli.folder()
    expect(await ok(cwd, 'init', '--project', slug)).toMatchObject({ project: { name: 'The shop' }, linkedTo: plan(ours)['x-sync'].projectId })
    expect(await ok(cwd, 'sync')).toMatchObject({ pushed: 0, conflicts: [] })
    const { $schema: _, ...synced } = withoutMark(cwd) as any
    expect(synced).toEqual(withoutMark(ours))
  })

  test('keeps a name that was given, which a sync then asks about', async () => {
    const { slug } = await linkedPair()
    const cwd = journey.cli.folder()
    expect(await ok(cwd, 'init', '--project', slug, '--name', 'Ours')).toMatchObject({ project: { name: 'Ours' } })
    const { code, stdout } = await br(cwd, 'sync', '--json')
    expect(code).toBe(4)
    expect(json(stdout).conflicts).toMatchObject([{ field: 'project', local: { name: 'Ours' }, remote: { name: 'Shop' } }])
  })

  test('writes nothing for a project that is not there', async () => {
    const cwd = journey.cli.folder()
    expect(await br(cwd, 'init', '--project', 'no-such-project')).toMatchObject({ code: 6 })
    expect(fs.readdirSync(cwd)).toEqual([])
  })
})

describe('br sync', () => {
  test('brings a plan to the server, and a second time finds nothing to do and leaves the file alone', async () => {
    const { ours } = await linkedPair()
    const before = text(ours)
    expect(withoutMark(ours)).toEqual(samplePlan())
    expect(await ok(ours, 'sync')).toMatchObject({ pulled: [], pushed: 0, conflicts: [] })
    expect(text(ours)).toBe(before)
    expect(await ok(ours, 'plan', 'diff', '--remote')).toMatchObject({ changes: [] })
  })

  test('finds nothing to do for a plan that is not linked yet but is the same as the server\'s', async () => {
    const { ours, slug } = await linkedPair()
    const unlinked = journey.cli.folder()
    writePlan(unlinked, withoutMark(ours))
    expect(await ok(unlinked, 'sync', '--project', slug)).toMatchObject({ pulled: [], pushed: 0, conflicts: [] })
    expect(plan(unlinked)).toEqual(plan(ours))
  })

  test('merges edits of two people; both files and the server end equal', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(theirs, 'plan', 'edit', 'T1', '--title', 'Tables', '--add-label', 'db')
    await ok(theirs, 'plan', 'add', 'Audit', '--parent', 'S1', '--id', 'T9')
    await ok(theirs, 'plan', 'remove', 'T6', '--yes')
    await ok(theirs, 'sync')
    await ok(ours, 'plan', 'edit', 'T1', '--status', 'in_review', '--add-label', 'core')
    await ok(ours, 'plan', 'edit', 'T4', '--parent', 'S1', '--first')
    expect(await ok(ours, 'sync')).toMatchObject({ conflicts: [] })
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
    expect(microstep(ours, 'T1')).toMatchObject({ title: 'Tables', status: 'in_review', labels: expect.arrayContaining(['db', 'core']) })
    expect(microstep(ours, 'T6')).toBeUndefined()
    expect(await ok(ours, 'plan', 'diff', '--remote')).toMatchObject({ changes: [] })
  })

  test('needs no cache: a fresh clone and a broken cache sync the same, and nothing deleted comes back', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(ours, 'plan', 'remove', 'M2', '--yes')
    await ok(ours, 'sync')
    await ok(theirs, 'plan', 'edit', 'T3', '--title', 'Feed')
    fs.mkdirSync(path.join(theirs, 'buildrunner', 'state'), { recursive: true })
    fs.writeFileSync(path.join(theirs, 'buildrunner', 'state', 'runner_state.json'), '{"version":1,"projectId":')
    expect(await ok(theirs, 'sync')).toMatchObject({ conflicts: [], pushed: 1 })
    expect(plan(theirs).milestones.map(({ id }: { id: string }) => id)).toEqual(['M1'])
    expect(microstep(theirs, 'T3').title).toBe('Feed')
  })

  test('lists a conflict with base, local and remote, keeps each side, and repeats it until it is decided', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(theirs, 'plan', 'edit', 'T1', '--title', 'Theirs', '--estimate', '6')
    await ok(theirs, 'sync')
    await ok(ours, 'plan', 'edit', 'T1', '--title', 'Ours')
    await ok(ours, 'plan', 'edit', 'T2', '--title', 'Also ours')
    const conflict = { kind: 'field', id: 'T1', field: 'title', base: 'Schema', local: 'Ours', remote: 'Theirs' }
    for (let round = 0; round < 2; round++) {
      const result = await br(ours, 'sync', '--json')
      expect(result).toMatchObject({ code: 4, stderr: '' })
      expect(json(result.stdout).conflicts).toEqual([conflict])
      expect(microstep(ours, 'T1')).toMatchObject({ title: 'Ours', estimate: 6 })
    }
    const shown = await br(ours, 'sync', '--dry-run')
    expect(shown.stdout).toMatch(/T1\.title[^]*base +Schema[^]*local +Ours[^]*remote +Theirs/)
    await ok(theirs, 'sync')
    expect([microstep(theirs, 'T1').title, microstep(theirs, 'T2').title]).toEqual(['Theirs', 'Also ours'])

    expect(await br(ours, 'sync', '--keep', 'local', '--item', 'T2')).toMatchObject({ code: 6, stderr: expect.stringContaining('T1.title') })
    expect(await ok(ours, 'sync', '--keep', 'local', '--item', 'T1.title')).toMatchObject({ conflicts: [], pushed: 1 })
    expect(plan(ours)['x-sync'].basePatch).toBeUndefined()
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
    expect(microstep(theirs, 'T1').title).toBe('Ours')
  })

  test('an open conflict survives a fresh clone', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(theirs, 'plan', 'edit', 'T1', '--title', 'Theirs')
    await ok(theirs, 'sync')
    await ok(ours, 'plan', 'edit', 'T1', '--title', 'Ours')
    expect(await br(ours, 'sync')).toMatchObject({ code: 4 })
    const cloned = journey.cli.folder()
    clone(ours, cloned)
    const result = await br(cloned, 'sync', '--json')
    expect(result.code).toBe(4)
    expect(json(result.stdout).conflicts).toMatchObject([{ id: 'T1', base: 'Schema', local: 'Ours', remote: 'Theirs' }])
    expect(await ok(cloned, 'sync', '--keep', 'remote')).toMatchObject({ conflicts: [] })
    expect(microstep(cloned, 'T1').title).toBe('Theirs')
  })

  test('an edit against a delete is a conflict; each decision can be taken', async () => {
    for (const [keep, there] of [
      ['local', true],
      ['remote', false],
    ] as const) {
      const { ours, theirs } = await linkedPair()
      await ok(theirs, 'plan', 'remove', 'T4', '--yes')
      await ok(theirs, 'sync')
      await ok(ours, 'plan', 'edit', 'T4', '--title', 'Needed')
      const result = await br(ours, 'sync', '--json')
      expect(result.code).toBe(4)
      expect(json(result.stdout).conflicts).toMatchObject([{ kind: 'edit-delete', id: 'T4' }])
      await ok(ours, 'sync', '--keep', keep)
      await ok(theirs, 'sync')
      expect(withoutMark(theirs)).toEqual(withoutMark(ours))
      expect(microstep(ours, 'T4') !== undefined).toBe(there)
    }
  })

  test('--dry-run writes nothing, here or there', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(theirs, 'plan', 'edit', 'T1', '--title', 'Theirs')
    await ok(theirs, 'sync')
    await ok(ours, 'plan', 'edit', 'T2', '--title', 'Ours')
    const before = text(ours)
    expect(await ok(ours, 'sync', '--dry-run')).toMatchObject({ dryRun: true, pushed: 1, pulled: [{ op: 'update', id: 'T1' }] })
    expect(text(ours)).toBe(before)
    expect(await ok(theirs, 'sync')).toMatchObject({ pulled: [] })
  })

  test('--push sends only when there is no news; --pull takes only', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(theirs, 'plan', 'edit', 'T1', '--title', 'Theirs')
    expect(await ok(theirs, 'sync', '--push')).toMatchObject({ pushed: 1, pulled: [] })
    await ok(ours, 'plan', 'edit', 'T2', '--title', 'Ours')
    const before = text(ours)
    expect(await br(ours, 'sync', '--push')).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('--pull') })
    expect(text(ours)).toBe(before)
    expect(await ok(ours, 'sync', '--pull')).toMatchObject({ pulled: [{ op: 'update', id: 'T1' }], pushed: 0 })
    expect([microstep(ours, 'T1').title, microstep(ours, 'T2').title]).toEqual(['Theirs', 'Ours'])
    expect(await ok(theirs, 'sync')).toMatchObject({ pulled: [] })
    expect(await ok(ours, 'sync', '--push')).toMatchObject({ pushed: 1 })
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
    expect(await br(ours, 'sync', '--push', '--pull')).toMatchObject({ code: 2 })
  })

  test('a pull with a conflict open keeps it, whatever came in besides', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(theirs, 'plan', 'edit', 'T1', '--title', 'Theirs')
    await ok(theirs, 'plan', 'edit', 'T3', '--title', 'Feed')
    await ok(theirs, 'sync')
    await ok(ours, 'plan', 'edit', 'T1', '--title', 'Ours')
    expect(await br(ours, 'sync', '--pull')).toMatchObject({ code: 4 })
    expect([microstep(ours, 'T1').title, microstep(ours, 'T3').title]).toEqual(['Ours', 'Feed'])
    expect(await br(ours, 'sync')).toMatchObject({ code: 4 })
    expect(await ok(ours, 'sync', '--keep', 'remote')).toMatchObject({ conflicts: [], pushed: 0 })
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
  })

  test('a plan without a link meets a project that has one: equal items match, different ones conflict', async () => {
    const { slug } = await linkedPair()
    const stranger = journey.cli.folder()
    const own = samplePlan()
    own.milestones[0]!.steps[0]!.microsteps[0]!.title = 'My schema'
    writePlan(stranger, own)
    const result = await br(stranger, 'sync', '--project', slug, '--json')
    expect(result.code).toBe(4)
    expect(json(result.stdout).conflicts).toMatchObject([{ id: 'T1', local: expect.anything(), remote: expect.anything() }])
    expect(await ok(stranger, 'sync', '--keep', 'remote')).toMatchObject({ conflicts: [] })
    expect(withoutMark(stranger)).toEqual(samplePlan())
  })

  test('refuses another project than the one the plan is linked to, by id, slug or environment', async () => {
    const { ours } = await linkedPair()
    const other = await linkedPair()
    const before = text(ours)
    expect(await br(ours, 'sync', '--project', other.slug)).toMatchObject({ code: 2, stderr: expect.stringContaining('linked') })
    expect(await journey.cli.run(['sync'], { cwd: ours, env: { BUILDRUNNER_PROJECT_ID: other.slug } })).toMatchObject({ code: 2 })
    expect(text(ours)).toBe(before)
  })

  test('does not sync a plan with errors, nor one whose mark was changed by hand', async () => {
    const { ours } = await linkedPair()
    const good = text(ours)
    fs.writeFileSync(path.join(ours, PLAN), good.replace('"id": "T2"', '"id": "T1"'))
    expect(await br(ours, 'sync')).toMatchObject({ code: 3, stderr: expect.stringContaining('br lint') })
    fs.writeFileSync(path.join(ours, PLAN), good.replace(/"sequence": \d+/, '"sequence": 4711'))
    fs.rmSync(path.join(ours, 'buildrunner', 'state'), { recursive: true })
    expect((await br(ours, 'sync')).code).not.toBe(0)
    fs.writeFileSync(path.join(ours, PLAN), good)
    expect(await br(ours, 'sync')).toMatchObject({ code: 0 })
  })

  test('an edit that an editor saves while br is syncing is merged, not lost', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(theirs, 'plan', 'edit', 'T3', '--title', 'Theirs')
    await ok(theirs, 'sync')
    await ok(ours, 'plan', 'edit', 'T1', '--title', 'Ours')
    let saves = 0
    const proxy = await startFaultProxy(journey.server.baseUrl, {
      onReply(request) {
        if (request.includes('execution_sync') && saves++ === 0) fs.writeFileSync(path.join(ours, PLAN), text(ours).replace('"Sign-in"', '"Saved meanwhile"'))
        return undefined
      },
    })
    const result = await journey.cli.run(['sync', '--json'], { cwd: ours, env: { BUILDRUNNER_BASE_URL: proxy.url, BUILDRUNNER_API_KEY: journey.server.apiKey } })
    await proxy.close()
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(saves).toBe(2)
    expect(['T1', 'T2', 'T3'].map((id) => microstep(ours, id).title)).toEqual(['Ours', 'Saved meanwhile', 'Theirs'])
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
  })

  test('a lost answer is asked for again with the same key, and nothing is done twice', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(ours, 'plan', 'add', 'Once', '--parent', 'S1', '--id', 'T9')
    const keys: string[] = []
    const proxy = await startFaultProxy(journey.server.baseUrl, {
      onReply(request) {
        if (!request.includes('execution_sync')) return undefined
        keys.push(json(request.slice(request.indexOf('\r\n\r\n'))).variables.idempotencyKey)
        return keys.length === 1 ? 'reset' : undefined
      },
    })
    const result = await journey.cli.run(['sync', '--json'], { cwd: ours, env: { BUILDRUNNER_BASE_URL: proxy.url, BUILDRUNNER_API_KEY: journey.server.apiKey } })
    await proxy.close()
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(keys).toEqual([keys[0], keys[0]])
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
    expect(plan(theirs).milestones[0].steps[0].microsteps.map(({ id }: { id: string }) => id)).toEqual(['T1', 'T2', 'T9'])
  })

  test('two br sync at once both end well', async () => {
    const { ours, theirs } = await linkedPair()
    await ok(ours, 'plan', 'edit', 'T1', '--title', 'Ours')
    await ok(theirs, 'plan', 'edit', 'T2', '--title', 'Theirs')
    const results = await Promise.all([br(ours, 'sync'), br(theirs, 'sync'), br(ours, 'sync'), br(theirs, 'sync')])
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(results.map(() => [0, '']))
    await ok(ours, 'sync')
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
  })

  test('after kill -9 at any moment of a sync, the next one ends equal and nothing is doubled or lost', async () => {
    const { ours, theirs } = await linkedPair()
    const began = performance.now()
    await ok(ours, 'sync')
    const durationMs = performance.now() - began
    for (let round = 0; round < 8; round++) {
      await ok(ours, 'plan', 'add', `Round ${round}`, '--parent', 'S1', '--id', `R${round}`)
      const child = journey.cli.start(['sync'], { cwd: ours })
      const ended = new Promise((resolve) => child.once('close', resolve))
      const timer = setTimeout(() => child.kill('SIGKILL'), durationMs * (0.5 + round * 0.07))
      await ended
      clearTimeout(timer)
      expect(await ok(ours, 'sync')).toMatchObject({ conflicts: [] })
    }
    await ok(theirs, 'sync')
    expect(withoutMark(theirs)).toEqual(withoutMark(ours))
    expect(plan(ours).milestones[0].steps[0].microsteps.map(({ id }: { id: string }) => id)).toEqual([
      'T1',
      'T2',
      ...Array.from({ length: 8 }, (_, round) => `R${round}`),
    ])
  })
})

describe('against the last sync', () => {
  test('plan diff and status say what was changed since', async () => {
    const { ours } = await linkedPair()
    await ok(ours, 'plan', 'edit', 'T1', '--title', 'Ours')
    expect(await ok(ours, 'plan', 'diff')).toMatchObject({ changes: [{ op: 'update', id: 'T1', set: { title: 'Ours' } }] })
    expect(await ok(ours, 'status')).toMatchObject({ signedIn: true, link: { unsynced: 1 } })
    expect((await br(ours, 'status')).stdout).toContain('1 change')
  })
})
