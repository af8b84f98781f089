import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OfflineStore, StoreOperation } from '../store/types.ts'
import { fileStore } from './file-store.ts'
import { failingFiles } from './testing/failing-files.ts'

let folder: string
let journal: string
beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(tmpdir(), 'br-file-store-')), 'store')
  journal = path.join(folder, 'journal')
})
afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }))

const put = (key: string, data: unknown): StoreOperation => ({ op: 'put', table: 'states', key, value: { key, data, fetchedAt: 0 } })
const contentOf = async (store: OfflineStore): Promise<unknown> => ({
  revision: await store.revision(), records: Object.fromEntries((await store.list('states')).map(({ key, value }) => [key, value.data])),
})
async function using<R>(work: (store: OfflineStore) => Promise<R>, options?: Parameters<typeof fileStore>[1]): Promise<R> {
  const store = await fileStore(folder, options)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
/** Two commits; answers the length of the journal after each. */
const fill = (): Promise<[number, number]> =>
  using(async (store) => {
    await store.commit([put('a', 1), put('b', 'ü')])
    const first = fs.statSync(journal).size
    await store.commit([put('a', 2), put('c', { nested: [] })])
    return [first, fs.statSync(journal).size]
  })
const FIRST = { revision: 1, records: { a: 1, b: 'ü' } }
const SECOND = { revision: 2, records: { a: 2, b: 'ü', c: { nested: [] } } }

test('only its owner can read a store', async () => {
  await fill()
  expect([fs.statSync(folder).mode & 0o777, fs.statSync(journal).mode & 0o777]).toEqual([0o700, 0o600])
})

test('a journal that is cut at any byte of its last commit opens with the commits before, and the store goes on', async () => {
  const [first, second] = await fill()
  const bytes = fs.readFileSync(journal)
  for (let length = first; length < second; length++) {
    fs.writeFileSync(journal, bytes.subarray(0, length))
    await using(async (store) => {
      expect(await contentOf(store)).toEqual(FIRST)
      expect(await store.commit([put('d', length)])).toBe(2)
    })
    expect(await using(contentOf)).toEqual({ revision: 2, records: { ...FIRST.records, d: length } })
  }
})

test('a store that is open goes on when another process is killed in a write, and when it takes a write back', async () => {
  const [first] = await fill()
  const bytes = fs.readFileSync(journal)
  await using(async (store) => {
    expect(await contentOf(store)).toEqual(SECOND)
    fs.writeFileSync(journal, bytes.subarray(0, first + 10))
    expect(await contentOf(store)).toEqual(FIRST)
    await using((other) => other.commit([put('z', 1), put('long', 'x'.repeat(500))]))
    expect(await contentOf(store)).toEqual({ revision: 2, records: { ...FIRST.records, z: 1, long: 'x'.repeat(500) } })
  })
})

test('a store whose folder is deleted under it is empty, and can be written', async () => {
  await using(async (store) => {
    await store.commit([put('a', 1)])
    fs.rmSync(folder, { recursive: true })
    expect(await contentOf(store)).toEqual({ revision: 0, records: {} })
    await store.commit([put('b', 2)])
  })
  expect(await using(contentOf)).toEqual({ revision: 1, records: { b: 2 } })
})

describe('a damaged journal', () => {
  const damage = async (at: (lengths: [number, number]) => number): Promise<void> => {
    const lengths = await fill()
    const bytes = fs.readFileSync(journal)
    bytes[at(lengths)]! ^= 4
    fs.writeFileSync(journal, bytes)
  }

  test.each([['header', () => 3], ['first commit', ([first]: [number, number]) => first - 10]])('in its %s is refused, and nothing is touched', async (_, at) => {
    await damage(at)
    const before = fs.readFileSync(journal)
    await expect(fileStore(folder)).rejects.toMatchObject({ code: 'STORE_CORRUPT', details: { path: journal } })
    expect(fs.readFileSync(journal)).toEqual(before)
    expect(fs.readdirSync(folder)).toEqual(['journal'])
  })

  test('is kept, and what can be read of it goes on, when that is asked for', async () => {
    await damage(([first]) => first - 10)
    const before = fs.readFileSync(journal)
    await using(async (store) => {
      expect(await contentOf(store)).toEqual({ revision: 2, records: { a: 2, c: { nested: [] } } })
      await store.commit([put('d', 1)])
    }, { salvage: true })
    expect(fs.readFileSync(`${journal}.damaged`)).toEqual(before)
    expect(await using(contentOf)).toMatchObject({ revision: 3 })
  })

  test('is noticed by a store that is open', async () => {
    await fill()
    await using(async (store) => {
      const bytes = fs.readFileSync(journal)
      fs.writeFileSync(journal, Buffer.concat([bytes.subarray(0, 100), Buffer.from('?'), bytes.subarray(100)]))
      await expect(store.list('states')).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
      await expect(store.commit([put('a', 1)])).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
    })
  })
})

test('a journal of a newer version is refused, and salvaging does not touch it', async () => {
  await fill()
  const text = fs.readFileSync(journal, 'utf8').replace('buildrunner-offline 1', 'buildrunner-offline 2')
  fs.writeFileSync(journal, text)
  await expect(fileStore(folder, { salvage: true })).rejects.toMatchObject({ code: 'STORE_TOO_NEW' })
  expect(fs.readFileSync(journal, 'utf8')).toBe(text)
})

test('a folder that is a file is reported', async () => {
  fs.writeFileSync(folder, '')
  await expect(fileStore(folder)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', details: { path: folder } })
})

test('a journal grows to a multiple of what it says, and no further', async () => {
  await using(async (store) => {
    await store.commit([put('kept', 'y'.repeat(1000))])
    let largest = 0
    for (let index = 0; index < 100; index++) {
      await store.commit([put('a', `${index}${'x'.repeat(200)}`), put(`gone ${index}`, 1), { op: 'delete', table: 'states', key: `gone ${index}` }])
      largest = Math.max(largest, fs.statSync(journal).size)
    }
    expect(largest).toBeLessThan(6000)
  }, { compactAfterBytes: 2000 })
  expect(await using(contentOf)).toEqual({ revision: 101, records: { kept: 'y'.repeat(1000), a: `99${'x'.repeat(200)}` } })
  expect(fs.readdirSync(folder)).toEqual(['journal'])
})

describe.each([['the commit', {}], ['the commit and the rewriting of the journal', { compactAfterBytes: 1 }]])('a disk that fails at any step of %s', (_, options) => {
  test.each([['ENOSPC', 'STORE_FULL'], ['EIO', 'STORE_UNAVAILABLE']])('(%s) leaves the store as it was, or with the commit', async (code, expected) => {
    const disk = failingFiles()
    const outcomes: string[] = []
    for (let call = 0, hasFailed = true; hasFailed; call++) {
      fs.rmSync(folder, { recursive: true, force: true })
      const before = await fill()
      const store = await fileStore(folder, { ...options, fs: disk.fs })
      disk.failFrom(call, code)
      const outcome = await store.commit([put('b', 'x'.repeat(500)), put('d', call)]).catch((error: unknown) => error)
      hasFailed = disk.heal()
      const isCommitted = outcome === 3
      if (!isCommitted) expect(outcome).toMatchObject({ code: expected })
      outcomes.push(isCommitted ? 'committed' : 'refused')
      const now = isCommitted ? { revision: 3, records: { ...SECOND.records, b: 'x'.repeat(500), d: call } } : SECOND
      if (!isCommitted) expect(fs.statSync(journal).size).toBe(before[1])
      expect(await contentOf(store)).toEqual(now)
      expect(await using(contentOf)).toEqual(now)
      expect(await store.commit([put('e', 1)])).toBe(now.revision + 1)
      await store.close()
      expect(await using(contentOf)).toEqual({ revision: now.revision + 1, records: { ...now.records, e: 1 } })
    }
    expect(outcomes).toEqual(expect.arrayContaining(['refused', 'committed']))
    expect(outcomes.indexOf('committed')).toBeGreaterThan(outcomes.lastIndexOf('refused'))
  })
})
