/** What a person does with `br` in a folder, end to end: the built bundle, as a child process. */
import * as fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from './commands.ts'
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

describe('a new plan', () => {
  test('is created, filled, checked and shown', async () => {
    const cwd = cli.folder()
    expect(await cli.run(['init', '--name', 'Shop'], { cwd })).toMatchObject({ code: 0, stderr: '' })
    expect(fs.readFileSync(path.join(cwd, '.gitignore'), 'utf8')).toBe('buildrunner/state/\n')
    const { $schema } = readPlan(cwd)
    expect(json(fs.readFileSync(path.join(cwd, path.dirname(PLAN), $schema), 'utf8'))).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
    })
    const milestone = json((await cli.run(['plan', 'add', 'Beta', '--json'], { cwd })).stdout)
    expect(milestone).toMatchObject({ kind: 'milestone', parentId: null })
    const step = json((await cli.run(['plan', 'add', 'Sign-in', '--parent', milestone.id, '--json'], { cwd })).stdout)
    const microstep = json((await cli.run(['plan', 'add', 'Form', '--parent', step.id, '--estimate', '2/4/8', '--label', 'ui,web', '--json'], { cwd })).stdout)
    expect(microstep).toMatchObject({ kind: 'microstep', parentId: step.id })
    expect(await cli.run(['lint'], { cwd })).toMatchObject({ code: 0 })
    const { items } = json((await cli.run(['plan', 'show', '--json'], { cwd })).stdout)
    expect(items.map(({ id }: { id: string }) => id)).toEqual([milestone.id, step.id, microstep.id])
    expect(items[2]).toMatchObject({ status: 'todo', labels: ['ui', 'web'], estimate: { optimistic: 2, likely: 4, pessimistic: 8 } })
  })

  test('never overwrites one that is there', async () => {
    const cwd = planFolder()
    const before = fs.readFileSync(path.join(cwd, PLAN), 'utf8')
    expect(await cli.run(['init'], { cwd })).toMatchObject({ code: 2, stdout: '' })
    expect(fs.readFileSync(path.join(cwd, PLAN), 'utf8')).toBe(before)
  })

  test('keeps what .gitignore holds, with its line ends, and adds its entry once', async () => {
    const cwd = cli.folder()
    fs.writeFileSync(path.join(cwd, '.gitignore'), 'node_modules/\r\ndist')
    await cli.run(['init'], { cwd })
    expect(fs.readFileSync(path.join(cwd, '.gitignore'), 'utf8')).toBe('node_modules/\r\ndist\r\nbuildrunner/state/\r\n')
    fs.rmSync(path.join(cwd, PLAN))
    await cli.run(['init'], { cwd })
    expect(fs.readFileSync(path.join(cwd, '.gitignore'), 'utf8')).toBe('node_modules/\r\ndist\r\nbuildrunner/state/\r\n')
  })
})

describe('lint', () => {
  test('names place, code and remedy of every problem, and exits 3', async () => {
    const cwd = planFolder({
      version: 1,
      project: { name: 'x' },
      milestones: [
        { id: 'M1', title: 'a', dependsOn: ['nope'] },
        { id: 'M1', title: 'b' },
      ],
    })
    const { code, stdout } = await cli.run(['lint'], { cwd })
    expect(code).toBe(3)
    expect(stdout).toMatch(/plan\.json:\d+:\d+ {2}error unknown-dependency/)
    expect(stdout).toMatch(/plan\.json:\d+:\d+ {2}error duplicate-id/)
    const asData = await cli.run(['lint', '--json'], { cwd })
    expect(asData).toMatchObject({ code: 3, stderr: '' })
    expect(json(asData.stdout)).toMatchObject({
      errors: 2,
      problems: expect.arrayContaining([expect.objectContaining({ code: 'duplicate-id', remedy: expect.any(String), line: expect.any(Number) })]),
    })
  })

  test('takes warnings for failures only with --strict', async () => {
    const cwd = planFolder({ ...samplePlan(), colour: 'red' })
    expect((await cli.run(['lint'], { cwd })).code).toBe(0)
    expect((await cli.run(['lint', '--strict'], { cwd })).code).toBe(3)
  })

  test('reads a plan from a pipe, and a named file from anywhere', async () => {
    expect(await cli.run(['lint', '-'], { input: JSON.stringify(samplePlan()) })).toMatchObject({ code: 0 })
    expect(await cli.run(['lint', '-'], { input: '{' })).toMatchObject({ code: 3 })
    expect(await cli.run(['lint', path.join(planFolder(), PLAN)])).toMatchObject({ code: 0 })
    expect(await cli.run(['lint', 'no.json', '--json'])).toMatchObject({ code: 6, stdout: '' })
  })

  test('finds the plan from a folder below it', async () => {
    const cwd = planFolder()
    fs.mkdirSync(path.join(cwd, 'src', 'deep'), { recursive: true })
    expect(await cli.run(['lint'], { cwd: path.join(cwd, 'src', 'deep') })).toMatchObject({ code: 0 })
  })
})

describe('edits', () => {
  test('change what they name and keep the formatting of the rest', async () => {
    const cwd = cli.folder()
    const file = writePlan(cwd, {})
    const odd = `{ "version": 1,\r\n\t"project": {"name":"Shop"},   "milestones": [\r\n\t{"id":"M1","title":"A", "steps":[ {"id":"S1","title":"B","microsteps":[{"id":"T1","title":"C"},\r\n\t\t{ "title" : "D", "id" : "T2" }]}]}] }`
    fs.writeFileSync(file, odd)
    expect(await cli.run(['plan', 'edit', 'T1', '--title', 'C2'], { cwd })).toMatchObject({ code: 0 })
    expect(fs.readFileSync(file, 'utf8')).toBe(odd.replace('"C"', '"C2"'))
  })

  test('set, extend and remove fields, move and rename', async () => {
    const cwd = planFolder()
    const edit = async (...args: string[]) => expect(await cli.run(['plan', 'edit', ...args], { cwd })).toMatchObject({ code: 0, stderr: '' })
    await edit('T4', '--status', 'in_review', '--add-label', 'ui', '--remove-label', 'search', '--priority', 'high', '--add-criterion', 'finds "a, b"')
    await edit('T4', '--unset', 'estimate', '--add-depends-on', 'T2', '--assignee', 'ann')
    await edit('T4', '--parent', 'S1', '--first')
    await edit('T1', '--id', 'schema')
    const [first, second] = readPlan(cwd).milestones[0].steps
    expect(first.microsteps[0]).toMatchObject({
      id: 'T4',
      status: 'in_review',
      labels: ['ui'],
      priority: 'high',
      dependsOn: ['T3', 'T2'],
      assignee: 'ann',
      acceptanceCriteria: [{ text: 'finds "a, b"' }],
    })
    expect(first.microsteps[0].estimate).toBeUndefined()
    expect(first.microsteps[1].id).toBe('schema')
    expect(second.microsteps[0]).toMatchObject({ id: 'T3', dependsOn: ['schema'] })
  })

  test.each([
    [['plan', 'edit', 'T1', '--depends-on', 'T2'], 3, 'circle'],
    [['plan', 'edit', 'T1', '--depends-on', 'M1'], 3, 'M1'],
    [['plan', 'edit', 'T1', '--depends-on', 'nope'], 3, 'nope'],
    [['plan', 'edit', 'T9', '--title', 'x'], 6, 'Did you mean T'],
    [['plan', 'edit', 'S1', '--status', 'done'], 2, 'microsteps'],
    [['plan', 'edit', 'T1', '--estimate', 'soon'], 2, 'estimate'],
    [['plan', 'edit', 'T1', '--status', 'finished'], 2, 'in_progress'],
    [['plan', 'edit', 'T1', '--id', 'T2'], 3, 'T2'],
    [['plan', 'edit', 'T1', '--unset', 'title'], 2, 'title'],
    [['plan', 'edit', 'T1'], 2, 'Nothing'],
    [['plan', 'edit', 'M1', '--due', 'tomorrow'], 3, 'date'],
    [['plan', 'add', 'x', '--parent', 'T1'], 2, 'microstep'],
    [['plan', 'add', 'x', '--id', 'T1'], 2, 'T1'],
    [['plan', 'add', ' '], 2, 'title'],
    [['plan', 'remove', 'T5', '--yes'], 2, 'T6'],
    [['plan', 'remove', 'T6'], 2, '--yes'],
  ])('%j is refused with exit code %i and changes nothing', async (args, code, word) => {
    const cwd = planFolder()
    const before = fs.readFileSync(path.join(cwd, PLAN), 'utf8')
    const result = await cli.run(args, { cwd })
    expect(result).toMatchObject({ code, stdout: '' })
    expect(result.stderr).toContain(word)
    expect(fs.readFileSync(path.join(cwd, PLAN), 'utf8')).toBe(before)
    expect((await cli.run([...args, '--json'], { cwd })).stderr).toMatch(/^\{"error":\{.*\}\}\n$/)
  })

  test('remove an item, and with --detach what depends on it', async () => {
    const cwd = planFolder()
    expect(await cli.run(['plan', 'remove', 'S2', '--yes'], { cwd })).toMatchObject({ code: 0 })
    expect(await cli.run(['plan', 'remove', 'T5', '--yes', '--detach'], { cwd })).toMatchObject({ code: 0 })
    expect(JSON.stringify(readPlan(cwd))).not.toMatch(/T3|T4|T5/)
  })

  test('write through a symbolic link and keep the file mode', async () => {
    const cwd = planFolder()
    const file = path.join(cwd, PLAN)
    const real = path.join(cwd, 'real.json')
    fs.renameSync(file, real)
    fs.chmodSync(real, 0o640)
    fs.symlinkSync('../../real.json', file)
    expect(await cli.run(['plan', 'edit', 'T1', '--title', 'New'], { cwd })).toMatchObject({ code: 0 })
    expect(fs.lstatSync(file).isSymbolicLink()).toBe(true)
    expect(fs.statSync(real).mode & 0o777).toBe(0o640)
    expect(fs.readFileSync(real, 'utf8')).toContain('"New"')
  })
})

describe('views', () => {
  test('next lists what can start now, with the reason', async () => {
    const cwd = planFolder()
    const { stdout } = await cli.run(['plan', 'next'], { cwd })
    expect(stdout).toContain('T3')
    expect(stdout).not.toContain('T4  ')
    expect(json((await cli.run(['plan', 'next', '--json'], { cwd })).stdout).ready.map(({ id }: { id: string }) => id)).toContain('T3')
  })

  test('the critical path changes with a what-if', async () => {
    const cwd = planFolder()
    const before = json((await cli.run(['plan', 'critical-path', '--json'], { cwd })).stdout)
    const after = json((await cli.run(['plan', 'critical-path', '--json', '--what-if', 'T4=20'], { cwd })).stdout)
    expect(after.after.expectedHours - before.expectedHours).toBeCloseTo(12)
    expect(await cli.run(['plan', 'critical-path', '--what-if', 'T4=done'], { cwd })).toMatchObject({ code: 0 })
    expect(await cli.run(['plan', 'critical-path', '--what-if', 'T9=3'], { cwd })).toMatchObject({ code: 6 })
    expect(await cli.run(['plan', 'critical-path', '--what-if', 'T4=soon'], { cwd })).toMatchObject({ code: 2 })
  })

  test('the graph is drawn as text, Mermaid and DOT, with titles escaped', async () => {
    const cwd = planFolder()
    expect((await cli.run(['plan', 'graph'], { cwd })).stdout).toMatch(/T1 {2}Schema\n.*T2 {2}Sign-in\n.*T3 {2}Import\n.*T4 {2}Search "fast"/)
    const mermaid = (await cli.run(['plan', 'graph', '--format', 'mermaid'], { cwd })).stdout
    expect(mermaid).toMatch(/^flowchart LR\n/)
    expect(mermaid).toContain('T4 Search #34;fast#34;')
    expect((await cli.run(['plan', 'graph', '--format', 'dot'], { cwd })).stdout).toContain('"T3" -> "T4";')
    expect(json((await cli.run(['plan', 'graph', '--level', 'milestone', '--json'], { cwd })).stdout).edges).toEqual([{ from: 'M1', to: 'M2' }])
  })

  test('status shows progress without a server', async () => {
    const cwd = planFolder()
    const { code, stdout } = await cli.run(['status'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(/M1.*25 %/)
    expect(json((await cli.run(['status', '--json'], { cwd })).stdout)).toMatchObject({ project: { name: 'Shop' }, link: null, signedIn: false })
  })

  test('colour appears only where it is wanted', async () => {
    const cwd = planFolder()
    expect((await cli.run(['plan', 'show'], { cwd })).stdout).not.toContain('\x1b')
    expect((await cli.run(['plan', 'show'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b[')
    expect((await cli.run(['plan', 'show'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\x1b')
    expect((await cli.run(['plan', 'show', '--json'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\x1b')
  })
})

describe('import, export, diff', () => {
  test('an exported plan imported again is the same plan', async () => {
    const from = planFolder()
    const to = cli.folder()
    expect(await cli.run(['plan', 'export', '--out', path.join(to, 'plan.md')], { cwd: from })).toMatchObject({ code: 0 })
    expect(await cli.run(['plan', 'import', 'plan.md'], { cwd: to })).toMatchObject({ code: 0 })
    expect(fs.readFileSync(path.join(to, '.gitignore'), 'utf8')).toBe('buildrunner/state/\n')
    const diff = await cli.run(['plan', 'diff', path.join(from, PLAN), '--json'], { cwd: to })
    expect(json(diff.stdout).changes).toEqual([])
  })

  test('an import has git ignore the cache, once, and says so; beside a plan that is kept elsewhere it does not', async () => {
    const cwd = planFolder()
    const run = async (...args: string[]) => (await cli.run(['plan', 'import', PLAN, ...args], { cwd })).stdout
    const ignored = () => fs.existsSync(path.join(cwd, '.gitignore')) && fs.readFileSync(path.join(cwd, '.gitignore'), 'utf8')
    expect(json(await run('--dry-run', '--json'))).toMatchObject({ gitignore: false })
    expect(json(await run('--out', 'other.json', '--json'))).toMatchObject({ written: 'other.json', gitignore: false })
    expect(ignored()).toBe(false)
    expect(await run('--yes')).toContain('.gitignore ignores buildrunner/state/')
    expect(json(await run('--yes', '--json'))).toMatchObject({ written: PLAN, gitignore: false })
    expect(ignored()).toBe('buildrunner/state/\n')
  })

  test('an export has no link to the server, and replaces no file', async () => {
    const cwd = planFolder({ ...samplePlan(), 'x-sync': { projectId: 'prj_1', sequence: 3 } })
    expect(json((await cli.run(['plan', 'export', '--format', 'json'], { cwd })).stdout)).toEqual(samplePlan())
    fs.writeFileSync(path.join(cwd, 'out.md'), 'mine')
    expect(await cli.run(['plan', 'export', '--out', 'out.md'], { cwd })).toMatchObject({ code: 2 })
    expect(fs.readFileSync(path.join(cwd, 'out.md'), 'utf8')).toBe('mine')
  })

  test('a plan of another tool arrives with a report; faults are repaired only with --fix', async () => {
    const cwd = cli.folder()
    const tasks = [
      { id: 1, title: 'One', status: 'done', dependencies: [2], subtasks: [{ id: 1, title: 'Sub', status: 'pending', dependencies: [] }] },
      { id: 2, title: 'Two', status: 'pending', dependencies: [1, 99], subtasks: [] },
    ]
    fs.writeFileSync(path.join(cwd, 'tasks.json'), JSON.stringify({ tasks }))
    const faulty = await cli.run(['plan', 'import', 'tasks.json'], { cwd })
    expect(faulty.code).toBe(3)
    expect(fs.existsSync(path.join(cwd, PLAN))).toBe(false)
    const tried = await cli.run(['plan', 'import', 'tasks.json', '--fix', '--dry-run', '--json'], { cwd })
    expect(json(tried.stdout)).toMatchObject({ written: null, report: { format: 'task-master', found: 3 } })
    expect(fs.existsSync(path.join(cwd, PLAN))).toBe(false)
    expect(await cli.run(['plan', 'import', 'tasks.json', '--fix'], { cwd })).toMatchObject({ code: 0 })
    expect(await cli.run(['lint'], { cwd })).toMatchObject({ code: 0 })
    expect(await cli.run(['plan', 'import', 'tasks.json', '--fix'], { cwd })).toMatchObject({ code: 2 })
  })

  test('a diff against another file names what was added, changed and removed', async () => {
    const cwd = planFolder()
    fs.writeFileSync(path.join(cwd, 'old.json'), JSON.stringify(samplePlan()))
    await cli.run(['plan', 'edit', 'T1', '--title', 'Tables'], { cwd })
    await cli.run(['plan', 'remove', 'T6', '--yes'], { cwd })
    await cli.run(['plan', 'add', 'Refund', '--parent', 'S3', '--id', 'T7'], { cwd })
    const { stdout } = await cli.run(['plan', 'diff', 'old.json'], { cwd })
    expect(stdout).toMatch(/~ T1 {2}title: Schema → Tables/)
    expect(stdout).toMatch(/- T6/)
    expect(stdout).toMatch(/\+ T7 {2}Refund/)
    expect(await cli.run(['plan', 'diff'], { cwd })).toMatchObject({ code: 2 })
  })
})

describe('the command line', () => {
  test.each(COMMANDS.map(({ path: name }) => [name]))('br %s --help shows examples and exits 0', async (name) => {
    const { code, stdout, stderr } = await cli.run([...name.split(' '), '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: br /)
    expect(stdout).toContain('Examples:\n  ')
    expect(stdout).toContain('--json')
  })

  test('what is not known is refused with a suggestion', async () => {
    expect(await cli.run(['plan', 'shwo'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('br plan show') })
    expect(await cli.run(['stauts'])).toMatchObject({ code: 2, stderr: expect.stringContaining('br status') })
    expect(await cli.run(['lint', '--stric'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--strict') })
    expect(json((await cli.run(['nope', '--json'])).stderr)).toMatchObject({ error: { code: 'USAGE' } })
  })

  test('help, version and exit codes are there', async () => {
    const { stdout } = await cli.run(['--help'])
    for (const { path: name } of COMMANDS) expect(stdout).toContain(`  ${name} `)
    expect((await cli.run(['help', 'exit-codes'])).stdout).toMatch(/ 4 {2}conflicts/)
    expect((await cli.run(['help', 'plan', 'edit'])).stdout).toContain('Usage: br plan edit')
    expect((await cli.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(await cli.run(['help', 'nope'])).toMatchObject({ code: 2 })
  })

  test('the server commands without a key exit 5 and say how to sign in', async () => {
    const cwd = planFolder()
    for (const args of [['whoami'], ['projects', 'list'], ['sync'], ['api', '{ viewer { name } }']]) {
      const result = await cli.run([...args, '--json'], { cwd })
      expect(result).toMatchObject({ code: 5, stdout: '' })
      expect(json(result.stderr).error).toMatchObject({ code: 'NOT_SIGNED_IN', remedy: expect.stringContaining('br login') })
    }
  })

  test('a server that is not there exits 7', async () => {
    const env = { BUILDRUNNER_BASE_URL: 'http://127.0.0.1:9', BUILDRUNNER_API_KEY: 'br_12345678_secret' }
    const result = await cli.run(['whoami', '--json'], { env })
    expect(result.code).toBe(7)
    expect(result.stderr).not.toContain('secret')
  })
})
