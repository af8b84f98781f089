import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { takeTurn } from './take-turn.mjs'

let lock: string

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'buildrunner-turn-'))
  lock = join(folder, 'lock')
  return () => rmSync(folder, { recursive: true, force: true })
})

test('a second one waits, is told so once, and comes when the first has given back', async () => {
  const release = await takeTurn(lock)
  const seen: string[] = []
  const waits = new Promise<void>((resolve) => {
    const second = takeTurn(lock, () => {
      seen.push('told')
      resolve()
    })
    void second.then((done) => {
      seen.push('taken')
      done()
    })
  })
  await waits
  expect(readFileSync(lock, 'utf8')).toBe(String(process.pid))
  expect(seen).toEqual(['told'])
  release()
  await expect.poll(() => seen).toEqual(['told', 'taken'])
  expect(existsSync(lock)).toBe(false)
})

test('the lock of a process that died counts as given back, and so does one too old to be anybody\'s', async () => {
  writeFileSync(lock, String(spawnSync(process.execPath, ['-e', '']).pid))
  const first = await takeTurn(lock, () => expect.fail('it waits for a dead one'))
  first()
  writeFileSync(lock, String(process.pid))
  const anHourAgo = Date.now() / 1_000 - 3_600
  utimesSync(lock, anHourAgo, anHourAgo)
  const second = await takeTurn(lock, () => expect.fail('it waits for an hour'))
  second()
})
