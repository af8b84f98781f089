/**
 * The forecast of a 10,000-item plan in 10,000 simulations, with its history, against the one second of CPU that it may take: of ordinary
 * work, and of the slowest there can be, where every simulation runs to the horizon of ten years.
 */
import { forecastOf, trackMicrosteps, type PlannedMicrostep, type StatusChange } from '../src/domain/flow/index.ts'
import { flattenPlan } from '../src/domain/plans/flat.ts'
import type { BenchResult } from './result.ts'
import { samplePlan } from './sample-plan.ts'

const MICROSTEPS = 10_000
const ROUNDS = 5
const LIMIT_MS = 1000
const DAY_MS = 86_400_000
const NOW = Date.parse('2026-11-20T12:00:00Z')

const at = (day: number): string => new Date(NOW - day * DAY_MS).toISOString()

/** Finished microsteps, spread over the past days; the others are left. */
function history(finished: number, days: number): { planned: PlannedMicrostep[]; changes: StatusChange[] } {
  const { items } = flattenPlan(samplePlan(MICROSTEPS))
  const planned: PlannedMicrostep[] = []
  const changes: StatusChange[] = []
  for (const { id, kind, fields, parentId } of items.values()) {
    if (kind !== 'microstep') continue
    const isDone = planned.length < finished
    planned.push({ id, key: id, title: fields.title, milestone: items.get(parentId!)!.parentId, phase: null, status: isDone ? 'done' : 'todo', createdAt: at(days) })
    if (!isDone) continue
    const day = 1 + (planned.length % (days - 1))
    changes.push({ id, key: id, from: 'todo', to: 'in_progress', at: at(day + 0.5) }, { id, key: id, from: 'in_progress', to: 'done', at: at(day) })
  }
  return { planned, changes }
}

function millisecondsOf(finished: number, days: number): number {
  const { planned, changes } = history(finished, days)
  const milestones = [...new Set(planned.map(({ milestone }) => milestone!))].map((key) => ({ key, title: key, dueDate: '2027-06-01' }))
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage()
    const { simulations } = forecastOf(trackMicrosteps(planned, changes), milestones, NOW)
    if (simulations !== 10_000) throw new Error(`${simulations} simulations`)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
}

export default function forecastBench(): Promise<BenchResult[]> {
  const result = (what: string, ms: number): BenchResult => ({ what, baseline: 'one second of CPU', ratio: ms / LIMIT_MS, bar: 1, detail: `${ms.toFixed(0)} ms, 10,000 microsteps, 10,000 simulations` })
  return Promise.resolve([
    result('forecast: a third was done in 90 days', millisecondsOf(MICROSTEPS / 3, 90)),
    result('forecast: so slow that every simulation runs to the horizon', millisecondsOf(20, 90)),
  ])
}
