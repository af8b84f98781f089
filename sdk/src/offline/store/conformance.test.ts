// Before Dexie is loaded: it looks for IndexedDB once.
import 'fake-indexeddb/auto'
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { fileStore } from '../files/file-store.ts'
import { indexedDbStore } from '../indexeddb/indexeddb-store.ts'
import { CONFORMANCE, runConformance } from './conformance.ts'
import { memoryStore, MemoryStoreData } from './memory.ts'
import { remoteStores } from './testing/remote-store.ts'
import type { Message } from './testing/remote-store.ts'
import type { OfflineStore } from './types.ts'

let folder: string
let child: ChildProcess
let openInProcess: (folder: string) => Promise<OfflineStore>
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'br-store-'))
  child = fork(new URL('./testing/store-process.ts', import.meta.url), { execArgv: ['--conditions=@buildrunner/source', '--disable-warning=ExperimentalWarning'] })
  openInProcess = remoteStores({ post: (message) => void child.send(message), listen: (listener) => child.on('message', (message) => listener(message as Message)) })
})
afterAll(() => {
  child.disconnect()
  rmSync(folder, { recursive: true, force: true })
})

let count = 0
const newFolder = (): string => path.join(folder, `store-${++count}`)

describe('memory', () => {
  test.each(CONFORMANCE)('$title', async (each) => {
    const data = new MemoryStoreData()
    const open = async (): Promise<OfflineStore> => memoryStore(data)
    await runConformance(each, { openHere: open, openOther: open })
  })
})

describe.each([['files', {}], ['files that are written anew after every commit', { compactAfterBytes: 1 }]])('%s', (_, options) => {
  test.each(CONFORMANCE)('$title', async (each) => {
    const folder = newFolder()
    const open = (): Promise<OfflineStore> => fileStore(folder, options)
    await runConformance(each, { openHere: open, openOther: open })
  })
})

describe('files, of two processes', () => {
  test.each(CONFORMANCE)('$title', async (each) => {
    const folder = newFolder()
    await runConformance(each, { openHere: () => fileStore(folder), openOther: () => openInProcess(folder) })
  })
})

describe.each([['IndexedDB', {}], ['IndexedDB that is written anew again and again', { compactAfterBytes: 1 }]])('%s', (_, options) => {
  test.each(CONFORMANCE)('$title', async (each) => {
    const name = `store-${++count}`
    const open = (): Promise<OfflineStore> => indexedDbStore(name, options)
    await runConformance(each, { openHere: open, openOther: open })
  })
})
