/** What a command may use of the world. Made once per run; tests make their own. */
import { Output } from './output.ts'

export interface Context {
  /** The folder that the command runs in. */
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly out: Output
  readonly stdin: NodeJS.ReadStream
  /** True when a person can be asked. */
  readonly interactive: boolean
  /** What is written in spite of the project's own rules: their ids, and why. */
  readonly override?: PolicyOverride
}

export interface PolicyOverride {
  readonly rules: readonly string[]
  readonly reason: string
}

export function createContext(json: boolean, override?: PolicyOverride): Context {
  const out = new Output({ stdout: process.stdout, stderr: process.stderr, env: process.env, json })
  const interactive = !json && process.stdin.isTTY === true && process.stderr.isTTY === true && process.env.CI === undefined
  return { cwd: process.cwd(), env: process.env, out, stdin: process.stdin, interactive, ...(override && { override }) }
}
