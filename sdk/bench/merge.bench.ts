/**
 * Merging two edited versions of a 10,000-microstep plan, from stored form to merged stored form, against Yjs doing the
 * same. Ours reads three JSON texts and writes one; Yjs loads both replicas' stored updates into a document and encodes
 * it. The Yjs model is the leanest one that can merge fields: a map per item, every field one plain value in it, and
 * parent and fractional order as fields; it merges no lists and reports no conflicts.
 */
import { isDeepStrictEqual } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { generateNKeysBetween } from 'fractional-indexing'
import * as Y from 'yjs'
import { flattenPlan, unflattenPlan } from '../src/domain/plans/flat.ts'
import { mergePlans } from '../src/domain/plans/merge.ts'
import type { FlatPlan, Plan } from '../src/domain/plans/types.ts'
import { cellsOf, mergeScenario, type Cells, type Scenario } from './merge-scenario.ts'
import type { BenchResult } from './result.ts'

const MICROSTEPS = 10_000
const EDITS = 500
const ROUNDS = 15
const BAR = 0.5

const read = (text: string): FlatPlan => flattenPlan(JSON.parse(text) as Plan)

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** CPU milliseconds of the process, threads of the garbage collector included; what others left behind is collected before. */
function cpuOf(run: () => unknown): number {
  collectGarbage()
  const before = process.cpuUsage()
  run()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** How many cells differ from what was expected. */
function wrongCells(actual: Cells, expected: Cells): number {
  let wrong = 0
  for (const id of new Set([...actual.keys(), ...expected.keys()])) if (!isDeepStrictEqual(actual.get(id), expected.get(id))) wrong++
  return wrong
}

function checkMerge(scenario: Scenario): { wrong: number; missed: number; spurious: number } {
  const result = mergePlans({ base: flattenPlan(scenario.base), local: flattenPlan(scenario.local), remote: flattenPlan(scenario.remote) })
  const reported = new Set(result.conflicts.map(({ kind, id, field }) => `${kind} ${id} ${field ?? ''}`))
  return {
    wrong: wrongCells(cellsOf(unflattenPlan(result.local)), scenario.expected.local) + wrongCells(cellsOf(unflattenPlan(result.remote)), scenario.expected.remote),
    missed: [...scenario.conflicts].filter((conflict) => !reported.has(conflict)).length,
    spurious: [...reported].filter((conflict) => !scenario.conflicts.has(conflict)).length,
  }
}

type YItems = Y.Map<Y.Map<unknown>>

/** Brings a document to a plan's state by setting what differs, as an editor would have done. */
function writeYjs(doc: Y.Doc, plan: FlatPlan): void {
  const items: YItems = doc.getMap('items')
  doc.transact(() => {
    for (const id of [...items.keys()]) if (!plan.items.has(id)) items.delete(id)
    for (const [parentId, list] of plan.children) {
      const orders = siblingOrders(items, parentId, list)
      for (const id of list) writeYjsItem(items, id, { ...plan.items.get(id)!.fields, kind: plan.items.get(id)!.kind, parent: parentId, order: orders.get(id)! })
    }
  })
}

/** Siblings that are in order keep their key; each other one gets a key between its neighbours. */
function siblingOrders(items: YItems, parentId: string | null, list: readonly string[]): Map<string, string> {
  const orders = new Map<string, string>()
  const known = list.map((id) => (items.get(id)?.get('parent') === parentId ? (items.get(id)!.get('order') as string) : undefined))
  let last: string | null = null
  list.forEach((id, at) => {
    const next = known.slice(at + 1).find((order) => order !== undefined && (last === null || order > last)) ?? null
    const own = known[at]
    const isInOrder = own !== undefined && (last === null || own > last) && (next === null || own < next)
    last = isInOrder ? own : generateNKeysBetween(last, next, 1)[0]!
    orders.set(id, last)
  })
  return orders
}

function writeYjsItem(items: YItems, id: string, fields: Record<string, unknown>): void {
  let item = items.get(id)
  if (item === undefined) items.set(id, (item = new Y.Map()))
  for (const key in fields) if (!isDeepStrictEqual(item.get(key), fields[key])) item.set(key, fields[key])
  for (const key of [...item.keys()]) if (!(key in fields)) item.delete(key)
}

/** The stored updates of two replicas that started from the same document. */
function yjsUpdates(scenario: Scenario): { local: Uint8Array; remote: Uint8Array } {
  const base = new Y.Doc()
  writeYjs(base, flattenPlan(scenario.base))
  const stored = Y.encodeStateAsUpdate(base)
  const replica = (plan: Plan): Uint8Array => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, stored)
    writeYjs(doc, flattenPlan(plan))
    return Y.encodeStateAsUpdate(doc)
  }
  return { local: replica(scenario.local), remote: replica(scenario.remote) }
}

function mergeYjs(updates: { local: Uint8Array; remote: Uint8Array }): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, updates.local)
  Y.applyUpdate(doc, updates.remote)
  return Y.encodeStateAsUpdate(doc)
}

export default async function mergeBench(): Promise<BenchResult[]> {
  const scenario = mergeScenario(MICROSTEPS, EDITS)
  const { wrong, missed, spurious } = checkMerge(scenario)
  if (wrong + missed + spurious > 0) throw new Error(`the merge is wrong: ${wrong} cells, ${missed} conflicts missed, ${spurious} reported without cause`)
  const texts = { base: JSON.stringify(scenario.base), local: JSON.stringify(scenario.local), remote: JSON.stringify(scenario.remote) }
  const updates = yjsUpdates(scenario)
  const ours = (): string => JSON.stringify(unflattenPlan(mergePlans({ base: read(texts.base), local: read(texts.local), remote: read(texts.remote) }).local))
  const costs = { ours: [] as number[], yjs: [] as number[] }
  for (let round = -3; round < ROUNDS; round++) {
    const [own, yjs] = [cpuOf(ours), cpuOf(() => mergeYjs(updates))]
    // The first rounds warm up.
    if (round < 0) continue
    costs.ours.push(own)
    costs.yjs.push(yjs)
  }
  const [own, yjs] = [median(costs.ours), median(costs.yjs)]
  return [{
    what: `merge ${MICROSTEPS} microsteps, ${EDITS} edits a side`,
    baseline: 'Yjs: load two replicas, encode',
    ratio: own / yjs,
    bar: BAR,
    detail: `${own.toFixed(0)} ms against ${yjs.toFixed(0)} ms of CPU; 0 wrong, ${scenario.conflicts.size} conflicts, all reported`,
  }]
}
