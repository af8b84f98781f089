/** The machine's files, on a disk that begins to fail when a test says so. */
import { systemFiles, type FileSystem } from '../file-system.ts'

/** What a full disk refuses. Reading, cutting and deleting go on. */
const REFUSED = ['mkdirSync', 'openSync', 'writeSync', 'fsyncSync', 'renameSync'] as const

export interface FailingFiles {
  readonly fs: FileSystem
  /** From the `call`th of the refused calls on, counted from 0, each fails; of the first write that fails, half is written. */
  failFrom(call: number, code: string): void
  /** The disk works again. @returns whether a call failed */
  heal(): boolean
}

export function failingFiles(): FailingFiles {
  let plan: { call: number; code: string } | undefined
  let [calls, isFailing] = [0, false]
  const guard = (name: (typeof REFUSED)[number]) => (...args: unknown[]) => {
    const real = systemFiles[name] as (...args: unknown[]) => unknown
    const isReading = name === 'openSync' && args[1] === 'r'
    if (plan === undefined || isReading || calls++ < plan.call) return real(...args)
    const wasFailing = isFailing
    isFailing = true
    const [, , , length] = args as [unknown, unknown, unknown, number]
    if (name === 'writeSync' && !wasFailing && length > 1) return real(...args.with(3, length >> 1))
    throw Object.assign(new Error(`${plan.code}: ${name}`), { code: plan.code, errno: -1 })
  }
  return {
    fs: { ...systemFiles, ...Object.fromEntries(REFUSED.map((name) => [name, guard(name)])) },
    failFrom(call, code) {
      plan = { call, code }
      ;[calls, isFailing] = [0, false]
    },
    heal() {
      plan = undefined
      return isFailing
    },
  }
}
