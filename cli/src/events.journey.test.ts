/** `br events watch` as people run it, against the server as `npm start` runs it. */
import { createInterface, type Interface } from 'node:readline'
import { execFileSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { writePlan } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ project: 'Shop' })
const { br } = journey

const change = async (title: string): Promise<void> => {
  expect(await br('plan', 'edit', 'T6', '--title', title)).toMatchObject({ code: 0 })
  expect(await br('sync')).toMatchObject({ code: 0 })
}

/** Lines of a running `br`, one at a time. */
function lines(child: ChildProcess): { next(): Promise<string>; reader: Interface } {
  const reader = createInterface({ input: child.stdout! })
  const iterator = reader[Symbol.asyncIterator]()
  return { reader, next: async () => String((await iterator.next()).value) }
}

async function interrupt(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'close')
  child.kill('SIGINT')
  const [code] = (await ended) as [number | null]
  return code
}

describe('br events watch', () => {
  test('prints what happened and what happens, a line an event, until Ctrl-C', async () => {
    const child = journey.cli.start(['events', 'watch', '--since', '0'], { cwd: journey.cwd })
    const output = lines(child)
    expect(await output.next()).toMatch(/^1 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}project\.created {2}cli\//)
    expect(await output.next()).toMatch(/^2 .* plan\.changed {2}M1, M2 {2}cli\//)
    await change('Receipts')
    expect(await output.next()).toMatch(/^3 .* plan\.changed {2}T6 {2}cli\//)
    expect(await interrupt(child)).toBe(130)
  })

  test('with --json is one object a line, and nothing else on stdout', async () => {
    const child = journey.cli.start(['events', 'watch', '--since', '1', '--json'], { cwd: journey.cwd })
    const output = lines(child)
    expect(JSON.parse(await output.next())).toMatchObject({ sequence: 2, kind: 'plan.changed', data: { changes: expect.any(Array) } })
    expect(await interrupt(child)).toBe(130)
  })

  test('begins now, and says so', async () => {
    const child = journey.cli.start(['events', 'watch', '--project', 'shop'])
    const [first] = (await once(child.stderr!, 'data')) as [Buffer]
    expect(String(first)).toMatch(/Following shop from event \d+; Ctrl-C ends it\./)
    await change('Bill')
    expect(await lines(child).next()).toContain('T6')
    expect(await interrupt(child)).toBe(130)
  })

  test('ends quietly when the reader has read enough', async () => {
    // The second event is more than a pipe holds: br still writes when its reader goes.
    const big = journey.cli.folder()
    const notes = 'x'.repeat(200_000)
    writePlan(big, { version: 1, project: { name: 'Big' }, milestones: [{ id: 'M1', title: 'Alpha', notes }] })
    expect(await journey.cli.run(['projects', 'create', 'Big', '--link'], { cwd: big })).toMatchObject({ code: 0 })
    expect(await journey.cli.run(['sync'], { cwd: big })).toMatchObject({ code: 0 })
    const stdout = execFileSync('/bin/sh', ['-c', `"${process.execPath}" "${journey.cli.entry}" events watch --since 0 --json | head -n 1`], {
      cwd: big, env: journey.cli.environment(), encoding: 'utf8', timeout: 20_000,
    })
    expect(JSON.parse(stdout)).toMatchObject({ sequence: 1 })
  })

  test.each([
    ['a project that is not there', ['--project', 'nowhere'], 6, /There is no project "nowhere"/],
    ['a sequence that is no number', ['--since', 'x'], 2, /--since: "x" is not the number of an event/],
    ['a sequence that is not there yet', ['--since', '9999'], 2, /there is none after 9999 yet/],
  ])('refuses %s', async (_, args, code, message) => {
    const result = await br('events', 'watch', ...args)
    expect([result.code, result.stdout]).toEqual([code, ''])
    expect(result.stderr).toMatch(message)
  })

  test('carries a WebSocket for a Node that has none', async () => {
    const chunks = path.join(path.dirname(journey.cli.entry), 'chunks')
    const carried = fs.readdirSync(chunks).filter((name) => fs.readFileSync(path.join(chunks, name), 'utf8').includes('permessage-deflate'))
    expect(carried.length).toBeGreaterThan(0)
    const child = journey.cli.start(['events', 'watch', '--since', '1', '--json'], { cwd: journey.cwd, env: { NODE_OPTIONS: '--no-experimental-websocket' } })
    expect(JSON.parse(await lines(child).next())).toMatchObject({ sequence: 2 })
    expect(await interrupt(child)).toBe(130)
  })
})
