/** CPU of whole processes, measured from outside, pairs in turn so that both see the same machine. */
import { execFileSync } from 'node:child_process'

/** User and system time of one run, in milliseconds, with everything it starts. bash's `time` counts in milliseconds. */
function cpuMs(command: readonly string[]): number {
  const report = execFileSync('bash', ['-c', `TIMEFORMAT='%3U %3S'; { time "$@" > /dev/null 2>&1; } 2>&1`, 'bash', ...command], { encoding: 'utf8' })
  const [user, system] = report.trim().split(' ').map(Number)
  if (user === undefined || system === undefined || Number.isNaN(user + system)) throw new Error(`no times in ${JSON.stringify(report)}`)
  return (user + system) * 1000
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** Medians of `runs` alternating runs, after one run of each that fills the caches. */
export function compare(a: readonly string[], b: readonly string[], runs: number): { a: number; b: number } {
  cpuMs(a)
  cpuMs(b)
  const times = Array.from({ length: runs }, () => ({ a: cpuMs(a), b: cpuMs(b) }))
  return { a: median(times.map((time) => time.a)), b: median(times.map((time) => time.b)) }
}
