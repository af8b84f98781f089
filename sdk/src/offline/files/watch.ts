/** Tells when a file changed, by whomever. */
import * as fs from 'node:fs'
import path from 'node:path'

/** How often a folder is looked at that the system does not watch: some network drives, or too many watchers. */
const POLL_MS = 1000

/** @returns what ends it. The process may end while a file is watched. */
export function watchFile(folder: string, name: string, listener: () => void): () => void {
  try {
    // The folder, not the file: the file is replaced now and then.
    const watcher = fs.watch(folder, { persistent: false }, (_event, changed) => {
      if (changed === null || changed === name) listener()
    })
    watcher.on('error', listener)
    return () => watcher.close()
  } catch {
    const file = path.join(folder, name)
    fs.watchFile(file, { persistent: false, interval: POLL_MS }, listener)
    return () => fs.unwatchFile(file, listener)
  }
}
