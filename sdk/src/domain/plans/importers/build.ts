/**
 * Makes a plan of drafts: levels, ids, status and dependencies.
 *
 * - A task at the level of steps that has no sub-tasks becomes a step that holds one microstep, `<id>.task`: the step
 *   carries everything the source says and is what others depend on, the microstep carries the status.
 * - What is nested deeper than microsteps becomes a microstep beside its parent. The parent then depends on it and it
 *   takes over the parent's dependencies, so everything still waits for what it waited for.
 * - Status is a microstep's; a parent's own word is kept in the unknown key where its sub-tasks tell otherwise.
 */
import { CHILD_KIND } from '../flat.ts'
import type { DocumentItem, ItemKind, Microstep, Milestone, Plan, Step } from '../types.ts'
import { keepExtra } from './draft.ts'
import type { Draft, DraftPlan, Reference } from './draft.ts'
import { IdPool, childId, cleanId } from './ids.ts'
import { slug } from '../slug.ts'
import type { Report } from './report.ts'
import type { Mark } from './source-text.ts'
import { agrees, mapStatus, rollUp } from './status.ts'
import type { ItemTally } from './types.ts'

/** Where an item of the plan came from; `dependsOn` runs beside the item's list. */
export interface Origin {
  at: Mark
  dependsOn: Mark[]
}

export interface Built {
  plan: Plan
  origins: Map<DocumentItem, Origin>
}

const TALLY = { milestone: 'milestones', step: 'steps', microstep: 'microsteps' } as const satisfies Record<ItemKind, keyof ItemTally>

export function buildPlan(draft: DraftPlan, report: Report): Built {
  return new Builder(draft, report).build()
}

class Builder {
  readonly #draft: DraftPlan
  readonly #report: Report
  readonly #extraKey: string
  readonly #pool = new IdPool()
  readonly #ids = new Map<Draft, string>()
  readonly #origins = new Map<DocumentItem, Origin>()

  constructor(draft: DraftPlan, report: Report) {
    this.#draft = draft
    this.#report = report
    this.#extraKey = draft.extraKey
  }

  build(): Built {
    const { head, project, milestones } = this.#draft
    for (const milestone of milestones) this.#claimKeys(milestone)
    for (const milestone of milestones) this.#makeId(milestone, '')
    const items = milestones.map((milestone) => this.#item('milestone', milestone) as Milestone)
    return { plan: { version: 1, ...head, project, milestones: items } as Plan, origins: this.#origins }
  }

  /** The source's own ids go first, so that no made id can take one of them. Equal ones stay equal: that is a fault to report. */
  #claimKeys(draft: Draft): void {
    if (draft.key !== undefined) {
      const id = cleanId(draft.key)
      if (id !== draft.key) this.#report.note('id-changed', draft.at, `The id ${JSON.stringify(draft.key)} is now ${id}: ids hold no white space.`, id)
      this.#pool.claim(id)
      this.#ids.set(draft, id)
    }
    for (const child of draft.children) this.#claimKeys(child)
  }

  #makeId(draft: Draft, parentId: string): void {
    let id = this.#ids.get(draft)
    if (id === undefined) {
      const wanted = childId(parentId, draft.slug ?? slug(draft.title))
      id = this.#pool.free(wanted)
      this.#ids.set(draft, id)
      if (id !== wanted && draft.task) this.#report.note('same-text', draft.at, `The id ${wanted} was taken; this item is ${id}.`, id)
    }
    for (const child of draft.children) this.#makeId(child, draft.implied ? parentId : id)
  }

  #item(kind: ItemKind, draft: Draft): DocumentItem {
    const item = this.#shell(kind, draft)
    const childKind = CHILD_KIND[kind]
    if (childKind === 'step') {
      if (draft.children.length > 0) (item as Milestone).steps = draft.children.map((child) => this.#item('step', child) as Step)
    } else if (childKind === 'microstep') this.#fillStep(item as Step, draft)
    return item
  }

  /** An item without children and status. */
  #shell(kind: ItemKind, draft: Draft): DocumentItem {
    const id = this.#ids.get(draft)!
    const item = { id, title: draft.title, ...draft.fields } as DocumentItem
    this.#enter(item, draft.at)
    this.#depend(item, draft.dependsOn)
    if (draft.task) this.#report.arrive(TALLY[kind], item, draft.key ?? draft.title, draft.at)
    else this.#report.value.added[TALLY[kind]]++
    return item
  }

  #enter(item: DocumentItem, at: Mark): void {
    this.#origins.set(item, { at, dependsOn: [] })
  }

  #depend(item: DocumentItem, references: readonly Reference[]): void {
    if (references.length === 0) return
    const list = (item.dependsOn ??= [])
    const places = this.#origins.get(item)!.dependsOn
    for (const { target, text, at } of references) {
      const id = target === undefined ? cleanId(text) : this.#ids.get(target)!
      if (!this.#draft.own && list.includes(id)) continue
      list.push(id)
      places.push(at)
    }
  }

  #fillStep(step: Step, draft: Draft): void {
    const microsteps: Microstep[] = []
    for (const child of draft.children) this.#addMicrostep(microsteps, child, undefined)
    if (draft.task && draft.children.length === 0 && !this.#draft.own) microsteps.push(this.#taskOf(step, draft))
    else if (draft.task) this.#compareStatus(step, draft, microsteps)
    if (microsteps.length > 0) step.microsteps = microsteps
  }

  /** The one microstep of a task without sub-tasks. */
  #taskOf(step: Step, draft: Draft): Microstep {
    const microstep: Microstep = { id: this.#pool.free(childId(step.id, 'task')), title: step.title }
    this.#enter(microstep, draft.at)
    this.#report.value.added.microsteps++
    this.#setStatus(microstep, draft)
    return microstep
  }

  /** Adds a microstep and, flattened, everything below it. */
  #addMicrostep(into: Microstep[], draft: Draft, parent: { item: Microstep; dependsOn: readonly Reference[] } | undefined): void {
    const item = this.#shell('microstep', draft) as Microstep
    into.push(item)
    this.#setStatus(item, draft)
    const dependsOn = parent === undefined ? draft.dependsOn : [...draft.dependsOn, ...parent.dependsOn.filter(({ target }) => target !== draft)]
    if (parent !== undefined) {
      this.#depend(item, dependsOn)
      keepExtra(item, this.#extraKey, { parent: parent.item.id })
    }
    if (draft.children.length === 0) return
    const before = into.length
    for (const child of draft.children) this.#addMicrostep(into, child, { item, dependsOn })
    this.#depend(
      item,
      draft.children.map((target) => ({ target, text: '', at: target.at })),
    )
    const message = `${item.id} has ${draft.children.length} items below it; they stand beside it now and it depends on them.`
    this.#report.note('flattened', draft.at, message, item.id)
    this.#compareStatus(item, draft, into.slice(before))
  }

  #setStatus(item: Microstep, draft: Draft): void {
    if (draft.status === undefined) {
      if (draft.task && !this.#draft.own) this.#report.count('status-missing', draft.at, 'The source names no status: todo.')
      return
    }
    const { status, exact } = mapStatus(draft.status)
    if (status !== 'todo') item.status = status
    if (exact) return
    keepExtra(item, this.#extraKey, { status: draft.status })
    this.#report.note('status-mapped', draft.at, `The status "${draft.status}" is ${status} here; the word is kept in ${this.#extraKey}.`, item.id)
  }

  /** A step's own word is kept unless its microsteps tell the same; a microstep has kept it already. */
  #compareStatus(item: DocumentItem, draft: Draft, below: readonly Microstep[]): void {
    if (draft.status === undefined) return
    const own = mapStatus(draft.status)
    const told = rollUp(below.map((microstep) => microstep.status ?? 'todo'))
    const agreed = agrees(own, told)
    const derived = agreed && own.exact && (own.vague === true || own.status === told)
    if (item.status === undefined && !derived) keepExtra(item, this.#extraKey, { status: draft.status })
    if (!agreed) this.#report.note('status-disagrees', draft.at, `${item.id} says "${draft.status}", its ${below.length} sub-tasks say ${told}.`, item.id)
  }
}
