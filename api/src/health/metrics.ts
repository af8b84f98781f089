/** The health as figures of `/metrics`. Whoever collects them asks the systems, as whoever asks for the health does. */
import type { HealthReport, HealthTarget } from '@buildrunner/schema/context'
import type { Metrics } from '../plugins/use-metrics.ts'

const STATES = { closed: 0, 'half-open': 1, open: 2 } as const

export function measureHealth(metrics: Pick<Metrics, 'gauge' | 'gauges'>, health: () => Promise<HealthReport>): void {
  const each = (read: (target: HealthTarget) => number | null) => async () => {
    const { targets } = await health()
    return targets.flatMap((target) => {
      const value = read(target)
      return target.status === 'NOT_CONFIGURED' || value === null ? [] : [{ labels: { name: target.name, kind: target.kind.toLowerCase() }, value }]
    })
  }
  metrics.gauge('buildrunner_read_only', '1 while the primary database is away and queries are answered from its replica.', async () => ((await health()).mode === 'READ_ONLY' ? 1 : 0))
  metrics.gauges('buildrunner_health_up', 'Whether a system that the server needs or uses answers: 1 or 0.', ['name', 'kind'], each(({ status }) => (status === 'OK' ? 1 : 0)))
  metrics.gauges('buildrunner_health_latency_ms', 'How long it took to answer, where it did.', ['name', 'kind'], each(({ latencyMs }) => latencyMs))
  metrics.gauges('buildrunner_circuit_state', 'Its circuit breaker: 0 closed, 1 half-open, 2 open.', ['name', 'kind'], each(({ breaker }) => breaker && STATES[breaker.state]))
}
