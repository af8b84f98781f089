/** Proving the audit log with `br audit`, against the server as `npm start` runs it. */
import * as fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'

const journey = useJourney()
const { br } = journey
beforeAll(async () => {
  for (const name of ['Shop', 'Site', 'Till', 'Desk']) await journey.data('projects', 'create', name)
})

const report = async (...args: string[]): Promise<any> => JSON.parse((await br('audit', 'verify', ...args, '--json')).stdout)

/** Verified until the sequencer has sealed every record. */
async function sealed(...args: string[]): Promise<any> {
  for (;;) {
    const answer = await report(...args)
    if (!answer.ok || (answer.verified > 0 && answer.unproven === null)) return answer
  }
}

test('what was done is listed, filtered and told as data', async () => {
  const { stdout, code } = await br('audit', 'log', '--action', 'project', '--limit', '3')
  expect(code).toBe(0)
  expect(stdout.trimEnd().split('\n')).toHaveLength(3)
  expect(stdout).toMatch(/^\s*\S+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +Administrator +project\.create +project /)
  const { records } = JSON.parse((await br('audit', 'log', '--limit', '2', '--json')).stdout)
  expect(records).toHaveLength(2)
  expect(await br('audit', 'log', '--from', '2999-01-01')).toMatchObject({ code: 0, stdout: 'No record matches.\n' })
})

test('a log is proven by the server\'s signature at first, and by what was pinned from then on', async () => {
  const first = await sealed('--no-pin')
  expect(first).toMatchObject({ ok: true, pinned: 0, isPinned: false })
  const { verified } = await sealed()
  expect(await br('projects', 'create', 'Cellar')).toMatchObject({ code: 0 })
  const { code, stdout } = await br('audit', 'verify')
  expect(code).toBe(0)
  expect(stdout).toContain(`✓ Proven:`)
  expect(stdout).toContain(`records 1 to ${verified}: by a checkpoint that you pinned before`)
})

describe('an export', () => {
  test('of everything is proven without a server, from a file and from a pipe', async () => {
    expect(await br('audit', 'export', '-o', 'audit.jsonl')).toMatchObject({ code: 0 })
    const offline = { env: { BUILDRUNNER_BASE_URL: 'http://127.0.0.1:9' }, cwd: journey.cwd }
    expect(await journey.cli.run(['audit', 'verify', 'audit.jsonl'], offline)).toMatchObject({ code: 0, stdout: expect.stringContaining('by a checkpoint that you pinned before') as string })
    const piped = await br('audit', 'export')
    expect(await journey.cli.run(['audit', 'verify', '-'], { ...offline, input: piped.stdout })).toMatchObject({ code: 0 })
    expect(await br('audit', 'export', '-o', 'audit.jsonl')).toMatchObject({ code: 2 })
  })

  test('of a time has proofs', async () => {
    expect(await br('audit', 'export', '--from', '2000-01-01', '--to', '2999-01-01', '-o', 'some.jsonl')).toMatchObject({ code: 0 })
    expect(await report('some.jsonl')).toMatchObject({ ok: true, kind: 'partial', findings: [] })
  })

  test.each([
    ['a record', (text: string) => text.replace('"action":"project.create"', '"action":"project.delete"'), 'record-changed'],
    ['personal data', (text: string) => text.replace('127.0.0.1', '127.0.0.2'), 'personal-data-changed'],
    ['its tail', (text: string) => `${text.trimEnd().split('\n').slice(0, -2).join('\n')}\n`, 'tail-cut'],
    ['the checkpoint', (text: string) => text.replace(/time 20\d\d/, 'time 1999'), 'signature'],
  ])('in which %s was changed exits with 9 and says what', async (_, change, kind) => {
    const text = fs.readFileSync(path.join(journey.cwd, 'audit.jsonl'), 'utf8')
    fs.writeFileSync(path.join(journey.cwd, 'changed.jsonl'), change(text))
    const { code, stdout } = await br('audit', 'verify', 'changed.jsonl')
    expect(stdout).toContain(kind)
    expect(code).toBe(9)
  })
})

test.each([
  [['audit', 'verify', 'nowhere.jsonl'], 6, 'nowhere.jsonl'],
  [['audit', 'verify', '.'], 8, 'folder'],
  [['audit', 'log', '--from', 'yesterday'], 2, '--from'],
  [['audit', 'export', '--chain', 'mine'], 2, 'choose one of'],
])('br %j exits with %i and says why', async (args, code, said) => {
  const result = await br(...args)
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toContain(said)
})

test('a file that is no export, and pins that cannot be read, are told', async () => {
  fs.writeFileSync(path.join(journey.cwd, 'note.txt'), 'hello\n')
  expect(await br('audit', 'verify', 'note.txt')).toMatchObject({ code: 2, stderr: expect.stringContaining('no export') as string })
  expect(await br('audit', 'verify', '--pin', 'note.txt')).toMatchObject({ code: 8, stderr: expect.stringContaining('cannot be read') as string })
})
