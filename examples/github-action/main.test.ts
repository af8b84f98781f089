import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { afterAll, expect, test } from 'vitest'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { PLAN, startServer } from '../../sdk/test/server.ts'

const { apiUrl, apiKey, projectId } = await startServer()
const main = fileURLToPath(new URL('main.ts', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'github-action-'))
afterAll(() => rm(folder, { recursive: true }))

const server = { BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_BASE_URL: apiUrl, BUILDRUNNER_PROJECT_ID: projectId }
const VALID = JSON.stringify(PLAN, null, 2)

/** Runs the step as a workflow would, in a folder that holds the plan. */
async function step(plan: string | undefined, env: Record<string, string> = server) {
  const [summary, outputs] = ['summary.md', 'output'].map((name) => join(folder, name)) as [string, string]
  await Promise.all([rm(join(folder, 'plan.json'), { force: true }), writeFile(summary, ''), writeFile(outputs, '')])
  if (plan !== undefined) await writeFile(join(folder, 'plan.json'), plan)
  const { PATH = '' } = process.env
  const run = { PATH, BUILDRUNNER_DATA_DIR: folder, PLAN_FILE: 'plan.json', GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs, ...env }
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, ['--conditions=@buildrunner/source', main], { cwd: folder, env: run }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }))
  })
  return { code, stdout, stderr, summary: await readFile(summary, 'utf8'), outputs: await readFile(outputs, 'utf8') }
}

test('a plan that can go on passes, with a summary and outputs', async () => {
  expect(await step(VALID)).toEqual({ code: 0, stdout: '', stderr: '', summary: '### ✓ The plan can go on: 50% done\n\n**Ready:** `T-12`\n', outputs: 'percent=50\nready=1\nblocked=0\n' })
})

test('a microstep that is blocked on the server fails the step, annotated at its line of the file', async () => {
  const client = new BuildRunnerSDK({ apiKey, baseUrl: apiUrl, projectId })
  await client.planning.setStatus({ id: 'T-12', status: 'BLOCKED' }).orThrow()
  const { code, stdout, summary, outputs } = await step(VALID)
  const line = VALID.slice(0, VALID.indexOf('"T-12"')).split('\n').length
  expect(code).toBe(1)
  expect(stdout).toMatch(new RegExp(`^::error file=plan.json,line=${line}::T-12 is blocked: .+\\n$`))
  expect(summary).toContain('✗')
  expect(outputs).toContain('blocked=1')
  await client.planning.setStatus({ id: 'T-12', status: 'TODO' }).orThrow()
})

test('without a key the file alone decides', async () => {
  expect(await step(VALID, {})).toMatchObject({ code: 0, outputs: 'percent=50\nready=1\nblocked=0\n' })
  const blocked = await step(VALID.replace('"status": "done"', '"status": "blocked"'), {})
  expect(blocked).toMatchObject({ code: 1, stdout: expect.stringContaining('::error file=plan.json,line=') as string })
})

test('a file that is no valid plan fails, with each fault at its place and nothing that could end the command early', async () => {
  const { code, stdout, summary } = await step(VALID.replace('"T-1"\n', '"T-99%"\n'))
  expect(code).toBe(1)
  expect(stdout).toMatch(/^::error file=plan\.json,line=\d+,col=\d+::.*T-99%25.*\n$/)
  expect(summary).toContain('not valid')
})

test('a file that is not there, and a key that is refused, fail with the reason', async () => {
  expect(await step(undefined)).toMatchObject({ code: 1, stdout: '::error file=plan.json::The plan cannot be read (ENOENT).\n' })
  const wrong = await step(VALID, { ...server, BUILDRUNNER_API_KEY: 'br_wrong000_key' })
  expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('::error file=plan.json::UNAUTHENTICATED') as string })
})

test('action.yml runs the script with its inputs as the variables it reads', async () => {
  const action = parse(await readFile(new URL('action.yml', import.meta.url), 'utf8')) as { inputs: object; runs: { steps: { run?: string; env?: Record<string, string> }[] } }
  const { run, env = {} } = action.runs.steps.at(-1)!
  expect(run).toBe('node "$GITHUB_ACTION_PATH/main.ts"')
  expect(Object.keys(env)).toEqual(['PLAN_FILE', 'BUILDRUNNER_API_KEY', 'BUILDRUNNER_BASE_URL', 'BUILDRUNNER_PROJECT_ID'])
  expect(Object.values(env).map((value) => /inputs\.([\w-]+)/.exec(value)?.[1])).toEqual(expect.arrayContaining(Object.keys(action.inputs)))
})
