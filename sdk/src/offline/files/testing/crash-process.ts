/**
 * Opens the store in a folder and commits once, unless a call of the file system kills it: `node crash-process FOLDER CALL`. Of a write that
 * kills, half is written. Prints the revision when the commit was acknowledged.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { fileStore } from '../file-store.ts'

const [folder, killAt] = [process.argv[2]!, Number(process.argv[3])]
const { writeSync } = fs
let calls = 0

// Every synchronous call of this process, those of the lock and of reading included.
for (const [name, real] of Object.entries(fs)) {
  if (!name.endsWith('Sync') || typeof real !== 'function') continue
  const call = real as (...args: unknown[]) => unknown
  Object.assign(fs, {
    [name](...args: unknown[]) {
      if (calls++ !== killAt) return call(...args)
      if (name === 'writeSync') call(...args.with(3, (args[3] as number) >> 1))
      process.kill(process.pid, 'SIGKILL')
      return undefined
    },
  })
}
syncBuiltinESMExports()

const store = await fileStore(folder, { compactAfterBytes: 1 })
const next = (await store.revision()) + 1
await store.commit([
  { op: 'put', table: 'states', key: 'first', value: { key: '', data: next, fetchedAt: 0 } },
  { op: 'put', table: 'states', key: `of ${next}`, value: { key: '', data: 'x'.repeat(100), fetchedAt: 0 } },
  { op: 'delete', table: 'states', key: `of ${next - 1}` },
  { op: 'put', table: 'states', key: 'last', value: { key: '', data: next, fetchedAt: 0 } },
])
writeSync(1, String(next))
await store.close()
