/** Runs the built `br` as a child process, in a folder of its own and without the environment of the developer. */
import { spawn, type ChildProcess } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { buildCli } from '../../build.ts'

export interface RunResult {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  input?: string
  /** Run as this user (tests of permissions, when the tests run as root). */
  uid?: number
}

export interface TestCli {
  /** The path of the bundle. */
  readonly entry: string
  /** A fresh folder, removed at the end. */
  folder(): string
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>
  start(args: readonly string[], options?: RunOptions): ChildProcess
  environment(extra?: Record<string, string>): Record<string, string>
  close(): void
}

/** `br` as `npm test` has built it, else built now. Not in the checkout: tests run it as users who may not read that. */
async function bundleIn(outdir: string): Promise<string> {
  if (!process.env.BUILDRUNNER_TEST_BUNDLES) return buildCli({ outdir })
  fs.cpSync(path.join(import.meta.dirname, '..', '..', 'dist'), outdir, { recursive: true })
  return path.join(outdir, 'br.js')
}

/** `br` for a test file. */
export async function createTestCli(): Promise<TestCli> {
  const root = fs.mkdtempSync(path.join(tmpdir(), 'br-cli-'))
  fs.chmodSync(root, 0o755)
  const entry = await bundleIn(path.join(root, 'dist'))
  const home = path.join(root, 'home')
  fs.mkdirSync(home)
  const environment = (extra: Record<string, string> = {}): Record<string, string> => ({
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    ...extra,
  })
  const start = (args: readonly string[], { cwd, env, uid }: RunOptions = {}): ChildProcess =>
    spawn(process.execPath, [entry, ...args], { cwd: cwd ?? root, env: environment(env), ...(uid === undefined ? {} : { uid, gid: uid }) })
  return {
    entry,
    environment,
    start,
    folder() {
      const folder = fs.mkdtempSync(path.join(root, 'w-'))
      fs.chmodSync(folder, 0o755)
      return folder
    },
    async run(args, options = {}) {
      const child = start(args, options)
      const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) =>
        child.once('error', reject).once('close', (code, signal) => resolve([code, signal])),
      )
      // The child may end before it has read its input.
      child.stdin?.on('error', () => undefined).end(options.input ?? '')
      const [stdout, stderr, [code, signal]] = await Promise.all([readAll(child.stdout!), readAll(child.stderr!), ended])
      return { code, signal, stdout, stderr }
    },
    close: () => fs.rmSync(root, { recursive: true, force: true }),
  }
}

export const PLAN = path.join('buildrunner', 'specs', 'plan.json')

/** A plan file of the usual shape. */
export function writePlan(folder: string, plan: object): string {
  const file = path.join(folder, PLAN)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`)
  return file
}

/** Two milestones, three steps, six microsteps, with dependencies across them. */
export const samplePlan = () => ({
  version: 1,
  project: { name: 'Shop' },
  milestones: [
    {
      id: 'M1',
      title: 'Foundation',
      steps: [
        {
          id: 'S1',
          title: 'Accounts',
          microsteps: [
            { id: 'T1', title: 'Schema', status: 'done', estimate: 4 },
            { id: 'T2', title: 'Sign-in', status: 'in_progress', dependsOn: ['T1'], estimate: { optimistic: 2, likely: 4, pessimistic: 12 } },
          ],
        },
        {
          id: 'S2',
          title: 'Catalogue',
          microsteps: [
            { id: 'T3', title: 'Import', dependsOn: ['T1'], estimate: 3 },
            { id: 'T4', title: 'Search "fast"', dependsOn: ['T3'], estimate: 8, labels: ['search'] },
          ],
        },
      ],
    },
    {
      id: 'M2',
      title: 'Launch',
      dependsOn: ['M1'],
      steps: [
        {
          id: 'S3',
          title: 'Checkout',
          microsteps: [
            { id: 'T5', title: 'Pay', estimate: 5 },
            { id: 'T6', title: 'Receipt', dependsOn: ['T5'], estimate: 1 },
          ],
        },
      ],
    },
  ],
})
