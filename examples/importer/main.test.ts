import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { startServer } from '../../sdk/test/server.ts'

const { apiUrl, apiKey, projectId } = await startServer()
const client = new BuildRunnerSDK({ apiKey, baseUrl: apiUrl })
const folder = await mkdtemp(join(tmpdir(), 'importer-'))
afterAll(() => rm(folder, { recursive: true }))

const env = { ...process.env, BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_BASE_URL: apiUrl, BUILDRUNNER_PROJECT_ID: projectId }
const main = fileURLToPath(new URL('main.ts', import.meta.url))

function run(args: string[], stdin = '', environment: NodeJS.ProcessEnv = env): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const flags = ['--conditions=@buildrunner/source', main]
    const child = execFile(process.execPath, [...flags, ...args], { cwd: folder, env: environment }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }))
    child.stdin?.end(stdin)
  })
}

const task = (id: number, title: string, dependencies: number[], status = 'pending') => ({ id, title, description: '', status, dependencies, priority: 'medium', subtasks: [] })
const TASKS = JSON.stringify({ master: { tasks: [task(1, 'Set up', [], 'done'), task(2, 'Build', [1]), task(3, 'Ship', [2])] } })
const CIRCLE = JSON.stringify({ master: { tasks: [task(1, 'Set up', [2]), task(2, 'Build', [1])] } })
await writeFile(join(folder, 'tasks.json'), TASKS)
await writeFile(join(folder, 'circle.json'), CIRCLE)

test('a dry run says what would arrive and sends nothing', async () => {
  const { code, stdout } = await run(['tasks.json', '--project', 'from-tasks', '--dry-run'])
  expect(code).toBe(0)
  expect(stdout).toContain('Read as task-master: 3 items found')
  expect(stdout).toContain('nothing was sent')
  expect((await client.projects.get({ projectId: 'from-tasks' })).error?.code).toBe('NOT_FOUND')
})

test('the plan of another tool goes into a project that is made for it; the same import again does nothing', async () => {
  const first = await run(['tasks.json', '--project', 'from-tasks'])
  expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Made the project from-tasks.') as string })
  const again = await run(['tasks.json', '--project', 'from-tasks'])
  expect(again.stdout.split('\n').at(-2)).toBe(first.stdout.split('\n').at(-2))
  const titles = await client.planning.listMicrosteps({ projectId: 'from-tasks' }).toArray()
  const steps = await client.planning.listSteps({ projectId: 'from-tasks' }).toArray()
  expect([...steps, ...titles].map(({ title }) => title)).toEqual(expect.arrayContaining(['Set up', 'Build', 'Ship']))
  expect((await client.events.list({ projectId: 'from-tasks', since: 0 }).orThrow()).events.map(({ origin }) => origin)).toEqual(['importer/1', 'importer/1'])
})

test('markdown comes from stdin', async () => {
  const { code, stdout } = await run(['-', '--project', 'roadmap', '--name', 'Roadmap'], '# Roadmap\n\n## Alpha\n\n- [x] Home\n- [ ] Cart\n')
  expect(code).toBe(0)
  expect(stdout).toMatch(/Read as (checklist|markdown)/)
  expect((await client.projects.get({ projectId: 'roadmap' }).orThrow()).name).toBe('Roadmap')
})

test('faults stop the import and are named with their place; --fix repairs them', async () => {
  const stopped = await run(['circle.json', '--project', 'circle'])
  expect(stopped).toMatchObject({ code: 1, stderr: expect.stringMatching(/error: circle\.json:\d+ .*circle/) as string })
  const fixed = await run(['circle.json', '--project', 'circle', '--fix'])
  expect(fixed).toMatchObject({ code: 0, stdout: expect.stringContaining('repaired:') as string })
})

test('a project that holds a plan is replaced only when that is asked for', async () => {
  expect(await run(['tasks.json'])).toMatchObject({ code: 1, stderr: expect.stringContaining('already holds a plan') as string })
  expect(await run(['tasks.json', '--replace'])).toMatchObject({ code: 0 })
})

test.each([
  [[], 'Usage:'],
  [['--frobnicate', 'x'], 'Usage:'],
  [['nowhere.json'], 'nowhere.json cannot be read (ENOENT).'],
])('%j ends with what is wrong', async (args, message) => {
  expect(await run(args)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) as string })
})

test('without a server it says what to do', async () => {
  const { BUILDRUNNER_API_KEY: _, ...rest } = env
  expect(await run(['tasks.json'], '', { ...rest, BUILDRUNNER_DATA_DIR: folder })).toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') as string })
})

const real = fileURLToPath(new URL('../../../shared/real-plans/task-master/eyaltoledano__claude-task-master__3.json', import.meta.url))
test.skipIf(!existsSync(real))('a real plan arrives whole', async () => {
  const { code, stdout } = await run([real, '--project', 'real', '--fix'])
  expect(code).toBe(0)
  expect(stdout).toContain('148 items found')
  const { counts } = await client.projects.get({ projectId: 'real' }).orThrow()
  expect(counts.milestones + counts.steps + counts.microsteps).toBeGreaterThanOrEqual(148)
})
