/** Runs a shell command in a process group of its own, so that nothing it starts outlives it. */
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

export interface CommandOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly timeoutMs: number
  /** Ends the command. */
  readonly signal: AbortSignal
  /** What it prints, both streams in the order in which it arrives. */
  onOutput(chunk: Uint8Array): void
}

/** How a command ended. */
export type CommandEnd =
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly how: 'timeout' | 'aborted' }
  | { readonly how: 'not-started'; readonly reason: string }

/** How long a group may take to end when it is asked to, before it is made to. */
const GRACE_MS = 2_000
/** How long what is left in a pipe may take, when a process that left the group holds the pipe open. */
const DRAIN_MS = 250

/** Groups that run now. Should br end otherwise than through its own code, they end with it. */
const groups = new Set<number>()
const endAll = (): void => groups.forEach((group) => signalGroup(group, 'SIGKILL'))

/** False when nobody is left in the group. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal)
  } catch {
    return false
  }
}

/** Asks everything in the group to end, then makes it. */
async function endGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGTERM')
  const deadline = performance.now() + GRACE_MS
  while (signalGroup(group, 0) && performance.now() < deadline) await delay(10)
  signalGroup(group, 'SIGKILL')
}

/** Resolves when the command and everything in its group has ended. Never rejects. */
export async function runCommand(command: string, { cwd, env, timeoutMs, signal, onOutput }: CommandOptions): Promise<CommandEnd> {
  if (signal.aborted) return { how: 'aborted' }
  const started = await start(command, cwd, env)
  if (typeof started === 'string') return { how: 'not-started', reason: started }
  const { child, group } = started
  if (groups.size === 0) process.once('exit', endAll)
  groups.add(group)
  child.stdout.on('data', onOutput)
  child.stderr.on('data', onOutput)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    const end = await endOf(child, timeoutMs, signal)
    // Also after an exit of its own: what it left running in the background is part of it.
    if (signalGroup(group, 0)) await endGroup(group)
    await Promise.race([closed, delay(DRAIN_MS, undefined, { ref: false })])
    return end
  } finally {
    child.stdout.destroy()
    child.stderr.destroy()
    groups.delete(group)
    if (groups.size === 0) process.off('exit', endAll)
  }
}

/** @returns why it could not be started, as text */
function start(command: string, cwd: string, env: NodeJS.ProcessEnv): { child: ChildProcessByStdio<null, Readable, Readable>; group: number } | Promise<string> | string {
  try {
    const child = spawn('/bin/sh', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    if (child.pid !== undefined) return { child, group: child.pid }
    return new Promise((resolve) => child.once('error', (error) => resolve(error.message)))
  } catch (error) {
    // A NUL character in the command.
    return (error as Error).message
  }
}

/** How the shell itself ended, or that its time is over. */
function endOf(child: ChildProcess, timeoutMs: number, signal: AbortSignal): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const settle = (end: CommandEnd): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      resolve(end)
    }
    const abort = (): void => settle({ how: 'aborted' })
    const timer = setTimeout(() => settle({ how: 'timeout' }), timeoutMs)
    signal.addEventListener('abort', abort)
    child.once('exit', (code, by) => settle(code === null ? { how: 'signal', signal: by! } : { how: 'exit', code }))
  })
}
