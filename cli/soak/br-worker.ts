/** One `br` in a folder of its own: edits its plan file, comments offline, syncs, decides conflicts, and is killed in the middle. */
import * as fs from 'node:fs'
import path from 'node:path'
import { once } from 'node:events'
import { text as readAll } from 'node:stream/consumers'
import { PLAN, writePlan, type TestCli } from '../src/testing/br.ts'
import type { Ledger } from './ledger.ts'
import type { Random } from './random.ts'

export interface WorkerOptions {
  readonly name: string
  readonly cli: TestCli
  readonly environment: Record<string, string>
  readonly ledger: Ledger
  readonly random: Random
  readonly plan: object
  /** Items that everybody edits. */
  readonly shared: readonly string[]
  /** Where items are added. */
  readonly parents: readonly string[]
}

/** Longer than any command takes when nothing is wrong; what hangs on a dead connection is killed, as people do. */
const PATIENCE_MS = 4_000

export class BrWorker {
  readonly #options: WorkerOptions
  readonly #cwd: string
  readonly #environment: Record<string, string>
  kills = 0
  /** Syncs that ended with conflicts to decide. */
  conflicts = 0

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#cwd = options.cli.folder()
    this.#environment = { ...options.environment, XDG_DATA_HOME: path.join(this.#cwd, 'data') }
    writePlan(this.#cwd, options.plan)
  }

  /** One turn: some edits, then a sync, which may be killed. */
  async turn(): Promise<void> {
    const { random } = this.#options
    for (let edits = random.between(1, 4); edits > 1; edits--) await this.#act()
    await this.sync(random.chance(0.25) ? random.between(50, 900) : PATIENCE_MS)
  }

  async sync(killAfterMs: number): Promise<boolean> {
    const { code, stdout } = await this.#br(killAfterMs, 'sync', '--retry-failed', '--json')
    if (code !== 0 && code !== 4) return false
    this.#options.ledger.told(JSON.parse(stdout))
    if (code === 0) return true
    this.conflicts++
    const decided = await this.#br(killAfterMs * 2, 'conflicts', 'resolve', '--all', '--keep', this.#options.random.pick(['local', 'remote']), '--json')
    if (decided.stdout !== '') this.#options.ledger.told(JSON.parse(decided.stdout))
    return false
  }

  plan(): Record<string, unknown> {
    return JSON.parse(fs.readFileSync(path.join(this.#cwd, PLAN), 'utf8')) as Record<string, unknown>
  }

  async #act(): Promise<void> {
    const { name: actor, ledger, random, shared, parents } = this.#options
    const mark = ledger.mark(actor)
    const item = random.pick(shared)
    const chance = random.next()
    if (chance < 0.3) {
      if (await this.#did('plan', 'add', `Added ${mark}`, '--parent', random.pick(parents), '--id', mark)) ledger.done({ actor, kind: 'add', place: mark, mark })
    } else if (chance < 0.8) {
      const field = random.pick(['title', 'notes'])
      if (await this.#did('plan', 'edit', item, `--${field}`, mark)) ledger.done({ actor, kind: 'set', place: `${item}.${field}`, mark })
    } else if (chance < 0.9) await this.#did('plan', 'edit', item, '--parent', random.pick(parents), '--first')
    else if (await this.#did('comments', 'add', item, mark, '--offline')) ledger.done({ actor, kind: 'comment', place: item, mark })
  }

  async #did(...args: string[]): Promise<boolean> {
    return (await this.#br(PATIENCE_MS * 2, ...args)).code === 0
  }

  async #br(killAfterMs: number, ...args: string[]): Promise<{ code: number | null; stdout: string }> {
    const child = this.#options.cli.start(args, { cwd: this.#cwd, env: this.#environment })
    child.stdin!.end()
    child.stderr!.resume()
    const timer = setTimeout(() => {
      this.kills++
      child.kill('SIGKILL')
    }, killAfterMs)
    const [stdout, [code]] = (await Promise.all([readAll(child.stdout!), once(child, 'close')])) as [string, [number | null]]
    clearTimeout(timer)
    return { code, stdout }
  }
}
