/** What real shells offer at each Tab. */
import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestCli, samplePlan, writePlan, type TestCli } from './testing/br.ts'

let cli: TestCli
beforeAll(async () => {
  cli = await createTestCli()
})
afterAll(() => cli.close())

const planFolder = (plan: object = samplePlan()): string => {
  const folder = cli.folder()
  writePlan(folder, plan)
  return folder
}

/** What real bash offers for a line at its end. */
async function complete(line: string, cwd: string): Promise<string[]> {
  const script = (await cli.run(['completion', 'bash'])).stdout
  const bin = cli.folder()
  fs.writeFileSync(path.join(bin, 'br'), `#!/bin/sh\nexec "${process.execPath}" "${cli.entry}" "$@"\n`, { mode: 0o755 })
  const ask = `${script}\nCOMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}; $(complete -p br | sed -E 's/.*-F ([^ ]+).*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`
  const shell = spawn('bash', ['--norc'], { cwd, env: { ...cli.environment(), PATH: `${bin}:${process.env.PATH}` } })
  shell.stdin.end(ask)
  const [stdout, stderr] = await Promise.all([readAll(shell.stdout), readAll(shell.stderr)])
  expect(stderr).toBe('')
  return stdout
    .split('\n')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

test.each([
  ['br pl', ['plan']],
  ['br plan ed', ['edit']],
  ['br plan edit T', ['T1', 'T2', 'T3', 'T4', 'T5', 'T6']],
  ['br plan edit T1 --sta', ['--status']],
  ['br plan edit T1 --status ', ['todo', 'in_progress', 'blocked', 'in_review', 'done', 'cancelled']],
  ['br plan edit T1 --status in', ['in_progress', 'in_review']],
  ['br plan edit T1 --depends-on S', ['S1', 'S2', 'S3']],
  ['br plan show --status do', ['done']],
  ['br completion ', ['bash', 'zsh']],
  ['br lint build', ['buildrunner/']],
  ['br plan edit T1 --status=bl', ['blocked']],
  ['br plan show a:', ['b']],
])(
  '%j completes to %j',
  async (line, expected) => {
    const plan = samplePlan()
    plan.milestones[1]!.id = line.endsWith('a:') ? 'a:b' : 'M2'
    expect(await complete(line, planFolder(plan))).toEqual(expected)
  },
  20_000,
)

test('a broken plan completes nothing and prints nothing', async () => {
  const cwd = cli.folder()
  fs.writeFileSync(writePlan(cwd, {}), '{')
  expect(await complete('br plan edit T', cwd)).toEqual([])
})

test('the script for zsh names br', async () => {
  expect((await cli.run(['completion', 'zsh'])).stdout).toMatch(/^#compdef br\n/)
  expect(await cli.run(['completion', 'tcsh'])).toMatchObject({ code: 2 })
})
