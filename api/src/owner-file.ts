/** Files of the data folder that only their owner reads, written in one step: others see the whole file or none. */
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'

/** Writes `text` beside `path`, all the way to the disk, and lets `place` give it its name. */
function writeBeside(path: string, text: string, place: (temporary: string) => void): void {
  const temporary = `${path}.${process.pid}`
  const file = openSync(temporary, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
    closeSync(file)
    place(temporary)
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Replaces the file: readers see the old or the new one. */
export const replaceOwnerFile = (path: string, text: string): void => writeBeside(path, text, (temporary) => renameSync(temporary, path))

const errorCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

/** What the file holds; made with what `make` answers where there is none. Of two processes that make it at once, one is first and both read its. */
export function readOrMakeOwnerFile(path: string, make: () => string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  writeBeside(path, make(), (temporary) => {
    try {
      linkSync(temporary, path)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  })
  return readFileSync(path, 'utf8')
}
