/** Tells when files of the working tree change that git would look at. */
import { watch, type FSWatcher } from 'chokidar'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ignoredPaths } from './git.ts'

/** Editors and branches change many files at once. */
const QUIET_MS = 150
/** News of a file may come a little later than its change. */
const SETTLE_MS = 2 * QUIET_MS
/** Where what tools write lies; a plan's own state changes with every run. */
const NEVER = new Set(['.git', 'node_modules'])

export class TreeWatcher {
  readonly #watcher: FSWatcher
  #timer: NodeJS.Timeout | undefined
  #changed = new Set<string>()
  #wake: (() => void) | undefined

  private constructor(root: string, ignored: ReadonlySet<string>) {
    const state = path.join('buildrunner', 'state')
    this.#watcher = watch(root, {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (file) => {
        const relative = path.relative(root, file)
        return NEVER.has(path.basename(file)) || relative === state || ignored.has(relative)
      },
    })
    this.#watcher.on('all', (_, file) => this.#note(file))
    // A file that may not be read, or a folder too many: what can be watched is watched.
    this.#watcher.on('error', () => undefined)
  }

  /** Resolves when everything is watched. */
  static async open(root: string, env: NodeJS.ProcessEnv): Promise<TreeWatcher> {
    const watcher = new TreeWatcher(root, await ignoredPaths(root, env))
    await new Promise<void>((resolve) => watcher.#watcher.once('ready', () => resolve()))
    return watcher
  }

  /** The paths that have changed since the last call, or since `next` resolved; news of what happened just now is waited for. */
  async takeChanged(): Promise<ReadonlySet<string>> {
    await delay(SETTLE_MS)
    const changed = this.#changed
    this.#changed = new Set()
    return changed
  }

  /** Resolves when something has changed, and nothing does any more. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#changed = new Set()
  }

  #note(file: string): void {
    this.#changed.add(file)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.#changed.size > 0) this.#wake?.()
    }, QUIET_MS)
  }
}
