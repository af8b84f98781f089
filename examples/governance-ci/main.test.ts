import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parsePolicy } from '@buildrunner/sdk/policy'
import { createTestCli } from '../../cli/src/testing/br.ts'
import type { TestCli } from '../../cli/src/testing/br.ts'

const here = import.meta.dirname
const policy = readFileSync(join(here, 'governance', 'policy.yml'), 'utf8')
const { jobs } = parse(readFileSync(join(here, 'workflow.yml'), 'utf8')) as { jobs: { policy: { steps: { name?: string; run?: string }[] } } }
/** The commands of the workflow that need no server. */
const checks = jobs.policy.steps.flatMap(({ run }) => (run?.startsWith('br governance validate') ? [run] : []))

let cli: TestCli
let bin: string
beforeAll(async () => {
  cli = await createTestCli()
  bin = cli.folder()
  writeFileSync(join(bin, 'br'), `#!/bin/sh\nexec '${process.execPath}' '${cli.entry}' "$@"\n`)
  chmodSync(join(bin, 'br'), 0o755)
})
afterAll(() => cli.close())

function checkout(text: string): string {
  const folder = cli.folder()
  mkdirSync(join(folder, 'governance'))
  mkdirSync(join(folder, '.git'))
  cpSync(join(here, 'governance'), join(folder, 'governance'), { recursive: true })
  writeFileSync(join(folder, 'governance', 'policy.yml'), text)
  return folder
}

const step = (command: string, cwd: string) => new Promise<{ code: unknown; stdout: string }>((resolve) => {
  execFile('bash', ['-c', command], { cwd, env: cli.environment({ PATH: `${bin}:${process.env['PATH']}` }) }, (error, stdout) => resolve({ code: error?.code ?? 0, stdout }))
})

test('the policy has no problem, and every step passes', async () => {
  expect(parsePolicy(policy).problems).toEqual([])
  expect(checks).toHaveLength(2)
  const folder = checkout(policy)
  for (const check of checks) expect(await step(check, folder), check).toEqual({ code: 0, stdout: '' })
  expect(JSON.parse(readFileSync(join(folder, 'policy.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] })
})

test('a fault fails the build, annotated at its line, and is written down', async () => {
  const folder = checkout(policy.replace("item.status == 'done' &&", "item.statu == 'done' &&"))
  const [annotate = '', write = ''] = checks
  expect(await step(annotate, folder)).toEqual({ code: 12, stdout: '::error file=governance/policy.yml,line=7,col=21,endColumn=26,title=unknown-fact::item has no statu. Did you mean status?\n' })
  expect((await step(write, folder)).code).toBe(0)
  expect(JSON.parse(readFileSync(join(folder, 'policy.sarif'), 'utf8'))).toMatchObject({ runs: [{ results: [{ ruleId: 'unknown-fact', level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: 'governance/policy.yml' }, region: { startLine: 7 } } }] }] }] })
})
