/**
 * Two sides that edit one plan, and what has to come of it. The expectation is made from the list of edits alone, cell by
 * cell; it shares no code with the merge.
 */
import type { Microstep, Plan } from '../src/domain/plans/types.ts'
import { samplePlan } from './sample-plan.ts'

/** An edit of one cell of one microstep. */
type Edit =
  | { op: 'set'; id: string; field: string; value: unknown }
  | { op: 'label'; id: string; label: string }
  | { op: 'depend'; id: string; other: string }
  | { op: 'move'; id: string; to: string }
  | { op: 'reorder'; id: string }
  | { op: 'add'; id: string; to: string; title: string }
  | { op: 'remove'; id: string }

export interface Scenario {
  base: Plan
  local: Plan
  remote: Plan
  /** What each side must hold after the merge: for each microstep its step and its fields. */
  expected: { local: Cells; remote: Cells }
  /** `kind id field` of every conflict that has to be reported. */
  conflicts: Set<string>
}

/** A microstep by its id: the step it lies in, and its fields with lists sorted. */
export type Cells = Map<string, Record<string, unknown>>

/** mulberry32: the same numbers for the same seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (((t ^ (t >>> 14)) >>> 0) / 4294967296 * below) | 0
  }
}

/** The sample plan without dependencies between containers: with these hardly any move would be valid. */
function basePlan(microsteps: number): Plan {
  const plan = samplePlan(microsteps)
  for (const milestone of plan.milestones) {
    delete milestone.dependsOn
    for (const step of milestone.steps ?? []) delete step.dependsOn
  }
  return plan
}

const CONFLICTS_EACH = 10

/** Each side makes `edits` edits; of each kind of conflict there are ten pairs among them. */
export function mergeScenario(microsteps: number, edits: number, seed = 1): Scenario {
  const base = basePlan(microsteps)
  const random = randomNumbers(seed)
  const steps = base.milestones.flatMap((milestone) => milestone.steps ?? [])
  const unused = steps.flatMap((step) => (step.microsteps ?? []).map(({ id }) => id))
  const depended = new Set(steps.flatMap((step) => (step.microsteps ?? []).flatMap((item) => item.dependsOn ?? [])))
  const parents = new Map(steps.flatMap((step) => (step.microsteps ?? []).map((item) => [item.id, step.id] as const)))
  /** An item that no edit has touched yet. */
  const take = (isFit: (id: string) => boolean = () => true): string => {
    for (;;) {
      const at = random(unused.length)
      const id = unused[at]!
      if (!isFit(id)) continue
      unused[at] = unused.at(-1)!
      unused.pop()
      return id
    }
  }
  const anotherStep = (id: string, not?: string): string => {
    const step = steps[random(steps.length)]!.id
    return step === parents.get(id) || step === not ? anotherStep(id, not) : step
  }
  const isLeaf = (id: string): boolean => !depended.has(id)
  const pairs = conflictingPairs(take, isLeaf, anotherStep)
  const alone = (side: string): Edit[] => Array.from({ length: edits - pairs.length }, (_, n) => loneEdit(n, `${side}-${n}`, random, take, isLeaf, anotherStep))
  const local = { lone: alone('local'), paired: pairs.map((pair) => pair.local) }
  const remote = { lone: alone('remote'), paired: pairs.map((pair) => pair.remote) }
  const lone = [...local.lone, ...remote.lone]
  return {
    base,
    local: edited(base, [...local.lone, ...local.paired]),
    remote: edited(base, [...remote.lone, ...remote.paired]),
    expected: { local: cellsOf(edited(base, [...lone, ...local.paired])), remote: cellsOf(edited(base, [...lone, ...remote.paired])) },
    conflicts: new Set(pairs.flatMap((pair) => pair.conflicts)),
  }
}

type Take = (isFit?: (id: string) => boolean) => string
type OtherStep = (id: string, not?: string) => string

function loneEdit(n: number, mark: string, random: (below: number) => number, take: Take, isLeaf: (id: string) => boolean, anotherStep: OtherStep): Edit {
  const kind = n % 20
  if (kind < 3) return { op: 'set', id: take(), field: 'title', value: `Title ${mark}` }
  if (kind < 7) return { op: 'set', id: take(), field: 'status', value: ['in_progress', 'in_review', 'blocked'][random(3)]! }
  if (kind < 9) return { op: 'set', id: take(), field: 'assignee', value: mark }
  if (kind < 10) return { op: 'set', id: take(), field: 'estimate', value: { optimistic: 2, likely: 3, pessimistic: 9 } }
  if (kind < 11) return { op: 'label', id: take(), label: mark }
  if (kind < 12) return { op: 'reorder', id: take() }
  if (kind < 16) return moveOf(take(), anotherStep)
  if (kind < 17) return { op: 'remove', id: take(isLeaf) }
  if (kind < 19) return { op: 'add', id: `new-${mark}`, to: anotherStep(''), title: `Added ${mark}` }
  // Only on items that come earlier in the plan, so that no two of these close a cycle.
  const id = take((candidate) => Number(candidate.slice(2)) > 100)
  return { op: 'depend', id, other: take((candidate) => Number(candidate.slice(2)) < Number(id.slice(2))) }
}

const moveOf = (id: string, anotherStep: OtherStep, not?: string): Edit & { op: 'move' } => ({ op: 'move', id, to: anotherStep(id, not) })

interface Pair {
  local: Edit
  remote: Edit
  conflicts: string[]
}

function conflictingPairs(take: Take, isLeaf: (id: string) => boolean, anotherStep: OtherStep): Pair[] {
  const many = (make: (n: number) => Pair): Pair[] => Array.from({ length: CONFLICTS_EACH }, (_, n) => make(n))
  const oneOfBoth = (n: number, a: Edit, b: Edit, ...conflicts: string[]): Pair => (n % 2 === 0 ? { local: a, remote: b, conflicts } : { local: b, remote: a, conflicts })
  return [
    ...many((n) => {
      const id = take()
      return oneOfBoth(n, { op: 'set', id, field: 'title', value: 'One' }, { op: 'set', id, field: 'title', value: 'Two' }, `field ${id} title`)
    }),
    ...many((n) => {
      const id = take(isLeaf)
      return oneOfBoth(n, { op: 'set', id, field: 'notes', value: 'kept?' }, { op: 'remove', id }, `edit-delete ${id} `)
    }),
    ...many((n) => {
      const id = take(isLeaf)
      return oneOfBoth(n, moveOf(id, anotherStep), { op: 'remove', id }, `move-delete ${id} `)
    }),
    ...many((n) => {
      const id = take()
      const move = moveOf(id, anotherStep)
      return oneOfBoth(n, move, moveOf(id, anotherStep, move.to), `move-move ${id} `)
    }),
    ...many((n) => oneOfBoth(n, { op: 'add', id: `both-${n}`, to: anotherStep(''), title: 'One' }, { op: 'add', id: `both-${n}`, to: anotherStep(''), title: 'Two' }, `add-add both-${n} `)),
    ...many((n) => {
      // First in their steps: they depend on nothing, and only their own chain depends on them.
      const isFirst = (candidate: string): boolean => Number(candidate.slice(2)) % 20 === 1
      const [id, other] = [take(isFirst), take(isFirst)]
      return oneOfBoth(n, { op: 'depend', id, other }, { op: 'depend', id: other, other: id }, `cycle ${id} dependsOn`, `cycle ${other} dependsOn`)
    }),
  ]
}

/** The plan with edits made to its document, by plain means. */
function edited(base: Plan, edits: readonly Edit[]): Plan {
  const plan = structuredClone(base)
  const steps = new Map(plan.milestones.flatMap((milestone) => milestone.steps ?? []).map((step) => [step.id, step]))
  const home = new Map([...steps.values()].flatMap((step) => (step.microsteps ?? []).map((item) => [item.id, step] as const)))
  const itemOf = (id: string): Microstep => home.get(id)!.microsteps!.find((item) => item.id === id)!
  const takeOut = (id: string): Microstep => {
    const list = home.get(id)!.microsteps!
    return list.splice(list.findIndex((item) => item.id === id), 1)[0]!
  }
  const put = (item: Microstep, step: string): void => {
    const target = steps.get(step)!
    target.microsteps!.splice(item.title.length % (target.microsteps!.length + 1), 0, item)
    home.set(item.id, target)
  }
  for (const edit of edits) {
    if (edit.op === 'set') Object.assign(itemOf(edit.id), { [edit.field]: edit.value })
    else if (edit.op === 'label') (itemOf(edit.id).labels ??= []).push(edit.label)
    else if (edit.op === 'depend') (itemOf(edit.id).dependsOn ??= []).push(edit.other)
    else if (edit.op === 'move') put(takeOut(edit.id), edit.to)
    else if (edit.op === 'reorder') put(takeOut(edit.id), home.get(edit.id)!.id)
    else if (edit.op === 'add') put({ id: edit.id, title: edit.title }, edit.to)
    else takeOut(edit.id)
  }
  return plan
}

/** Reads a plan into cells; the order of siblings and of lists is not part of them. */
export function cellsOf(plan: Plan): Cells {
  const cells: Cells = new Map()
  for (const milestone of plan.milestones) {
    for (const step of milestone.steps ?? []) {
      for (const { id, ...fields } of step.microsteps ?? []) {
        cells.set(id, { ...fields, step: step.id, labels: fields.labels?.toSorted(), dependsOn: fields.dependsOn?.toSorted() })
      }
    }
  }
  return cells
}
