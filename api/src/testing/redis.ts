/** A real Redis of a test's own. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../database/free-port.ts'

export interface TestRedis {
  readonly url: string
  /** Stops it, and with it forgets everything. */
  stop(): Promise<void>
  /** Starts it again, at the same address. */
  start(): Promise<void>
}

function find(program: string): string | undefined {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

const PROGRAM = find('redis-server')

/** False, with a warning, where no Redis is installed. */
export function hasRedis(untested: string): boolean {
  if (PROGRAM === undefined) console.warn(`\n!!! redis-server is not installed: ${untested} is NOT tested.\n`)
  return PROGRAM !== undefined
}

async function run(port: number): Promise<() => Promise<void>> {
  const child = spawn(PROGRAM as string, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let output = ''
  while (!output.includes('Ready to accept connections')) output += String((await once(child.stdout, 'data'))[0])
  return async () => {
    child.kill('SIGKILL')
    await ended
  }
}

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort()
  let stop = await run(port)
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => stop(),
    async start() {
      stop = await run(port)
    },
  }
}
