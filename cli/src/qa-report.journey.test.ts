/** What checks found becomes evidence on a server: runs, what people confirm, previews; and nothing is lost while the server is away. */
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { samplePlan, writePlan } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ project: 'Quality' })
const { br, data } = journey
const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'init.defaultBranch=main', ...args], { cwd: journey.cwd, encoding: 'utf8' }).trim()

/** Gives microsteps criteria, and pushes them. */
async function withCriteria(criteria: Record<string, object[]>): Promise<void> {
  const file = path.join(journey.cwd, 'buildrunner/specs/plan.json')
  const plan = { ...JSON.parse(fs.readFileSync(file, 'utf8')), milestones: samplePlan().milestones }
  for (const milestone of plan.milestones) for (const step of milestone.steps) for (const microstep of step.microsteps) Object.assign(microstep, criteria[microstep.id] && { acceptanceCriteria: criteria[microstep.id] })
  writePlan(journey.cwd, plan)
  await data('sync')
  await data('qa', 'trust', (await data('qa', 'trust', '--show')).digest)
}
const command = (text: string, run: string) => ({ text, check: { kind: 'command', run } })

describe('a run', () => {
  it('is evidence on the server, bound to commit and branch, and history tells of it', async () => {
    await withCriteria({ T1: [command('It passes.', 'echo fine')], T2: [command('It fails.', 'echo broken; exit 1')], T3: [{ id: 'looks', text: 'It looks good.', check: { kind: 'manual' } }] })
    git('init', '--quiet')
    git('add', 'buildrunner/specs')
    git('commit', '--quiet', '-m', 'first')
    const { code, stdout } = await br('qa', 'run')
    expect(code).toBe(10)
    expect(stdout).toMatch(/✓ 2 results are evidence on the server {2}qar_/)
    const [run, ...others] = (await data('qa', 'history')).runs
    expect(others).toEqual([])
    expect(run).toMatchObject({ source: 'LOCAL', commit: git('rev-parse', 'HEAD'), branch: 'main', passed: 1, failed: 1, errored: 0, skipped: 0 })
    const { evidence } = await data('qa', 'history', '--run', run.id)
    expect(evidence.map(({ itemKey, outcome, message, stale }: Record<string, unknown>) => [itemKey, outcome, message, stale]).sort()).toEqual([['T1', 'PASSED', 'exit code 0', null], ['T2', 'FAILED', 'exit code 1', null]])
    expect((await br('qa', 'history')).stdout).toContain('1 passed, 1 failed')
    expect((await br('qa', 'history', 'T2')).stdout).toMatch(/✗ .*T2 {2}It fails\. {2}exit code 1/)
  })

  it('is told what of it does not count', async () => {
    const file = path.join(journey.cwd, 'buildrunner/specs/plan.json')
    const before = fs.readFileSync(file, 'utf8')
    fs.writeFileSync(file, before.replace('"It passes."', '"It passes now."'))
    const { reported } = JSON.parse((await br('qa', 'run', 'T1', '--json')).stdout)
    expect(reported).toMatchObject({ status: 'reported', recorded: 1, notes: [{ item: 'T1', criterion: 'It passes now.', code: 'CRITERION_UNKNOWN' }] })
    fs.writeFileSync(file, before)
  })

  it('that ran while another commit was checked out is reported of neither', async () => {
    await withCriteria({ T1: [command('It commits.', 'git -c user.name=a -c user.email=a@example.com commit --quiet --allow-empty -m second')] })
    const { reported } = await data('qa', 'run', 'T1')
    expect(reported).toEqual({ status: 'not-reported', reason: 'another commit was checked out while checks ran' })
  })

  it('is kept while the server is away, and sent by the next', async () => {
    await withCriteria({ T1: [command('It passes.', 'true')] })
    const count = async (): Promise<number> => (await data('qa', 'history', '--limit', '100')).runs.length
    const before = await count()
    const credentials = path.join(journey.cli.environment().XDG_CONFIG_HOME!, 'buildrunner', 'credentials.json')
    const { servers } = JSON.parse(fs.readFileSync(credentials, 'utf8')) as { servers: Record<string, { apiKey: string }> }
    const [baseUrl] = Object.keys(servers) as [string]
    // Nothing answers there; what is kept is kept for that address, so it stands in for the server that is away.
    const away = { BUILDRUNNER_API_KEY: servers[baseUrl]!.apiKey, BUILDRUNNER_BASE_URL: 'http://127.0.0.1:9' }
    const failed = await journey.cli.run(['qa', 'run', 'T1', '--json'], { cwd: journey.cwd, env: away })
    expect(failed.code).toBe(7)
    expect(JSON.parse(failed.stdout).reported).toMatchObject({ status: 'failed', kept: true, error: { code: 'NETWORK' } })
    const folder = path.join(journey.cli.environment().HOME!, '.local', 'share', 'buildrunner', 'qa')
    const [awayFolder] = fs.readdirSync(folder) as [string]
    const [name] = fs.readdirSync(path.join(folder, awayFolder)) as [string]
    expect(fs.statSync(path.join(folder, awayFolder, name)).mode & 0o777).toBe(0o600)
    const { basename } = await serverFolder(baseUrl)
    fs.renameSync(path.join(folder, awayFolder), path.join(folder, basename))
    expect(await data('qa', 'run', 'T1')).toMatchObject({ reported: { status: 'reported', recorded: 1 } })
    expect(await count()).toBe(before + 2)
    expect(fs.readdirSync(path.join(folder, basename))).toEqual([])
  })

  it('without a server is still a run', async () => {
    const alone = journey.cli.folder()
    writePlan(alone, { version: 1, project: { name: 'Alone' }, milestones: [{ id: 'M', title: 'M', acceptanceCriteria: [{ text: 'It is there.', check: { kind: 'file', path: 'buildrunner' } }] }] })
    const { code, stdout } = await journey.cli.run(['qa', 'run'], { cwd: alone })
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Not reported: the plan is not linked to a project.') })
    const signedOut = await journey.cli.run(['qa', 'run'], { cwd: alone, env: { XDG_CONFIG_HOME: alone } })
    expect(signedOut).toMatchObject({ code: 0, stdout: expect.stringContaining('Not reported: you are not signed in.') })
  })
})

describe('what a person confirms', () => {
  it('is evidence as well, of the criterion that is meant', async () => {
    await withCriteria({ T3: [{ id: 'looks', text: 'It looks good.', check: { kind: 'manual' } }, { text: 'It reads well.', check: { kind: 'manual', by: 'Viewer' } }] })
    const { evidence } = await data('qa', 'record', 'T3', 'loo', '--pass', '--note', 'Seen.')
    expect(evidence).toMatchObject({ itemKey: 'T3', criterion: 'looks', outcome: 'PASSED', checkKind: 'MANUAL', message: 'Seen.', commit: git('rev-parse', 'HEAD') })
    expect(await br('qa', 'record', 'T3', 'luoks', '--fail')).toMatchObject({ code: 6, stderr: expect.stringContaining('Did you mean looks') })
    expect(await br('qa', 'record', 'T3', 'looks')).toMatchObject({ code: 2, stderr: expect.stringContaining('--pass or --fail') })
    expect(await br('qa', 'record', 'T3', 'It reads well.', '--pass')).toMatchObject({ code: 5, stderr: expect.stringContaining('Only Viewer may confirm') })
  })
})

describe('a preview', () => {
  it('of a milestone is added, changed and listed', async () => {
    const { preview } = await data('qa', 'preview', 'add', 'M2', 'https://pr-42.example.com/', '--provider', 'vercel', '--expires', '2d')
    expect(preview).toMatchObject({ itemKey: 'M2', status: 'READY', provider: 'vercel', branch: 'main' })
    expect(Date.parse(preview.expiresAt) - Date.now()).toBeLessThan(2 * 86_400_000 + 60_000)
    await data('qa', 'preview', 'add', 'M2', 'https://pr-42.example.com/', '--status', 'error', '--update', preview.id)
    expect((await data('qa', 'preview', 'list', 'M2')).previews).toMatchObject([{ id: preview.id, status: 'ERROR' }])
    expect(await br('qa', 'preview', 'add', 'M2')).toMatchObject({ code: 2 })
  })
})

describe('br qa watch', () => {
  it('carries checks out again when a file changes, once for what they change themselves, and goes on when the plan is broken', async () => {
    await withCriteria({ T1: [command('It is right.', 'date +%N > written; grep -q right source')] })
    const source = path.join(journey.cwd, 'source')
    fs.writeFileSync(source, 'wrong')
    const child = journey.cli.start(['qa', 'watch', 'T1', '--json'], { cwd: journey.cwd })
    const rounds: { totals: Record<string, number> }[] = []
    let errors = ''
    child.stdout!.on('data', (chunk: Buffer) => rounds.push(...chunk.toString().trim().split('\n').map((line) => JSON.parse(line))))
    child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    const last = (): Record<string, number> | undefined => rounds.at(-1)?.totals
    try {
      await vi.waitFor(() => expect(last()).toMatchObject({ failed: 1 }), { timeout: 60_000 })
      fs.writeFileSync(source, 'right')
      await vi.waitFor(() => expect(last()).toMatchObject({ passed: 1 }), { timeout: 60_000 })
      const file = path.join(journey.cwd, 'buildrunner/specs/plan.json')
      const plan = fs.readFileSync(file, 'utf8')
      fs.writeFileSync(file, '{')
      await vi.waitFor(() => expect(errors).toContain('PLAN_HAS_ERRORS'), { timeout: 60_000 })
      const before = rounds.length
      fs.writeFileSync(file, plan.replace('grep -q right', 'grep -q wrong'))
      await vi.waitFor(() => expect(errors).toContain('NOT_TRUSTED'), { timeout: 60_000 })
      fs.writeFileSync(file, plan)
      await vi.waitFor(() => expect(rounds.length).toBeGreaterThan(before), { timeout: 60_000 })
      expect(rounds.length).toBeLessThan(12)
    } finally {
      child.kill('SIGINT')
    }
  })
})

/** The folder that runs for a server are kept in. */
async function serverFolder(baseUrl: string): Promise<{ basename: string }> {
  const { storeFolder } = await import('./offline/folder.ts')
  return { basename: path.basename(storeFolder({ env: {} }, baseUrl)) }
}
