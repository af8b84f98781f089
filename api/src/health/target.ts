/** One thing that the server needs or uses, and whether it answers. */
import type { HealthTarget, HealthTargetKind } from '@buildrunner/schema/context'
import { CircuitBreaker, CircuitOpenError } from '@buildrunner/sdk/resilience'
import type { CircuitBreakerPolicy } from '@buildrunner/sdk/resilience'

export interface TargetOptions {
  /** Names it: `database`, `api.github.com`. */
  readonly name: string
  readonly kind: HealthTargetKind
  /** Asks it, and rejects with what is wrong, in words that anybody may read; undefined: nothing is configured. */
  readonly probe: ((signal: AbortSignal) => Promise<unknown>) | undefined
  readonly policy: CircuitBreakerPolicy
  /** That of whoever else calls it. Default: its own. */
  readonly breaker?: CircuitBreaker | undefined
  /** How long an answer counts, in milliseconds. Anybody may ask for the health: what is asked then must not multiply. Default: 5000. */
  readonly freshMs?: number
  /** Default: 2000. */
  readonly timeoutMs?: number
  /** Default: the machine's. */
  readonly now?: () => number
}

export interface Target {
  readonly name: string
  readonly kind: HealthTargetKind
  /** It always resolves, within the time limit. */
  check(): Promise<HealthTarget>
}

const FRESH_MS = 5_000
const PROBE_MS = 2_000

/** What `probe` answers, or a rejection when the time is over: a probe that ignores its signal holds nobody up. */
async function inTime(probe: (signal: AbortSignal) => Promise<unknown>, timeoutMs: number): Promise<void> {
  const ending = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${timeoutMs} ms`))
      ending.abort()
    }, timeoutMs)
  })
  try {
    await Promise.race([probe(ending.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

const messageOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string }
  return message || code || 'unreachable'
}

export function createTarget({ name, kind, probe, policy, breaker, freshMs = FRESH_MS, timeoutMs = PROBE_MS, now = Date.now }: TargetOptions): Target {
  const circuit = breaker ?? new CircuitBreaker({ name, policy, clock: { now } })
  let message: string | null = null
  let known: { readonly at: number; readonly answer: Promise<HealthTarget> } | undefined

  async function ask(at: number): Promise<HealthTarget> {
    const started = performance.now()
    const wrong = await circuit.execute(() => inTime(probe as NonNullable<typeof probe>, timeoutMs)).then(() => null, (error: Error) => error)
    const latencyMs = wrong === null ? Math.round(performance.now() - started) : null
    // what it was that failed says more than that it is not asked now
    if (!(wrong instanceof CircuitOpenError) || message === null) message = wrong && messageOf(wrong)
    const { state, failures } = circuit.stats()
    return { name, kind, status: message === null ? 'OK' : 'FAILING', latencyMs, checkedAt: new Date(at), message, breaker: { state, failures } }
  }

  return {
    name, kind,
    check() {
      if (probe === undefined) return Promise.resolve({ name, kind, status: 'NOT_CONFIGURED', latencyMs: null, checkedAt: null, message: null, breaker: null })
      const at = now()
      if (known === undefined || at - known.at >= freshMs) known = { at, answer: ask(at) }
      return known.answer
    },
  }
}
