import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OfflineStore } from '../store/types.ts'
import { fileStore } from './file-store.ts'

let root: string
let program: string
beforeAll(async () => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'br-crash-'))
  program = path.join(root, 'crash-process.mjs')
  const entry = path.join(import.meta.dirname, 'testing', 'crash-process.ts')
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' })
})
afterAll(() => fs.rmSync(root, { recursive: true, force: true }))

/** Runs the program, killed at a call. @returns the revision that it acknowledged, or 0, and whether it lived */
async function run(folder: string, killAt: number): Promise<{ acknowledged: number; hasEnded: boolean }> {
  const child = spawn(process.execPath, [program, folder, String(killAt)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { acknowledged: Number(printed), hasEnded: signal === null }
}

/** What a store holds: nothing, or all that one commit of the program put. @returns its revision */
async function check(store: OfflineStore): Promise<number> {
  const revision = await store.revision()
  const records = (await store.list('states')).map(({ key, value }) => [key, value.data])
  expect(records).toEqual(revision === 0 ? [] : [['first', revision], ['last', revision], [`of ${revision}`, 'x'.repeat(100)]])
  return revision
}

/** Kills at one call, and looks at what is left. @returns whether there was no such call */
async function survives(killAt: number): Promise<boolean> {
  const folder = path.join(root, `at-${killAt}`)
  const { acknowledged, hasEnded } = await run(folder, killAt)
  const store = await fileStore(folder, { compactAfterBytes: 1 })
  // What was acknowledged is there; the commit that was under way is there wholly, or not at all.
  const revision = await check(store)
  expect(acknowledged === 0 ? [0, 1] : [acknowledged], `killed at call ${killAt}`).toContain(revision)
  expect(await store.commit([{ op: 'delete', table: 'states', key: 'first' }])).toBe(revision + 1)
  await store.close()
  expect(fs.readdirSync(folder)).toEqual(['journal'])
  return hasEnded
}

test('a process that is killed at any call of making a store, committing and rewriting the journal loses nothing that was acknowledged', async () => {
  let killAt = 0
  for (let hasEnded = false; !hasEnded; killAt += 3) hasEnded = (await Promise.all([0, 1, 2].map((offset) => survives(killAt + offset)))).includes(true)
  // Less means that the calls are not counted any more.
  expect(killAt).toBeGreaterThan(50)
})
