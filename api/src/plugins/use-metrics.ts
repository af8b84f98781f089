/** Counts and times operations for `/metrics`, in Prometheus' text format. */
import { getOperationAST } from 'graphql'
import type { DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type pg from 'pg'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** One figure of several. */
export interface Labelled {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Metrics {
  readonly registry: Registry
  readonly plugin: Plugin
  /** Adds a figure that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void
  /** The same, of several things: each with its labels. */
  gauges(name: string, help: string, labelNames: readonly string[], read: () => Promise<readonly Labelled[]>): void
  close(): void
}

export function createMetrics(pool: pg.Pool): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const operations = new Counter({ name: 'buildrunner_graphql_operations_total', help: 'GraphQL operations by type and outcome.', labelNames: ['type', 'outcome'], registers: [registry] })
  const seconds = new Histogram({
    name: 'buildrunner_graphql_operation_seconds', help: 'Time from execution to result, by operation type.', labelNames: ['type'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5], registers: [registry],
  })
  const gauge: Metrics['gauge'] = (name, help, read) => {
    new Gauge({
      name, help, registers: [registry],
      async collect() {
        this.set(await read())
      },
    })
  }
  const gauges: Metrics['gauges'] = (name, help, labelNames, read) => {
    new Gauge({
      name, help, labelNames: [...labelNames], registers: [registry],
      async collect() {
        this.reset()
        for (const { labels, value } of await read()) this.set({ ...labels }, value)
      },
    })
  }
  gauge('buildrunner_database_connections', 'Open database connections.', () => pool.totalCount)
  gauge('buildrunner_database_connections_idle', 'Open database connections that wait for work.', () => pool.idleCount)
  gauge('buildrunner_database_waiting', 'Requests that wait for a database connection.', () => pool.waitingCount)
  const plugin: Plugin = {
    onExecute({ args }) {
      const started = performance.now()
      const type = getOperationAST(args.document as DocumentNode, args.operationName)?.operation ?? 'unknown'
      return {
        onExecuteDone({ result }) {
          const failed = 'errors' in result && result.errors !== undefined && result.errors.length > 0
          operations.inc({ type, outcome: failed ? 'error' : 'ok' })
          seconds.observe({ type }, (performance.now() - started) / 1000)
        },
      }
    },
  }
  return { registry, plugin, gauge, gauges, close: () => registry.clear() }
}
