/** Deciding conflicts with `br conflicts`: by flags, as scripts do, against the server as `npm start` runs it. */
import * as fs from 'node:fs'
import path from 'node:path'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { applyChanges, flattenPlan, unflattenPlan, type Plan, type PlanChange } from '@buildrunner/sdk/plans'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PLAN, samplePlan, writePlan, type RunResult } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'
import { converse, hasTerminal, KEY } from './testing/terminal.ts'

const journey = useJourney()
let ours: string
let theirs: string
let count = 0

const br = (cwd: string, ...args: string[]): Promise<RunResult> => journey.cli.run(args, { cwd })
async function ok(cwd: string, ...args: string[]): Promise<any> {
  const result = await br(cwd, ...args, '--json')
  expect(result, `br ${args.join(' ')}`).toMatchObject({ code: 0, stderr: '' })
  return JSON.parse(result.stdout)
}
const open = async (cwd: string): Promise<any[]> => JSON.parse((await br(cwd, 'conflicts', 'list', '--json')).stdout).conflicts
const plan = (folder: string): any => JSON.parse(fs.readFileSync(path.join(folder, PLAN), 'utf8'))
const item = (folder: string, id: string): any => plan(folder).milestones.flatMap((m: any) => m.steps).flatMap((s: any) => s.microsteps).find((t: any) => t.id === id)

/** Two folders of one project; T1 has two titles, and T4 was removed there and edited here. */
async function conflictingFolders(): Promise<void> {
  const { cli, server } = journey
  const client = new BuildRunnerSDK({ apiKey: server.apiKey, baseUrl: server.baseUrl })
  const { id: projectId } = (await client.projects.create({ name: `Shop ${++count}` }).orThrow()).project
  const document = samplePlan() as Plan & ReturnType<typeof samplePlan>
  Object.assign(document.milestones[0]!.steps[0]!.microsteps[0]!, { acceptanceCriteria: [{ text: 'Migrates' }] })
  const { sequence } = await client.planning.importPlan({ projectId, document }).orThrow()
  const change = (title: string, ...more: PlanChange[]): PlanChange[] => [{ op: 'update', id: 'T1', set: { title } }, ...more]
  await client.execution.sync({ projectId, baseSequence: sequence, changes: change('Theirs', { op: 'remove', id: 'T4' }) }).orThrow()
  const linked = { ...document, 'x-sync': { projectId, sequence } }
  ;[ours, theirs] = [cli.folder(), cli.folder()]
  writePlan(theirs, linked)
  const edited = change('Ours', { op: 'update', id: 'T4', set: { notes: 'Needed' } })
  writePlan(ours, { ...unflattenPlan(applyChanges(flattenPlan(linked), edited)), 'x-sync': linked['x-sync'] })
}

async function expectEqual(): Promise<void> {
  await ok(ours, 'sync')
  await ok(theirs, 'sync')
  expect({ ...plan(theirs), 'x-sync': null }).toEqual({ ...plan(ours), 'x-sync': null })
}

describe('conflicts of the plan file', () => {
  beforeEach(conflictingFolders)

  test('are listed before and after a sync, with exit code 4, and nothing is written', async () => {
    const before = fs.readFileSync(path.join(ours, PLAN), 'utf8')
    const listed = await br(ours, 'conflicts', 'list')
    expect(listed.code).toBe(4)
    expect(listed.stdout).toMatch(/T1\.title {2}Ours {2}changed on both sides\n {4}base {4}Schema\n {4}local {3}Ours\n {4}remote {2}Theirs\n[^]*T4 {2}[^]*removed on the other/)
    expect(fs.readFileSync(path.join(ours, PLAN), 'utf8')).toBe(before)
    expect(await br(ours, 'sync')).toMatchObject({ code: 4 })
    expect(await open(ours)).toMatchObject([{ id: 'T1.title', source: 'file', base: 'Schema', local: 'Ours', remote: 'Theirs' }, { id: 'T4', kind: 'edit-delete', remote: null }])
  })

  test('are shown with what each decision would change, here and there, and the criteria to look at again', async () => {
    const { conflicts } = await ok(ours, 'conflicts', 'show', 'T1')
    expect(conflicts).toMatchObject([{
      previews: {
        local: { server: [{ op: 'update', id: 'T1', set: { title: 'Ours' } }], file: [], affectedCriteria: [{ itemKey: 'T1', text: 'Migrates' }] },
        remote: { server: [], file: [{ op: 'update', id: 'T1', set: { title: 'Theirs' } }] },
      },
    }])
    const { stdout } = await br(ours, 'conflicts', 'show', 'T1.title')
    expect(stdout).toMatch(/base +│ local +│ remote[^]*Schema +│ Ours +│ Theirs/)
    expect(stdout).toMatch(/on the server\n +~ T1 {2}title: Theirs → Ours\n[^]*in the plan file\n +~ T1 {2}title: Ours → Theirs\n/)
  })

  test('end equal on both sides when one side is kept and the other conflict taken', async () => {
    const before = fs.readFileSync(path.join(ours, PLAN), 'utf8')
    const tried = await br(ours, 'conflicts', 'resolve', '--all', '--keep', 'local', '--dry-run', '--json')
    expect(tried.code).toBe(4)
    expect(JSON.parse(tried.stdout)).toMatchObject({ dryRun: true, left: 2, decided: [{ preview: { server: [{ set: { title: 'Ours' } }] } }, { preview: { server: [{ op: 'add', item: { id: 'T4' } }] } }] })
    expect(fs.readFileSync(path.join(ours, PLAN), 'utf8')).toBe(before)
    expect(await br(ours, 'conflicts', 'resolve', 'T1.title', '--keep', 'local')).toMatchObject({ code: 4, stdout: expect.stringContaining('1 conflict left') as string })
    expect(await ok(ours, 'conflicts', 'resolve', 'T4', '--keep', 'remote')).toMatchObject({ left: 0 })
    expect(await br(ours, 'conflicts', 'list')).toMatchObject({ code: 0, stdout: '✓ no conflicts\n' })
    await expectEqual()
    expect([item(theirs, 'T1').title, item(theirs, 'T4')]).toEqual(['Ours', undefined])
  })

  test('end with a value made of both, given on the command line or in an editor', async () => {
    expect(await br(ours, 'conflicts', 'resolve', 'T1', '--merge', 'Of both')).toMatchObject({ code: 4 })
    expect(item(ours, 'T1').title).toBe('Of both')
    await ok(ours, 'conflicts', 'resolve', '--all', '--keep', 'local')
    await expectEqual()
    expect([item(theirs, 'T1').title, item(theirs, 'T4').notes]).toEqual(['Of both', 'Needed'])
  })

  test('are merged in an editor, which sees the three values; marks that are left decide nothing', async () => {
    const left = await journey.cli.run(['conflicts', 'resolve', 'T1', '--edit'], { cwd: ours, env: { EDITOR: 'true' } })
    expect(left).toMatchObject({ code: 2, stderr: expect.stringContaining('still marked') as string })
    const editor = path.join(ours, 'editor.sh')
    fs.writeFileSync(editor, `#!/bin/sh\ncp "$1" ${path.join(ours, 'seen.txt')}\necho "From the editor" > "$1"\n`, { mode: 0o755 })
    expect(await journey.cli.run(['conflicts', 'resolve', 'T1', '--edit'], { cwd: ours, env: { EDITOR: editor } })).toMatchObject({ code: 4 })
    expect(fs.readFileSync(path.join(ours, 'seen.txt'), 'utf8')).toBe('<<<<<<< local\nOurs\n||||||| base\nSchema\n=======\nTheirs\n>>>>>>> remote\n')
    expect(item(ours, 'T1').title).toBe('From the editor')
  })
})

describe('what cannot be done', () => {
  beforeAll(conflictingFolders)

  test.each([
    [['resolve', 'T1'], 2, '--keep'],
    [['resolve', '--keep', 'local'], 2, '--all'],
    [['resolve', 'T1', '--keep', 'local', '--merge', 'x'], 2, 'exclude'],
    [['resolve', '--all', '--merge', 'x'], 2, '--all'],
    [['resolve', 'T4', '--merge', 'x'], 2, 'by hand'],
    [['resolve', 'T1', '--edit'], 2, 'EDITOR'],
    [['resolve', 'T2', '--keep', 'local'], 6, 'T1.title'],
    [['show', 'T2'], 6, 'T1.title'],
  ])('br conflicts %j is refused with %i and changes nothing', async (args, code, said) => {
    const before = fs.readFileSync(path.join(ours, PLAN), 'utf8')
    const result = await br(ours, 'conflicts', ...args)
    expect(result).toMatchObject({ code, stdout: '' })
    expect(result.stderr).toContain(said)
    expect(fs.readFileSync(path.join(ours, PLAN), 'utf8')).toBe(before)
  })
})

if (!hasTerminal) console.warn('SKIPPED: br conflicts on a terminal. It needs the program script of util-linux.')

describe.skipIf(!hasTerminal)('on a terminal', () => {
  beforeEach(conflictingFolders)

  test('each conflict stands side by side, is decided after a preview, or left open', async () => {
    const { code, screen } = await converse(journey.cli, ['conflicts', 'resolve'], [
      { see: 'What stands for T1.title?', press: `${KEY.down}${KEY.enter}` },
      { see: 'Do this?', press: KEY.enter },
      { see: 'What stands for T4?', press: `${KEY.down}${KEY.down}${KEY.enter}` },
    ], { cwd: ours })
    expect(code).toBe(4)
    expect(screen).toMatch(/base +│ local +│ remote[^]*Schema +│ Ours +│ Theirs/)
    expect(screen).toMatch(/take remote[^]*in the plan file[^]*T1[^]*Theirs[^]*acceptance criteria to look at again[^]*Migrates/)
    expect(screen).toContain('1 conflict left')
    expect([item(ours, 'T1').title, item(ours, 'T4').notes]).toEqual(['Theirs', 'Needed'])
  })

  test('a value is merged by hand in a line of text', async () => {
    const { code } = await converse(journey.cli, ['conflicts', 'resolve', 'T1'], [
      { see: 'What stands for T1.title?', press: `${KEY.down}${KEY.down}${KEY.enter}` },
      { see: 'The value', press: ` and theirs${KEY.enter}` },
      { see: 'Do this?', press: KEY.enter },
    ], { cwd: ours })
    expect(code).toBe(4)
    expect(item(ours, 'T1').title).toBe('Ours and theirs')
  })
})
