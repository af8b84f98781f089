/** 500 edits of the text of a 10,000-microstep plan, formatting kept, against reading the plan and writing it all anew. */
import { applyChangesToText } from '../src/domain/plans/edit.ts'
import type { Microstep, PlanChange } from '../src/domain/plans/types.ts'
import type { BenchResult } from './result.ts'
import { samplePlan } from './sample-plan.ts'

const MICROSTEPS = 10_000
const EDITS = 500
const ROUNDS = 7

/** Updates, moves to other steps, additions and removals, spread over the whole plan. */
function changes(): PlanChange[] {
  const stride = MICROSTEPS / EDITS
  return Array.from({ length: EDITS }, (_, index): PlanChange => {
    const id = `T-${index * stride + (index % stride)}`
    const parentId = `S-${(index * 7) % (MICROSTEPS / 20)}`
    if (index % 5 === 0) return { op: 'move', id, parentId, after: null }
    if (index % 5 === 1) return { op: 'add', kind: 'microstep', parentId, after: null, item: { id: `N-${index}`, title: 'New' } satisfies Microstep }
    if (index % 5 === 2) return { op: 'remove', id }
    return { op: 'update', id, set: { status: 'in_review', labels: ['backend', 'late'], notes: `Edit ${index}` } }
  })
}

function cpuOf(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
}

export default async function editBench(): Promise<BenchResult[]> {
  const text = JSON.stringify(samplePlan(MICROSTEPS), null, 2)
  const batch = changes()
  const bare = cpuOf(() => JSON.stringify(JSON.parse(text), null, 2))
  const edited = cpuOf(() => applyChangesToText(text, batch))
  return [{
    what: '500 edits of the text of 10,000 microsteps',
    baseline: 'JSON.parse and JSON.stringify',
    ratio: edited / bare,
    bar: 4,
    detail: `${edited.toFixed(0)} ms against ${bare.toFixed(0)} ms of CPU, ${(text.length / 1e6).toFixed(1)} MB`,
  }]
}
