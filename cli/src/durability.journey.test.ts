/** Two br at once, kill -9, full disks, closed pipes: the files stay whole and the next br works. */
import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestCli, PLAN, samplePlan, writePlan, type TestCli } from './testing/br.ts'

let cli: TestCli
beforeAll(async () => {
  cli = await createTestCli()
})
afterAll(() => cli.close())

const json = (text: string): any => JSON.parse(text)
const readPlan = (folder: string): any => json(fs.readFileSync(path.join(folder, PLAN), 'utf8'))
const planFolder = (plan: object = samplePlan()): string => {
  const folder = cli.folder()
  writePlan(folder, plan)
  return folder
}

test('every edit of many br at once is in the file', async () => {
  const cwd = planFolder()
  const ids = Array.from({ length: 8 }, (_, index) => `N${index}`)
  const results = await Promise.all(ids.map((id) => cli.run(['plan', 'add', id, '--parent', 'S1', '--id', id], { cwd })))
  expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(ids.map(() => [0, '']))
  const inFile = readPlan(cwd).milestones[0].steps[0].microsteps.map(({ id }: { id: string }) => id)
  expect(inFile.sort()).toEqual([...ids, 'T1', 'T2'].sort())
  expect(fs.readdirSync(path.join(cwd, 'buildrunner', 'state'))).toEqual([])
})

test('after kill -9 at any moment the plan is the old or the new one, and the next br works', async () => {
  const milestones = Array.from({ length: 400 }, (_, index) => ({ id: `M${index}`, title: 'x'.repeat(400), steps: [] }))
  const cwd = planFolder({ version: 1, project: { name: 'Big' }, milestones })
  const began = performance.now()
  await cli.run(['plan', 'edit', 'M0', '--title', 'start'], { cwd })
  const durationMs = performance.now() - began
  let title = 'start'
  for (let round = 0; round < 12; round++) {
    const next = `round ${round}`
    const child = cli.start(['plan', 'edit', 'M0', '--title', next], { cwd })
    const ended = new Promise((resolve) => child.once('close', resolve))
    const timer = setTimeout(() => child.kill('SIGKILL'), durationMs * (0.4 + round * 0.06))
    await ended
    clearTimeout(timer)
    const found = readPlan(cwd).milestones[0].title
    expect([title, next]).toContain(found)
    title = found
  }
  expect(await cli.run(['plan', 'edit', 'M0', '--title', 'end'], { cwd })).toMatchObject({ code: 0 })
  expect(fs.readdirSync(path.join(cwd, path.dirname(PLAN)))).toEqual(['plan.json'])
  expect(fs.readdirSync(path.join(cwd, 'buildrunner', 'state'))).toEqual([])
})

test('a held lock is waited for, and named when it stays', async () => {
  const cwd = planFolder()
  const lock = path.join(cwd, 'buildrunner', 'state', '.lock')
  fs.mkdirSync(path.dirname(lock), { recursive: true })
  fs.writeFileSync(lock, JSON.stringify({ pid: 42, host: 'elsewhere', nonce: 'a' }))
  const result = await cli.run(['plan', 'edit', 'T1', '--title', 'x', '--json'], { cwd })
  expect(result.code).toBe(8)
  expect(json(result.stderr).error).toMatchObject({ code: 'LOCKED', holder: 'process 42 on elsewhere' })
})

test('a reader that closes the pipe early ends br quietly', async () => {
  const milestones = Array.from({ length: 3000 }, (_, index) => ({ id: `M${index}`, title: 'x'.repeat(200) }))
  const cwd = planFolder({ version: 1, project: { name: 'Big' }, milestones })
  const shell = spawn('bash', ['-c', `set -o pipefail; "${process.execPath}" "${cli.entry}" plan show | head -n 2`], { cwd, env: cli.environment() })
  const [stdout, stderr] = await Promise.all([readAll(shell.stdout), readAll(shell.stderr)])
  expect(stdout.split('\n')).toHaveLength(3)
  expect(stderr).toBe('')
})

test('an interrupt exits 130 and leaves no lock', async () => {
  const cwd = planFolder()
  const lock = path.join(cwd, 'buildrunner', 'state', '.lock')
  fs.mkdirSync(path.dirname(lock), { recursive: true })
  fs.writeFileSync(lock, JSON.stringify({ pid: 42, host: 'elsewhere', nonce: 'a' }))
  const child = cli.start(['plan', 'edit', 'T1', '--title', 'x'], { cwd })
  const ended = new Promise((resolve) => child.once('close', resolve))
  // It waits for the lock: its own file beside it shows that it is there.
  await expect.poll(() => fs.readdirSync(path.dirname(lock)).length, { timeout: 10_000 }).toBeGreaterThan(1)
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(fs.readFileSync(path.join(cwd, PLAN), 'utf8')).not.toContain('"x"')
})

test('a folder that cannot be written is named, and reading works there', async () => {
  const cwd = planFolder()
  const uid = process.getuid?.() === 0 ? 65534 : undefined
  const folders = [cwd, path.join(cwd, 'buildrunner'), path.join(cwd, 'buildrunner', 'specs')]
  for (const folder of folders) fs.chmodSync(folder, 0o555)
  const asUser = uid === undefined ? { cwd } : { cwd, uid }
  expect(await cli.run(['plan', 'show'], asUser)).toMatchObject({ code: 0 })
  const result = await cli.run(['plan', 'edit', 'T1', '--title', 'x'], asUser)
  for (const folder of folders) fs.chmodSync(folder, 0o755)
  expect(result.code).toBe(8)
  expect(result.stderr).toContain('permission denied')
})

test('a file that may not grow (as on a full disk) leaves the old plan whole', async () => {
  const milestones = Array.from({ length: 200 }, (_, index) => ({ id: `M${index}`, title: 'x'.repeat(100) }))
  const cwd = planFolder({ version: 1, project: { name: 'Big' }, milestones })
  const before = fs.readFileSync(path.join(cwd, PLAN), 'utf8')
  const shell = spawn('bash', ['-c', `trap '' XFSZ; ulimit -f 8; exec "${process.execPath}" "${cli.entry}" plan edit M0 --title y`], {
    cwd,
    env: cli.environment({ NODE_DISABLE_COMPILE_CACHE: '1' }),
  })
  const ended = new Promise((resolve) => shell.once('close', resolve))
  const stderr = await readAll(shell.stderr)
  expect(await ended).toBe(8)
  expect(stderr).toContain('larger than allowed')
  expect(fs.readFileSync(path.join(cwd, PLAN), 'utf8')).toBe(before)
  expect(fs.readdirSync(path.join(cwd, path.dirname(PLAN)))).toEqual(['plan.json'])
})
