/**
 * Carries checks out, several at a time. Checks that are equal are carried out once, and what comes of one counts for every criterion
 * that has it. Reports and files are looked at when all commands have ended, because commands write them.
 */
import type { Check } from '@buildrunner/sdk/plans'
import { canonicalJson, type CheckOutcome } from '@buildrunner/sdk/quality'
import { carryOut } from './carry-out.ts'
import type { Attempt, CheckContext } from './check.ts'
import type { Target } from './targets.ts'

/** What came of a criterion's check. */
export interface Result {
  readonly target: Target
  readonly outcome: CheckOutcome
  readonly message: string
  readonly output: string
  /** Of all attempts together. */
  readonly durationMs: number
  /** How often it was carried out. */
  readonly attempts: number
  readonly passedAttempts: number
}

export interface RunnerOptions {
  readonly context: CheckContext
  /** How many at a time. */
  readonly jobs: number
  /** How often each command and request is made, to find out what is flaky. */
  readonly repeat: number
  /** Ends everything at the first check that does not pass. */
  readonly bail: boolean
  onBegin?(targets: readonly Target[]): void
  onResult?(result: Result): void
}

/** Equal checks. */
interface Unit {
  readonly check: Check
  readonly targets: Target[]
}

/** These act; the others look at what is there. */
const ACTING: readonly Check['kind'][] = ['command', 'http']

/** @returns the results in the order of the targets */
export async function runTargets(targets: readonly Target[], options: RunnerOptions): Promise<Result[]> {
  const bail = new AbortController()
  const context = { ...options.context, signal: AbortSignal.any([options.context.signal, bail.signal]) }
  const results = new Map<Target, Result>()
  const runUnit = async (unit: Unit): Promise<void> => {
    options.onBegin?.(unit.targets)
    const outcome = await attemptAll(unit.check, context, ACTING.includes(unit.check.kind) ? options.repeat : 1)
    for (const target of unit.targets) {
      const result = { target, ...outcome }
      results.set(target, result)
      options.onResult?.(result)
    }
    if (options.bail && (outcome.outcome === 'failed' || outcome.outcome === 'errored')) bail.abort()
  }
  const units = unitsOf(targets)
  await inParallel(units.filter(({ check }) => ACTING.includes(check.kind)), options.jobs, runUnit)
  await inParallel(units.filter(({ check }) => !ACTING.includes(check.kind)), options.jobs, runUnit)
  return targets.map((target) => results.get(target)!)
}

function unitsOf(targets: readonly Target[]): Unit[] {
  const units = new Map<string, Unit>()
  for (const target of targets) {
    const key = canonicalJson(target.check)
    const unit = units.get(key)
    if (unit === undefined) units.set(key, { check: target.check, targets: [target] })
    else unit.targets.push(target)
  }
  return [...units.values()]
}

async function inParallel<T>(values: readonly T[], jobs: number, run: (value: T) => Promise<void>): Promise<void> {
  const queue = values.values()
  const work = async (): Promise<void> => {
    for (const value of queue) await run(value)
  }
  await Promise.all(Array.from({ length: Math.min(jobs, values.length) }, work))
}

async function attemptAll(check: Check, context: CheckContext, times: number): Promise<Omit<Result, 'target'>> {
  const started = performance.now()
  const attempts: Attempt[] = []
  for (let time = 0; time < times; time++) {
    const attempt = await carryOut(check, context)
    attempts.push(attempt)
    if (attempt.outcome === 'skipped') break
  }
  return { ...judge(attempts), durationMs: Math.round(performance.now() - started) }
}

/** What several attempts say together: some passed and some did not is a failure that is called flaky. */
export function judge(attempts: readonly Attempt[]): Omit<Result, 'target' | 'durationMs'> {
  const made = attempts.filter(({ outcome }) => outcome !== 'skipped')
  const passed = made.filter(({ outcome }) => outcome === 'passed').length
  const counts = { attempts: made.length, passedAttempts: passed }
  const of = ({ outcome, message, output = '' }: Attempt): Omit<Result, 'target' | 'durationMs'> => ({ outcome, message, output, ...counts })
  const last = made.at(-1)
  if (last === undefined) return of(attempts[0]!)
  if (made.length === 1) return of(last)
  if (passed === made.length) return of({ ...last, message: `${last.message}, ${passed} times` })
  const failure = made.findLast(({ outcome }) => outcome !== 'passed')!
  if (passed === 0) return of({ ...failure, message: `${failure.message}, ${made.length} times tried` })
  return of({ ...failure, outcome: 'failed', message: `flaky: ${passed} of ${made.length} passed; ${failure.message}` })
}
