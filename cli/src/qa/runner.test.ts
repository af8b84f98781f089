import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Check } from '@buildrunner/sdk/plans'
import { judge, runTargets, type RunnerOptions } from './runner.ts'
import type { Target } from './targets.ts'

let root: string
beforeAll(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'br-qa-')))
})
afterAll(() => fs.rmSync(root, { recursive: true, force: true }))

const target = (item: string, check: Check): Target => ({ item, title: item, criterion: 'c', text: 'c', digest: '', check })
const command = (run: string): Check => ({ kind: 'command', run })
const lines = (name: string): string[] => (fs.existsSync(path.join(root, name)) ? fs.readFileSync(path.join(root, name), 'utf8').trim().split('\n') : [])

async function run(targets: Target[], options: Partial<RunnerOptions> = {}) {
  const results = await runTargets(targets, { context: { root, env: { PATH: process.env.PATH }, signal: new AbortController().signal, mask: (text) => text }, jobs: 4, repeat: 1, bail: false, ...options })
  return results.map(({ target: { item }, outcome, message }) => [item, outcome, message])
}

describe('checks of a plan', () => {
  it('are told of in the order of the plan, and as they end', async () => {
    const told: string[] = []
    const onResult = ({ target: { item } }: { target: Target }): void => {
      told.push(item)
      if (item === 'B') fs.writeFileSync(path.join(root, 'b-told'), '')
    }
    const results = await run([target('A', command('until [ -e b-told ]; do sleep 0.01; done')), target('B', command('touch b-ended; exit 1')), target('C', { kind: 'file', path: 'b-ended' })], { onResult })
    expect(results).toEqual([['A', 'passed', 'exit code 0'], ['B', 'failed', 'exit code 1'], ['C', 'passed', 'b-ended is there']])
    expect(told).toEqual(['B', 'A', 'C'])
  })

  it('that are equal are carried out once, for every criterion that has them', async () => {
    const check = command('echo once >> equal')
    expect(await run([target('A', check), target('B', { ...check }), target('C', command('echo other >> equal'))], { jobs: 1 })).toHaveLength(3)
    expect(lines('equal')).toEqual(['once', 'other'])
  })

  it('run as many at a time as they may', async () => {
    // Each waits until two have begun; a third would be seen.
    const both = 'echo b >> begun; until [ "$(grep -c b begun)" -ge 2 ]; do sleep 0.01; done; echo e >> begun'
    await run(['A', 'B', 'C', 'D'].map((item) => target(item, command(`${both} # ${item}`))), { jobs: 2 })
    let [running, most] = [0, 0]
    for (const line of lines('begun')) most = Math.max(most, (running += line === 'b' ? 1 : -1))
    expect(most).toBe(2)
  })

  it('see the reports that commands write, wherever in the plan these stand', async () => {
    expect(await run([target('A', { kind: 'junit', path: 'late.xml' }), target('B', command("sleep 0.1; echo '<testsuite><testcase name=\"a\"/></testsuite>' > late.xml"))])).toEqual([['A', 'passed', '1 test ran, 0 failed'], ['B', 'passed', 'exit code 0']])
  })

  it('all end at the first that does not pass, if so wished', async () => {
    const results = await run([target('A', command('sleep 600')), target('B', command('exit 1')), target('C', command('touch c')), target('D', { kind: 'file', path: 'x' })], { jobs: 2, bail: true })
    expect(results).toEqual([['A', 'skipped', 'ended before it was done'], ['B', 'failed', 'exit code 1'], ['C', 'skipped', 'it was not begun'], ['D', 'skipped', 'it was not begun']])
  })

  it('are repeated where they act, and are flaky where they sometimes pass', async () => {
    const flaky = command('echo x >> flaky; [ $(wc -l < flaky) -ne 2 ]')
    expect(await run([target('A', flaky), target('B', command('exit 0')), target('C', command('exit 3')), target('D', { kind: 'file', path: 'flaky' })], { repeat: 3, jobs: 1 })).toEqual([
      ['A', 'failed', 'flaky: 2 of 3 passed; exit code 1'], ['B', 'passed', 'exit code 0, 3 times'], ['C', 'failed', 'exit code 3, 3 times tried'], ['D', 'passed', 'flaky is there'],
    ])
  })
})

it('an attempt that was cut off does not count', () => {
  const [passed, failed, skipped] = [{ outcome: 'passed', message: 'exit code 0' }, { outcome: 'failed', message: 'exit code 1' }, { outcome: 'skipped', message: 'ended' }] as const
  expect(judge([passed, skipped])).toMatchObject({ outcome: 'passed', attempts: 1, passedAttempts: 1 })
  expect(judge([failed, passed, skipped])).toMatchObject({ outcome: 'failed', attempts: 2, passedAttempts: 1 })
  expect(judge([skipped])).toMatchObject({ outcome: 'skipped', message: 'ended', attempts: 0, passedAttempts: 0 })
})
