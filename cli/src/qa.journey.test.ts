/** Checks of a plan in a folder, with no server about: what runs, what is refused, what is written, how it ends. */
import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestCli, samplePlan, writePlan, type TestCli } from './testing/br.ts'
import { converse, hasTerminal, KEY } from './testing/terminal.ts'

let cli: TestCli
beforeAll(async () => {
  cli = await createTestCli()
})
afterAll(() => cli.close())

/** A folder with a plan, of whose microsteps some have criteria. */
function folderWith(criteria: Record<string, object[]>): string {
  const cwd = cli.folder()
  changePlan(cwd, criteria)
  return cwd
}
function changePlan(cwd: string, criteria: Record<string, object[]>): void {
  const plan = samplePlan()
  for (const milestone of plan.milestones) for (const step of milestone.steps) for (const microstep of step.microsteps) Object.assign(microstep, { acceptanceCriteria: criteria[microstep.id] })
  writePlan(cwd, plan)
}
const command = (run: string, text = 'It runs.') => ({ text, check: { kind: 'command', run } })
const digestOf = async (cwd: string): Promise<string> => JSON.parse((await cli.run(['qa', 'trust', '--show', '--json'], { cwd })).stdout).digest
/** Agrees to everything, and runs. */
async function trusted(cwd: string, ...args: string[]) {
  await cli.run(['qa', 'trust', await digestOf(cwd)], { cwd })
  return cli.run(['qa', 'run', '--no-report', ...args], { cwd })
}
const git = (cwd: string, ...args: string[]): string => execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'init.defaultBranch=main', ...args], { cwd, encoding: 'utf8' })

describe('a plan that nobody agreed to', () => {
  it('runs nothing and asks no address, but looks at files', async () => {
    const cwd = folderWith({ T1: [command('touch ran')], T2: [{ text: 'It answers.', check: { kind: 'http', url: 'http://127.0.0.1:9/' } }], T3: [{ text: 'It is there.', check: { kind: 'file', path: 'buildrunner/specs/plan.json' } }] })
    const refused = await cli.run(['qa', 'run', '--no-report', '--json'], { cwd })
    expect(refused).toMatchObject({ code: 11, stdout: '' })
    expect(JSON.parse(refused.stderr).error).toMatchObject({ code: 'NOT_TRUSTED', digest: await digestOf(cwd), untrusted: [{ item: 'T1', what: 'touch ran' }, { item: 'T2', what: 'http://127.0.0.1:9/' }] })
    expect(await cli.run(['qa', 'run', 'T3', '--no-report'], { cwd })).toMatchObject({ code: 0 })
    expect(fs.existsSync(path.join(cwd, 'ran'))).toBe(false)
  })

  it('runs where its digest is given, for once; no other digest will do', async () => {
    const cwd = folderWith({ T1: [command('touch ran')] })
    const digest = await digestOf(cwd)
    expect(await cli.run(['qa', 'run', '--no-report', '--trust', digest.replace(/.$/, (char) => (char === '0' ? '1' : '0'))], { cwd })).toMatchObject({ code: 11 })
    expect(await cli.run(['qa', 'run', '--no-report'], { cwd, env: { BR_TRUST: digest } })).toMatchObject({ code: 0 })
    expect(fs.existsSync(path.join(cwd, 'ran'))).toBe(true)
    expect(await cli.run(['qa', 'run', '--no-report'], { cwd })).toMatchObject({ code: 11 })
  })

  it('asks again once it was changed, says what was changed, and is not trusted elsewhere', async () => {
    const cwd = folderWith({ T1: [command('true')], T2: [command('exit 0', 'It ends.')] })
    expect(await trusted(cwd)).toMatchObject({ code: 0 })
    changePlan(cwd, { T1: [command('touch pwned')], T2: [command('exit 0', 'It ends.')] })
    const refused = await cli.run(['qa', 'run', '--no-report', '--json'], { cwd })
    expect(JSON.parse(refused.stderr).error.untrusted).toEqual([expect.objectContaining({ item: 'T1', what: 'touch pwned', before: 'true' })])
    // What was agreed to still runs.
    expect(await cli.run(['qa', 'run', 'T2', '--no-report'], { cwd })).toMatchObject({ code: 0 })
    expect(fs.existsSync(path.join(cwd, 'pwned'))).toBe(false)
    const copy = cli.folder()
    fs.cpSync(cwd, copy, { recursive: true })
    expect(await cli.run(['qa', 'run', 'T2', '--no-report'], { cwd: copy })).toMatchObject({ code: 11 })
    expect(await cli.run(['qa', 'trust', '--revoke'], { cwd })).toMatchObject({ code: 0 })
    expect(await cli.run(['qa', 'run', 'T2', '--no-report'], { cwd })).toMatchObject({ code: 11 })
  })

  it('is read once: what it says while checks run changes nothing any more', async () => {
    const cwd = folderWith({ T1: [command('sed -i "s/echo harmless/touch pwned/" buildrunner/specs/plan.json')], T2: [command('echo harmless')] })
    expect(await trusted(cwd, '--jobs', '1')).toMatchObject({ code: 0 })
    expect(await cli.run(['qa', 'run', 'T2', '--no-report'], { cwd })).toMatchObject({ code: 11 })
    expect(fs.existsSync(path.join(cwd, 'pwned'))).toBe(false)
  })

  it.runIf(hasTerminal)('asks a person at a terminal, who may say no', async () => {
    const cwd = folderWith({ T1: [command('touch ran')] })
    const no = await converse(cli, ['qa', 'run', '--no-report'], [{ see: 'Do you trust', press: KEY.enter }], { cwd })
    expect(no).toMatchObject({ code: 2, screen: expect.stringContaining('$ touch ran') })
    expect(fs.existsSync(path.join(cwd, 'ran'))).toBe(false)
    expect(await converse(cli, ['qa', 'run', '--no-report'], [{ see: 'Do you trust', press: 'y' }], { cwd })).toMatchObject({ code: 0, screen: expect.stringContaining('1 passed') })
    expect(await cli.run(['qa', 'run', '--no-report'], { cwd })).toMatchObject({ code: 0 })
  })
})

describe('a run', () => {
  it('says what passed and what did not, with what that printed, and ends with a code of its own', async () => {
    const cwd = folderWith({ T1: [command('echo fine')], T2: [command('seq 40; echo broken >&2; exit 2', 'It builds.'), { text: 'It is nice.' }], T3: [{ text: 'QA likes it.', check: { kind: 'manual', by: 'QA' } }] })
    const { code, stdout, stderr } = await trusted(cwd)
    expect({ code, stderr }).toEqual({ code: 10, stderr: '' })
    expect(stdout).toMatch(/^✓ T1 {2}It runs\. {2}exit code 0 /m)
    expect(stdout).toMatch(/^✗ T2 {2}It builds\. {2}exit code 2 .*\n {4}… 11 lines before\n {4}12\n[^]* {4}broken\n/m)
    expect(stdout).toMatch(/^– T3 {2}QA likes it\. {2}QA confirms it$/m)
    expect(stdout).toMatch(/^3 checks: 1 passed, 1 failed, 1 skipped .*\n1 criterion without a check: nothing verifies it\n$/m)
  })

  it('writes JSON and JUnit XML, with secrets masked', async () => {
    const cwd = folderWith({ T1: [command('echo "a <b> $(printf hush-; printf hush)"; exit 1')] })
    const digest = await digestOf(cwd)
    const env = { BR_TRUST: digest, DEPLOY_TOKEN: 'hush-hush' }
    const json = await cli.run(['qa', 'run', '--no-report', '--json'], { cwd, env })
    expect(json).toMatchObject({ code: 10, stderr: '' })
    expect(JSON.parse(json.stdout)).toMatchObject({
      run: { commit: null, branch: null, dirty: false }, totals: { passed: 0, failed: 1, errored: 0, skipped: 0 }, withoutCheck: 0, unchanged: 0,
      results: [{ item: 'T1', criterion: 'It runs.', kind: 'command', outcome: 'failed', message: 'exit code 1', attempts: 1, passedAttempts: 0, output: 'a <b> ***\n' }],
    })
    expect(await cli.run(['qa', 'run', '--no-report', '-o', 'reports/qa.xml'], { cwd, env })).toMatchObject({ code: 10, stdout: expect.stringContaining('✗ T1') })
    expect(fs.readFileSync(path.join(cwd, 'reports', 'qa.xml'), 'utf8')).toContain('<system-out>a &lt;b&gt; ***\n</system-out>')
    expect((await cli.run(['qa', 'run', '--no-report', '--format', 'junit'], { cwd, env })).stdout).toMatch(/^<\?xml[^]*<\/testsuites>\n$/)
    expect(await cli.run(['qa', 'run', '--no-report', '-o', 'qa.pdf'], { cwd, env })).toMatchObject({ code: 2, stderr: expect.stringContaining('--format') })
  })

  it('takes items, a milestone, kinds; what is cancelled only by name', async () => {
    const file = { text: 'It is there.', check: { kind: 'file', path: 'buildrunner' } }
    const cwd = folderWith({ T1: [file], T3: [command('exit 0')], T5: [file] })
    const ran = async (...args: string[]): Promise<string[]> => JSON.parse((await trusted(cwd, '--json', ...args)).stdout).results.map(({ item, kind }: { item: string; kind: string }) => `${item} ${kind}`)
    expect(await ran()).toEqual(['T1 file', 'T3 command', 'T5 file'])
    expect(await ran('S2', 'T5')).toEqual(['T3 command', 'T5 file'])
    expect(await ran('-m', 'M1', '--kind', 'file,http')).toEqual(['T1 file'])
    const plan = JSON.parse(fs.readFileSync(path.join(cwd, 'buildrunner/specs/plan.json'), 'utf8'))
    plan.milestones[1].steps[0].microsteps[0].status = 'cancelled'
    writePlan(cwd, plan)
    expect(await ran('M2')).toEqual([])
    expect(await ran('T5')).toEqual(['T5 file'])
    expect(await trusted(cwd, 'T55')).toMatchObject({ code: 6, stderr: expect.stringContaining('Did you mean T5') })
    expect(await trusted(cwd, '-m', 'T5')).toMatchObject({ code: 2 })
    expect(await trusted(cwd, '--kind', 'comand')).toMatchObject({ code: 2 })
    expect(await trusted(cwd, '--jobs', '0')).toMatchObject({ code: 2 })
  })

  it('with --changed leaves out what passed on just these files', async () => {
    const cwd = folderWith({ T1: [command('cat source', 'It reads.')], T2: [command('test -e fixed', 'It is fixed.')] })
    git(cwd, 'init', '--quiet')
    fs.writeFileSync(path.join(cwd, 'source'), 'one')
    git(cwd, 'add', '.')
    git(cwd, 'commit', '--quiet', '-m', 'first')
    const ran = async (): Promise<string[]> => {
      const { stdout } = await trusted(cwd, '--changed', '--json')
      const { results, unchanged } = JSON.parse(stdout)
      return [...results.map(({ item, outcome }: { item: string; outcome: string }) => `${item} ${outcome}`), `${unchanged} unchanged`]
    }
    expect(await ran()).toEqual(['T1 passed', 'T2 failed', '0 unchanged'])
    expect(await ran()).toEqual(['T2 failed', '1 unchanged'])
    fs.writeFileSync(path.join(cwd, 'fixed'), '')
    expect(await ran()).toEqual(['T1 passed', 'T2 passed', '0 unchanged'])
    expect(await ran()).toEqual(['2 unchanged'])
    fs.writeFileSync(path.join(cwd, 'source'), 'two')
    expect(await ran()).toEqual(['T1 passed', 'T2 passed', '0 unchanged'])
    changePlan(cwd, { T1: [command('cat source fixed', 'It reads.')], T2: [command('test -e fixed', 'It is fixed.')] })
    expect(await ran()).toEqual(['T1 passed', '1 unchanged'])
  })

  it('names the commit and the branch, and does what no setting of the repository says', async () => {
    const cwd = folderWith({ T1: [{ text: 'It is there.', check: { kind: 'file', path: 'buildrunner' } }] })
    git(cwd, 'init', '--quiet')
    git(cwd, 'add', '.')
    git(cwd, 'commit', '--quiet', '-m', 'first')
    git(cwd, 'config', 'core.fsmonitor', 'touch pwned; false')
    const { stdout } = await cli.run(['qa', 'run', '--no-report', '--json'], { cwd })
    expect(JSON.parse(stdout).run).toMatchObject({ commit: git(cwd, 'rev-parse', 'HEAD').trim(), branch: 'main', dirty: false, hasMoved: false })
    expect(fs.existsSync(path.join(cwd, 'pwned'))).toBe(false)
  })

  it('that is interrupted ends what it began, and says so by its code', async () => {
    const sleep = `${80_000 + process.pid}.5`
    const cwd = folderWith({ T1: [command(`trap "echo cleaned > cleaned; exit" TERM; touch begun; (trap "" TERM; sleep ${sleep}) & while :; do sleep 0.05; done`)] })
    const digest = await digestOf(cwd)
    const child = cli.start(['qa', 'run', '--no-report'], { cwd, env: { BR_TRUST: digest } })
    await vi.waitFor(() => expect(fs.existsSync(path.join(cwd, 'begun'))).toBe(true), { timeout: 60_000 })
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([130, null])
    expect(fs.readFileSync(path.join(cwd, 'cleaned'), 'utf8')).toBe('cleaned\n')
    expect(spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).stdout).not.toContain(sleep)
  })
})
