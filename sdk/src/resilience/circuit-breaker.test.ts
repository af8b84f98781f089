import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CircuitOpenError } from '../errors.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import type { CircuitPermit, CircuitState } from './circuit-breaker.ts'
import { DEFAULT_CIRCUIT_BREAKER } from './policy.ts'
import type { CircuitBreakerPolicy } from './policy.ts'
import { TestClock } from './testing/clock.ts'

const MINUTE = 60_000
const fail = (breaker: CircuitBreaker, times = 1): void => {
  for (let time = 0; time < times; time++) breaker.acquire().failed()
}
const succeed = (breaker: CircuitBreaker, times = 1): void => {
  for (let time = 0; time < times; time++) breaker.acquire().succeeded()
}
const isRefused = (breaker: CircuitBreaker): boolean => {
  try {
    breaker.acquire().released()
    return false
  } catch (error) {
    expect(error).toBeInstanceOf(CircuitOpenError)
    return true
  }
}

function create(): { clock: TestClock; breaker: CircuitBreaker; pass: (ms: number) => void } {
  const clock = new TestClock()
  return { clock, breaker: new CircuitBreaker({ name: 'the peer', clock }), pass: (ms) => void (clock.time += ms) }
}
type Fixture = ReturnType<typeof create>

const TO: Readonly<Record<CircuitState, (fixture: Fixture) => void>> = {
  closed: () => {},
  open: ({ breaker }) => fail(breaker, 5),
  'half-open': (fixture) => {
    TO.open(fixture)
    fixture.pass(MINUTE)
    fixture.breaker.acquire().released()
  },
}

describe('from state to state', () => {
  test.each<[from: CircuitState, what: string, to: CircuitState, act: (fixture: Fixture) => void]>([
    ['closed', 'four failures', 'closed', ({ breaker }) => fail(breaker, 4)],
    ['closed', 'five failures', 'open', ({ breaker }) => fail(breaker, 5)],
    ['closed', 'failures with a success between them', 'closed', ({ breaker }) => { fail(breaker, 4); succeed(breaker); fail(breaker, 4) }],
    ['closed', 'calls that say nothing', 'closed', ({ breaker }) => { for (let call = 0; call < 9; call++) breaker.acquire().released() }],
    ['open', 'nothing for a minute, until somebody calls', 'open', ({ pass }) => pass(MINUTE)],
    ['open', 'a call a moment too early', 'open', ({ breaker, pass }) => { pass(MINUTE - 1); isRefused(breaker) }],
    ['open', 'a call after the cool-down', 'half-open', ({ breaker, pass }) => { pass(MINUTE); breaker.acquire() }],
    ['half-open', 'two successes', 'half-open', ({ breaker }) => succeed(breaker, 2)],
    ['half-open', 'three successes', 'closed', ({ breaker }) => succeed(breaker, 3)],
    ['half-open', 'one failure', 'open', ({ breaker }) => { succeed(breaker, 2); fail(breaker) }],
    ['half-open', 'calls that say nothing', 'half-open', ({ breaker }) => { for (let call = 0; call < 9; call++) breaker.acquire().released() }],
  ])('%s, %s: %s', (from, _, to, act) => {
    const fixture = create()
    TO[from](fixture)
    expect(fixture.breaker.state).toBe(from)
    act(fixture)
    expect(fixture.breaker.state).toBe(to)
  })
})

describe('a circuit', () => {
  test('that is open says what failed, and how long it stays so', async () => {
    const { breaker, pass } = create()
    fail(breaker, 5)
    pass(15_000)
    const call = breaker.execute(() => expect.fail('it was called'))
    await expect(call).rejects.toMatchObject({ code: 'CIRCUIT_OPEN', retryAfterMs: 45_000, message: 'the peer failed 5 times in a row. It is not asked again for 45 s.' })
    expect(breaker.stats()).toEqual({ state: 'open', failures: 5, successes: 0, running: 0, retryAfterMs: 45_000, total: { succeeded: 0, failed: 5, refused: 1, opened: 1 } })
  })

  test('on trial lets three calls run at a time', () => {
    const { breaker, pass } = create()
    fail(breaker, 5)
    pass(MINUTE)
    const trials = [breaker.acquire(), breaker.acquire(), breaker.acquire()]
    expect(isRefused(breaker)).toBe(true)
    trials[0]?.released()
    expect(isRefused(breaker)).toBe(false)
  })

  test('is not closed, and not opened once more, by calls of an earlier time', () => {
    const { breaker, pass } = create()
    const old = Array.from({ length: 8 }, () => breaker.acquire())
    fail(breaker, 5)
    for (const permit of old.slice(0, 3)) permit.failed()
    expect(breaker.stats().total.opened).toBe(1)
    pass(MINUTE)
    const trial = breaker.acquire()
    for (const permit of old.slice(3, 6)) permit.succeeded()
    old[6]?.failed()
    expect(breaker.stats()).toMatchObject({ state: 'half-open', successes: 0, running: 2 })
    trial.succeeded()
    expect(breaker.stats().successes).toBe(1)
  })

  test('counts a call once', () => {
    const { breaker } = create()
    const permit = breaker.acquire()
    for (let time = 0; time < 9; time++) permit.failed()
    permit.succeeded()
    expect(breaker.stats()).toMatchObject({ state: 'closed', failures: 1, running: 0 })
  })

  test('stays open no longer than its cool-down when the clock is set back', () => {
    const { breaker, clock, pass } = create()
    pass(10 * MINUTE)
    fail(breaker, 5)
    clock.time = 0
    expect(breaker.stats().retryAfterMs).toBe(MINUTE)
    pass(MINUTE)
    expect(isRefused(breaker)).toBe(false)
  })

  test('counts what it is told to count, and hands on what was thrown', async () => {
    const breaker = new CircuitBreaker({ isFailure: (error) => !(error instanceof TypeError) })
    const throwing = (error: Error): Promise<never> => breaker.execute(() => Promise.reject(error))
    for (let call = 0; call < 9; call++) await expect(throwing(new TypeError('mine'))).rejects.toThrow(TypeError)
    expect(breaker.state).toBe('closed')
    for (let call = 0; call < 5; call++) await expect(throwing(new Error('theirs'))).rejects.toThrow('theirs')
    expect(breaker.state).toBe('open')
    expect(await new CircuitBreaker().execute(() => Promise.resolve(7))).toBe(7)
  })

  test('tells its states to whoever watches, also when another listener throws', () => {
    const { breaker, pass } = create()
    const seen: CircuitState[] = []
    breaker.watch(() => { throw new Error('a listener of somebody else') })
    const stop = breaker.watch(({ state }) => seen.push(state))
    fail(breaker, 5)
    pass(MINUTE)
    succeed(breaker, 3)
    stop()
    fail(breaker, 5)
    expect(seen).toEqual(['open', 'half-open', 'closed'])
  })
})

/** The table of the breaker's documentation, in the plainest words: every call knows the visit of a state that it began in. */
class Model {
  state: CircuitState = 'closed'
  visit = { calls: 0, inARow: 0, successes: 0 }
  openedAt = 0
  readonly policy: CircuitBreakerPolicy

  constructor(policy: CircuitBreakerPolicy) {
    this.policy = policy
  }

  go(state: CircuitState, now: number): void {
    this.state = state
    this.visit = { calls: 0, inARow: 0, successes: 0 }
    if (state === 'open') this.openedAt = now
  }

  begin(now: number): Model['visit'] | undefined {
    if (this.state === 'open' && now - this.openedAt >= this.policy.cooldownMs) this.go('half-open', now)
    if (this.state === 'open' || (this.state === 'half-open' && this.visit.calls >= this.policy.halfOpenMaxCalls)) return undefined
    this.visit.calls++
    return this.visit
  }

  end(visit: Model['visit'], result: 'succeeded' | 'failed' | 'released', now: number): void {
    if (visit !== this.visit) return
    visit.calls--
    if (result === 'succeeded') {
      visit.inARow = 0
      if (this.state === 'half-open' && ++visit.successes === this.policy.successThreshold) this.go('closed', now)
    } else if (result === 'failed' && (this.state === 'half-open' || ++visit.inARow === this.policy.failureThreshold)) this.go('open', now)
  }
}

test('any interleaving of calls, results and time does what the table says', () => {
  const actions = oneof(
    record({ kind: constantFrom('begin' as const) }),
    record({ kind: constantFrom('end' as const), which: integer({ min: 0, max: 9 }), result: constantFrom('succeeded' as const, 'failed' as const, 'failed' as const, 'released' as const) }),
    record({ kind: constantFrom('pass' as const), ms: integer({ min: 0, max: 120 }) }),
  )
  const policies = record({
    failureThreshold: integer({ min: 1, max: 4 }), successThreshold: integer({ min: 1, max: 4 }), cooldownMs: integer({ min: 1, max: 150 }), halfOpenMaxCalls: integer({ min: 1, max: 4 }),
  })
  assert(
    property(policies, array(actions, { maxLength: 200 }), (policy, script) => {
      const clock = new TestClock()
      const breaker = new CircuitBreaker({ policy, clock })
      const model = new Model(policy)
      const running: { permit: CircuitPermit; visit: Model['visit'] }[] = []
      for (const action of script) {
        if (action.kind === 'pass') clock.time += action.ms
        else if (action.kind === 'end') {
          const [call] = running.splice(action.which % Math.max(1, running.length), 1)
          call?.permit[action.result]()
          if (call) model.end(call.visit, action.result, clock.time)
        } else {
          const visit = model.begin(clock.time)
          if (visit === undefined) expect(() => breaker.acquire()).toThrow(CircuitOpenError)
          else running.push({ permit: breaker.acquire(), visit })
        }
        expect(breaker.stats()).toMatchObject({ state: model.state, running: running.length })
      }
    }),
    { numRuns: 500 },
  )
})

test('the defaults are five failures, a minute, three calls on trial and three successes', () => {
  expect(new CircuitBreaker().policy).toEqual(DEFAULT_CIRCUIT_BREAKER)
  expect(DEFAULT_CIRCUIT_BREAKER).toEqual({ failureThreshold: 5, successThreshold: 3, cooldownMs: 60_000, halfOpenMaxCalls: 3 })
})
