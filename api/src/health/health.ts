/** The state of the server and of what it needs and uses; each probe has a time limit, so that the answer always comes. */
import type { HealthReport, HealthTarget } from '@buildrunner/schema/context'
import { DEFAULT_OPERATOR_POLICY } from '@buildrunner/schema/shared/operator-policy'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import type { CircuitBreaker } from '@buildrunner/sdk/resilience'
import type pg from 'pg'
import type { Failover } from '../database/failover.ts'
import type { MigrationStatus } from '../database/migrations.ts'
import { httpProbe } from './http-probe.ts'
import type { ProbeAddress } from './http-probe.ts'
import { createTarget } from './target.ts'
import type { Target } from './target.ts'

/** Outside systems that are asked whether they are there, beside what the server itself needs. */
export interface ProbedSystems {
  readonly modelProviders: readonly ProbeAddress[]
  readonly issueTrackers: readonly ProbeAddress[]
  readonly designProviders: readonly ProbeAddress[]
}

export const NO_SYSTEMS: ProbedSystems = { modelProviders: [], issueTrackers: [], designProviders: [] }

export interface HealthOptions {
  readonly version: string
  /** Of the primary, and of the replica while that is away. */
  readonly pool: pg.Pool
  readonly failover?: Failover | undefined
  readonly migrations: () => Promise<MigrationStatus>
  readonly redis: { ping(): Promise<void> } | null
  readonly mail?: { verify(): Promise<void>; readonly breaker: CircuitBreaker } | undefined
  readonly systems?: ProbedSystems | undefined
  readonly operator?: OperatorPolicy | undefined
  /** Default: the machine's. */
  readonly now?: () => number
}

/** Of the database and Redis: a second at a time, for whoever balances load wants to know now. */
const NEAR_MS = 1_000
/** Of systems elsewhere. */
const FAR_MS = 30_000

const describe = (status: MigrationStatus): string | null =>
  status.state === 'current' ? null : `${status.state}${status.pending.length > 0 ? `: ${status.pending.join(', ')} pending` : ''}`

function createTargets({ pool, failover, redis, mail, systems = NO_SYSTEMS, operator = DEFAULT_OPERATOR_POLICY, now }: HealthOptions): Target[] {
  const policy = operator.circuitBreaker
  // what the server cannot do without is asked again at once: nothing else would find out that it is back
  const near = { policy: { ...policy, cooldownMs: Math.min(policy.cooldownMs, NEAR_MS) }, freshMs: NEAR_MS, ...(now && { now }) }
  const far = { policy, freshMs: FAR_MS, ...(now && { now }) }
  const ask = (over: pg.Pool) => () => over.query('SELECT 1')
  const onPrimary = failover === undefined ? ask(pool) : () => failover.onPrimary(ask(pool))
  const outside = (kind: Target['kind'], fallback: string, addresses: readonly ProbeAddress[]): Target[] =>
    addresses.length === 0 ? [createTarget({ name: fallback, kind, probe: undefined, ...far })] : addresses.map((address) => createTarget({ name: address.host, kind, probe: httpProbe(address), ...far }))
  return [
    createTarget({ name: 'database', kind: 'DATABASE', probe: onPrimary, ...near }),
    createTarget({ name: 'database replica', kind: 'DATABASE_REPLICA', probe: failover && ask(failover.replica), ...near }),
    createTarget({ name: 'redis', kind: 'REDIS', probe: redis === null ? undefined : () => redis.ping(), ...near }),
    createTarget({ name: 'mail', kind: 'MAIL', probe: mail && (() => mail.verify()), breaker: mail?.breaker, ...far }),
    ...outside('MODEL_PROVIDER', 'model provider', systems.modelProviders),
    ...outside('ISSUE_TRACKER', 'issue tracker', systems.issueTrackers),
    ...outside('DESIGN_PROVIDER', 'design provider', systems.designProviders),
  ]
}

/** As the fields that stand for one system say it. */
const inWords = ({ status, message }: HealthTarget): string => (status === 'OK' ? 'ok' : status === 'NOT_CONFIGURED' ? 'not configured' : (message ?? 'unreachable'))

export function createHealth(options: HealthOptions): () => Promise<HealthReport> {
  const targets = createTargets(options)
  const migrations = createTarget({
    name: 'migrations', kind: 'DATABASE', policy: DEFAULT_OPERATOR_POLICY.circuitBreaker, freshMs: 0, ...(options.now && { now: options.now }),
    async probe() {
      const fault = describe(await options.migrations())
      if (fault !== null) throw new Error(fault)
    },
  })
  return async () => {
    const [migrated, ...checked] = await Promise.all([migrations.check(), ...targets.map((target) => target.check())])
    const stateOf = (kind: Target['kind']): string => inWords(checked.find((target) => target.kind === kind) as HealthTarget)
    const mode = options.failover?.mode === 'read-only' ? 'READ_ONLY' : 'NORMAL'
    const down = migrated.status !== 'OK' || (stateOf('DATABASE') !== 'ok' && mode === 'NORMAL')
    const degraded = mode === 'READ_ONLY' || checked.some(({ status }) => status === 'FAILING')
    return {
      status: down ? 'down' : degraded ? 'degraded' : 'ok', version: options.version, database: stateOf('DATABASE'), redis: stateOf('REDIS'), migrations: inWords(migrated),
      mode, targets: checked,
    }
  }
}
