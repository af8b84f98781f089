import { spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireLock, withLock } from './lock.ts'
import { startMark } from './processes.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'br-lock-'))
  file = path.join(folder, 'state', '.lock')
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const space = (): string => {
  try {
    return `${hostname()} ${fs.readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '0']).pid

const leave = (content: object | string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
}

test('the lock excludes a second holder and names the first', async () => {
  const lock = await acquireLock(file)
  await expect(acquireLock(file, { waitMs: 20 })).rejects.toMatchObject({
    code: 'LOCKED',
    message: expect.stringContaining(`process ${process.pid}`),
  })
  lock.release()
  await withLock(file, (next) => next.assertHeld())
  expect(fs.readdirSync(path.dirname(file))).toEqual([])
})

test('a waiter gets the lock when it is released', async () => {
  const lock = await acquireLock(file)
  const waiting = acquireLock(file, { waitMs: 10_000 })
  lock.release()
  ;(await waiting).release()
})

test('critical sections of many waiters never overlap', async () => {
  let inside = 0
  let most = 0
  const enter = (): Promise<void> =>
    withLock(
      file,
      async () => {
        most = Math.max(most, ++inside)
        await new Promise(setImmediate)
        inside--
      },
      { waitMs: 30_000 },
    )
  await Promise.all(Array.from({ length: 12 }, enter))
  expect(most).toBe(1)
})

test('the lock of a dead process is taken over at once', async () => {
  leave({ pid: deadPid(), host: space(), nonce: 'a' })
  const lock = await acquireLock(file, { waitMs: 0 })
  lock.assertHeld()
  lock.release()
})

test.runIf(startMark(process.pid) !== undefined)('a process number that now belongs to another process does not keep a lock', async () => {
  leave({ pid: process.pid, started: 'another boot/1', host: space(), nonce: 'a' })
  ;(await acquireLock(file, { waitMs: 0 })).release()
})

test('the lock of a live process is not taken over', async () => {
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  await once(other, 'spawn')
  leave({ pid: other.pid, started: startMark(other.pid as number), host: space(), nonce: 'a' })
  await expect(acquireLock(file, { waitMs: 20 })).rejects.toMatchObject({ code: 'LOCKED' })
  other.kill()
  await once(other, 'exit')
  ;(await acquireLock(file, { waitMs: 0 })).release()
})

test.each([
  ['of another machine', { pid: 1, host: 'elsewhere', nonce: 'a' }],
  ['that makes no sense', '{"pid":'],
  ['that is empty', ''],
])('a lock %s is respected while it is young and taken over when it is old', async (_, content) => {
  leave(content)
  await expect(acquireLock(file, { waitMs: 20 })).rejects.toMatchObject({ code: 'LOCKED' })
  const longAgo = new Date(Date.now() - 120_000)
  fs.utimesSync(file, longAgo, longAgo)
  ;(await acquireLock(file, { waitMs: 0 })).release()
})

test('a holder whose lock was taken notices before it writes, and does not release the lock of the other', async () => {
  const lock = await acquireLock(file)
  leave({ pid: process.pid, started: startMark(process.pid), host: space(), nonce: 'other' })
  expect(() => lock.assertHeld()).toThrow(expect.objectContaining({ code: 'LOCK_LOST' }))
  lock.release()
  expect(fs.existsSync(file)).toBe(true)
})

test('what killed processes left beside the lock is cleared away', async () => {
  leave('')
  fs.rmSync(file)
  fs.writeFileSync(`${file}.${deadPid()}-abc`, '')
  fs.writeFileSync(`${file}.claim-abc`, String(deadPid()))
  ;(await acquireLock(file)).release()
  expect(fs.readdirSync(path.dirname(file))).toEqual([])
})

test('a folder that is a file is reported as not writable', async () => {
  fs.writeFileSync(path.join(folder, 'state'), '')
  await expect(acquireLock(file)).rejects.toMatchObject({ code: 'NOT_WRITABLE' })
})
