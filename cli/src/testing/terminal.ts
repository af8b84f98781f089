/** `br` on a terminal: `script` (util-linux) gives it one, so that it asks its questions. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import type { RunOptions, TestCli } from './br.ts'

/** Only the `script` of util-linux takes a command this way and answers its exit code. */
export const hasTerminal = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')

/** Keys as a terminal sends them. */
export const KEY = { enter: '\r', left: '\u001b[D', down: '\u001b[B', interrupt: '\u0003' } as const

export interface Dialogue {
  /** The text to wait for, then the keys to press. */
  readonly see: string
  readonly press: string
}

const quote = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`

/**
 * Runs `br` and answers its questions in turn.
 *
 * @returns the exit code, and everything that stood on the screen, without control characters.
 */
export async function converse(cli: TestCli, args: readonly string[], dialogue: readonly Dialogue[], { cwd, env }: RunOptions = {}): Promise<{ code: number; screen: string }> {
  // a terminal that `script` makes without one to copy has no width
  const command = `stty cols 100 rows 30; exec ${[process.execPath, cli.entry, ...args].map(quote).join(' ')}`
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], { cwd, env: cli.environment({ TERM: 'xterm', SHELL: '/bin/sh', ...env }) })
  const waiting = [...dialogue]
  let screen = ''
  let seen = 0
  child.stdout.on('data', (chunk: Buffer) => {
    screen += stripVTControlCharacters(chunk.toString())
    const at = waiting[0] === undefined ? -1 : screen.indexOf(waiting[0].see, seen)
    if (at < 0) return
    seen = screen.length
    child.stdin.write(waiting.shift()!.press)
  })
  const [code] = (await once(child, 'close')) as [number]
  if (waiting.length > 0) throw new Error(`br never asked ${JSON.stringify(waiting[0]!.see)}:\n${screen}`)
  return { code, screen }
}
