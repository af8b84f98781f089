/**
 * A dry run: what a policy would have said of what happened already. It walks the events forward once, over one plan that is
 * changed in place, and keeps counts and a few samples; the length of the history costs time, not memory.
 */
import { isEqual } from '../plans/equal.ts'
import type { FlatPlan, ItemFields, PlanChange } from '../plans/types.ts'
import { POLICY_EVENTS, actionsOf } from './actions.ts'
import { Scope } from './cel.ts'
import { Compiled, judge, needsOf, verdictOf } from './compile.ts'
import type { CompiledRule } from './compile.ts'
import type { ActorFacts, ChangeFacts, ItemFacts, PolicyFacts, ProjectFacts } from './facts.ts'
import { MovingPlan, milestoneOf } from './moving-plan.ts'
import type { AskedPlaces, MovingItem } from './moving-plan.ts'
import type { CompiledPolicy, Effect, PhaseGate } from './types.ts'

/** One event of a project's log. */
export interface PastEvent {
  /** Its number in the log. */
  readonly sequence: number
  /** `plan.changed`, `comment.added`, ... */
  readonly kind: string
  /** When it happened: `time` of the facts. */
  readonly at: Date
  /** With name, address and teams, where the policy asks for them. */
  readonly actor: ActorFacts
  /** What was asked for, as the audit log names it. Default: what the kind of event stands for. */
  readonly action?: string | undefined
  /** Of `plan.changed`. */
  readonly changes?: readonly PlanChange[] | undefined
}

/** What a policy is run over. */
export interface SimulationOptions {
  /** The same for every event. */
  readonly project: ProjectFacts
  /** The plan before the first event. */
  readonly plan: FlatPlan
  /** In the order of the log, a page at a time. */
  readonly events: AsyncIterable<readonly PastEvent[]>
  /**
   * How many hits of each rule are told one by one; all are counted.
   * @defaultValue 20
   */
  readonly samples?: number
}

/** A write that a rule would have met. */
export interface SimulatedHit {
  /** Of the event. */
  readonly sequence: number
  /** Of the event. */
  readonly at: Date
  /** Who made the event. */
  readonly actorId: string
  /** Id after the event, or the last one of an item that was removed; of a gate the milestone. Null: no item was changed. */
  readonly itemId: string | null
  /** What people would have been told, with facts filled in; of a gate which milestone entered which phase. */
  readonly message: string
}

/** What one rule or gate would have done. */
export interface SimulatedRule {
  /** Of a gate: `phase:` and the phase. */
  readonly ruleId: string
  /** In the policy's file; one-based. */
  readonly line: number
  /** Of a gate: `block` where it asks for criteria or previews, else `require_approval`. */
  readonly effect: Effect
  /** Changed items, or other writes, that it would have met; of a gate how often its phase was entered. */
  readonly hits: number
  /** The first hits, as many as the options ask for. */
  readonly samples: readonly SimulatedHit[]
  /** What the log does not tell of the past, so that the rule could not be judged; `hits` is then 0, but for a gate. */
  readonly unknown: readonly ('evidence' | 'comments')[]
}

/** What a dry run found. */
export interface Simulation {
  /** Events that were walked through. */
  readonly events: number
  /** Changed items and other writes that the policy was asked about. */
  readonly writes: number
  /** Writes that at least one rule would have refused, or held back for approval. */
  readonly stopped: number
  /** In the order of the policy, gates last. */
  readonly rules: readonly SimulatedRule[]
}

const DEFAULT_SAMPLES = 20

/**
 * Runs a policy over past events.
 *
 * @remarks Evidence and comments of the past are not in the log: rules that speak of them are listed with `unknown`, not judged.
 * @example
 * ```ts
 * const { rules } = await simulatePolicy(compilePolicy(policy), { project, plan, events })
 * ```
 */
export async function simulatePolicy(compiled: CompiledPolicy, options: SimulationOptions): Promise<Simulation> {
  if (!(compiled instanceof Compiled)) throw new TypeError('compilePolicy makes what can be simulated')
  const walk = new Walk(compiled, options)
  for await (const page of options.events) for (const event of page) walk.take(event)
  return walk.result()
}

/** A rule while it is counted. */
interface Tally {
  readonly ruleId: string
  readonly line: number
  readonly effect: Effect
  readonly unknown: readonly ('evidence' | 'comments')[]
  hits: number
  readonly samples: SimulatedHit[]
}

/** An item that an event changes, as it was. */
interface Touched {
  readonly item: MovingItem
  readonly isNew: boolean
  readonly fields: ItemFields
  readonly id: string
  readonly parent: MovingItem | null
  readonly before: ItemFacts | undefined
  moved: boolean
}

/** Rules that an action meets and that can be judged, and what they speak of. */
interface Meeting {
  readonly rules: readonly { readonly rule: CompiledRule; readonly tally: Tally }[]
  readonly item: AskedPlaces
  /** One of them speaks of the whole plan. */
  readonly asksWhole: boolean
}

class Walk {
  readonly #compiled: Compiled
  readonly #options: SimulationOptions
  readonly #plan: MovingPlan
  readonly #tallies = new Map<string, Tally>()
  readonly #meetings = new Map<string, Meeting>()
  readonly #gates: ReadonlyMap<string, { gate: PhaseGate; tally: Tally }>
  readonly #samples: number
  readonly #before: AskedPlaces
  #hoursBefore = 0
  #events = 0
  #writes = 0
  #stopped = 0

  constructor(compiled: Compiled, options: SimulationOptions) {
    this.#compiled = compiled
    this.#options = options
    this.#plan = new MovingPlan(options.plan)
    this.#samples = options.samples ?? DEFAULT_SAMPLES
    const { phases } = compiled.policy
    for (const one of compiled.rules) {
      const { rule: { id, line, effect } } = one
      this.#tallies.set(id, { ruleId: id, line, effect, unknown: unknownOf(one), hits: 0, samples: [] })
    }
    this.#gates = new Map(phases.filter(({ require }) => !isEqual(require, { criteria: null, approvals: null, previews: 0 })).map((gate) => [gate.phase, { gate, tally: gateTally(gate) }]))
    this.#before = askedPlaces(needsOf(compiled.rules, false).facts, 'before')
  }

  take(event: PastEvent): void {
    this.#events++
    this.#hoursBefore = this.#plan.totals.plannedHours
    if (event.changes !== undefined && event.changes.length > 0) return this.#takePlan(event, event.changes)
    const actions = event.action === undefined ? (POLICY_EVENTS[event.kind] ?? [event.kind]) : [event.action]
    this.#ask(actions, event, {}, null)
  }

  #takePlan(event: PastEvent, changes: readonly PlanChange[]): void {
    const touched = new Map<MovingItem, Touched>()
    const phases = new Map<MovingItem, string | undefined>()
    for (const change of changes) {
      // what comes to a milestone may begin it
      const parent = 'parentId' in change && change.parentId !== null ? this.#plan.items.get(change.parentId) : undefined
      if (parent !== undefined) this.#notePhase(phases, milestoneOf(parent))
      this.#plan.apply(change, (item, isNew) => {
        if (!isNew) this.#notePhase(phases, milestoneOf(item))
        const known = touched.get(item)
        const one = known ?? { item, isNew, fields: item.fields, id: item.id, parent: item.parent, before: isNew ? undefined : this.#plan.itemFacts(item, this.#before), moved: false }
        one.moved ||= change.op === 'move'
        if (known === undefined) touched.set(item, one)
      })
    }
    const request = event.action ?? 'plan.apply'
    for (const one of touched.values()) this.#askItem(one, event, request)
    const heads = changes.flatMap((change) => (change.op === 'head' ? Object.keys(change.set) : []))
    if (heads.length > 0) this.#ask(actionsOf(request, { op: 'head', kind: null, fields: heads }), event, { change: { op: 'head', fields: heads } }, null)
    if (this.#gates.size > 0) this.#askGates(touched, phases, event)
  }

  #askItem(one: Touched, event: PastEvent, request: string): void {
    const { item, isNew, before } = one
    const isGone = this.#plan.items.get(item.id) !== item
    if (isNew && isGone) return
    const fields = isNew ? Object.keys(item.fields) : isGone ? Object.keys(one.fields) : changedFields(one.fields, item.fields)
    const ops = opsOf(one, isGone, fields)
    const [op] = ops
    if (op === undefined) return
    const actions = [...new Set(ops.flatMap((each) => actionsOf(request, { op: each, kind: item.kind, fields })))]
    const { rules, item: places } = this.#meeting(actions)
    if (rules.length === 0) return void this.#writes++
    this.#ask(actions, event, { change: { op, fields }, ...(isGone ? {} : { item: this.#plan.itemFacts(item, places) }), ...(before !== undefined && { before }) }, item.id)
  }

  #ask(actions: readonly string[], event: PastEvent, about: { change?: ChangeFacts; item?: ItemFacts; before?: ItemFacts }, itemId: string | null): void {
    this.#writes++
    const { rules, asksWhole } = this.#meeting(actions)
    if (rules.length === 0) return
    const facts: PolicyFacts = { action: actions[0] as string, time: event.at, actor: event.actor, project: this.#options.project, ...(asksWhole && this.#wholeFacts()), ...about }
    const scope = new Scope(facts)
    let stops = false
    for (const { rule, tally } of rules) {
      const judged = judge(rule, scope)
      if (judged === false) continue
      stops ||= tally.effect === 'block' || tally.effect === 'require_approval'
      this.#hit(tally, event, itemId, () => verdictOf(rule.rule, scope, undefined).message)
    }
    if (stops) this.#stopped++
  }

  #wholeFacts(): Pick<PolicyFacts, 'plan' | 'cost'> {
    const plan = this.#plan.planFacts()
    return { plan, cost: { plannedHours: this.#plan.totals.plannedHours, remainingHours: plan.remainingHours, addedHours: this.#plan.totals.plannedHours - this.#hoursBefore } }
  }

  #hit(tally: Tally, { sequence, at, actor }: PastEvent, itemId: string | null, message: () => string): void {
    tally.hits++
    if (tally.samples.length < this.#samples) tally.samples.push({ sequence, at, actorId: actor.id, itemId, message: message() })
  }

  #meeting(actions: readonly string[]): Meeting {
    const key = actions.join(' ')
    const known = this.#meetings.get(key)
    if (known !== undefined) return known
    const rules = this.#compiled.asked(actions).rules.flatMap((rule) => {
      const tally = this.#tallies.get(rule.rule.id) as Tally
      return tally.unknown.length > 0 ? [] : [{ rule, tally }]
    })
    const { facts } = needsOf(rules.map(({ rule }) => rule), false)
    const meeting = { rules, item: askedPlaces(facts, 'item'), asksWhole: [...facts].some((fact) => /^(plan|cost)\b/.test(fact)) }
    this.#meetings.set(key, meeting)
    return meeting
  }

  #notePhase(phases: Map<MovingItem, string | undefined>, milestone: MovingItem): void {
    if (this.#gates.size > 0 && !phases.has(milestone)) phases.set(milestone, begunPhase(milestone))
  }

  #askGates(touched: ReadonlyMap<MovingItem, Touched>, before: ReadonlyMap<MovingItem, string | undefined>, event: PastEvent): void {
    const milestones = new Set([...touched.keys()].filter((item) => this.#plan.items.get(item.id) === item).map(milestoneOf))
    for (const milestone of milestones) {
      const phase = begunPhase(milestone)
      const gate = phase === undefined || before.get(milestone) === phase ? undefined : this.#gates.get(phase)
      if (gate !== undefined) this.#hit(gate.tally, event, milestone.id, () => `${milestone.id} entered the phase ${gate.gate.phase}.`)
    }
  }

  result(): Simulation {
    return { events: this.#events, writes: this.#writes, stopped: this.#stopped, rules: [...this.#tallies.values(), ...[...this.#gates.values()].map(({ tally }) => tally)] }
  }
}

const begunPhase = (milestone: MovingItem): string | undefined => (milestone.begun > 0 ? milestone.fields.phase : undefined)

const unknownOf = (rule: CompiledRule): ('evidence' | 'comments')[] => {
  const { sources } = needsOf([rule], false)
  return (['evidence', 'comments'] as const).filter((source) => sources.has(source))
}

function gateTally({ phase, line, require: { criteria, previews } }: PhaseGate): Tally {
  const asksEvidence = criteria !== null || previews > 0
  return { ruleId: `phase:${phase}`, line, effect: asksEvidence ? 'block' : 'require_approval', unknown: asksEvidence ? ['evidence'] : [], hits: 0, samples: [] }
}

/** @param of `item` or `before`; a rule may speak of the whole of it */
const askedPlaces = (facts: ReadonlySet<string>, of: string): AskedPlaces => ({
  place: facts.has(of) || ['phase', 'dueDate', 'path'].some((name) => facts.has(`${of}.${name}`)), dependencies: facts.has(of) || facts.has(`${of}.openDependencies`),
})

function changedFields(was: Readonly<Record<string, unknown>>, is: Readonly<Record<string, unknown>>): string[] {
  if (was === is) return []
  const fields = Object.keys(is).filter((field) => was[field] !== is[field] && !isEqual(was[field], is[field]))
  for (const field of Object.keys(was)) if (!(field in is)) fields.push(field)
  return fields
}

/** What happens to an item, the weightiest first. */
function opsOf({ item, isNew, id, parent, moved }: Touched, isGone: boolean, fields: readonly string[]): ChangeFacts['op'][] {
  if (isNew) return ['add']
  if (isGone) return ['remove']
  return [...(fields.length > 0 ? ['update' as const] : []), ...(item.id === id ? [] : ['rename' as const]), ...(moved || item.parent !== parent ? ['move' as const] : [])]
}
