import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, invertChanges, PlanChangeError } from '../plans/changes.ts'
import { diffPlans } from '../plans/diff.ts'
import { isEqual } from '../plans/equal.ts'
import { unflattenPlan } from '../plans/flat.ts'
import { isValid, perform, plans, scripts, type Intent } from '../plans/testing/random-plans.ts'
import type { Resolution } from '../plans/merge.ts'
import type { DocumentItem, FlatPlan, Milestone, PlanChange, Step } from '../plans/types.ts'
import { decideWrites, mergeWrites } from './merge-writes.ts'
import type { MergeWritesInput, SyncWrite } from './types.ts'

const RUNS = { numRuns: 80 }
const shape = (plan: FlatPlan) => unflattenPlan(plan)

/** The plan as its author sees it: the snapshot with every pending write that still applies. */
function viewOf(snapshot: FlatPlan, writes: readonly SyncWrite[]): FlatPlan {
  let view = snapshot
  for (const { changes } of writes) {
    try {
      view = applyChanges(view, changes)
    } catch (error) {
      if (!(error instanceof PlanChangeError)) throw error
    }
  }
  return view
}

/** Edits a view step by step; each step that changes something is a write. */
function writeAll(snapshot: FlatPlan, script: readonly Intent[], prefix: string, writes: SyncWrite[]): void {
  for (const [index, step] of script.entries()) {
    const view = viewOf(snapshot, writes)
    const changes = diffPlans(view, perform(view, [step], `${prefix}${index}`))
    if (changes.length > 0) writes.push({ number: writes.length + 1, changes, base: invertChanges(view, changes) })
  }
}

interface Scene extends MergeWritesInput {
  /** What the author saw at the end. */
  view: FlatPlan
}

/** A replica writes, pulls what others did, writes more, and then pushes all of it after others did yet more. */
const scenes = (others = 8, actions?: Parameters<typeof scripts>[1]): fc.Arbitrary<Scene> =>
  fc.record({ history: plans(), first: scripts(6, actions), between: scripts(others, actions), second: scripts(6, actions), last: scripts(others, actions) })
    .map(({ history, first, between, second, last }) => {
      const writes: SyncWrite[] = []
      writeAll(history, first, 'a', writes)
      const pulled = perform(history, between, 'b')
      writeAll(pulled, second, 'c', writes)
      return { history, remote: perform(pulled, last, 'd'), writes, view: viewOf(pulled, writes) }
    })

const SIMPLE: Intent['action'][] = ['add', 'addShared', 'remove', 'move', 'reorder', 'title', 'scalar', 'unset', 'depend', 'undepend', 'head', 'custom']

describe('mergeWrites', { timeout: 60_000 }, () => {
  it('gives a valid plan, and changes that lead to it, with an answer to each write', () => {
    fc.assert(fc.property(scenes(), (scene) => {
      const { after, changes, results, conflicts } = mergeWrites(scene)
      expect(isValid(after)).toBe(true)
      expect(shape(applyChanges(scene.remote, changes))).toEqual(shape(after))
      expect(results.map(({ number }) => number)).toEqual(scene.writes.map(({ number }) => number))
      for (const { conflicts: own, outcome, refusal } of results) expect([own.length > 0, refusal !== null]).toEqual([outcome === 'CONFLICT', outcome === 'REFUSED'])
      for (const { conflict, writes } of conflicts) {
        expect(writes.length).toBeGreaterThan(0)
        for (const { number } of writes) expect(results.find((result) => result.number === number)!.conflicts).toContain(conflict)
      }
    }), RUNS)
  })

  it('applies everything when nobody else wrote: the author keeps what they see', () => {
    fc.assert(fc.property(scenes(0), (scene) => {
      const { after, results } = mergeWrites({ ...scene, remote: scene.history })
      expect(results.filter(({ outcome }) => outcome === 'CONFLICT' || outcome === 'REFUSED')).toEqual([])
      expect(withoutNotes(after)).toEqual(withoutNotes(scene.view))
    }), RUNS)
  })

  it('loses nothing: what a write that stands did is there, unless a later one undid it', () => {
    fc.assert(fc.property(scenes(8, SIMPLE), (scene) => {
      const { after, results } = mergeWrites(scene)
      for (const [index, { outcome }] of results.entries()) {
        if (outcome !== 'CONFLICT' && outcome !== 'REFUSED') expectStands(after, scene.writes[index]!, scene.writes.slice(index + 1))
      }
    }), RUNS)
  })

  it('overwrites nothing in silence: a value that others set stays, or the write was made upon it', () => {
    fc.assert(fc.property(scenes(8, SIMPLE), (scene) => {
      const { after } = mergeWrites(scene)
      const known = scene.writes.flatMap(({ base }) => base)
      for (const [id, item] of scene.remote.items) {
        const [now, before] = [after.items.get(id), scene.history.items.get(id)]
        if (now === undefined || before === undefined || isEqual(now.fields.title, item.fields.title) || isEqual(item.fields.title, before.fields.title)) continue
        expect(known.some((change) => change.op === 'update' && change.id === id && change.set['title'] === item.fields.title)).toBe(true)
      }
    }), RUNS)
  })

  it('deletes nothing in silence: what goes is as its author saw it', () => {
    fc.assert(fc.property(scenes(8, SIMPLE), (scene) => {
      const { after } = mergeWrites(scene)
      const seen = new Map<string, DocumentItem[]>()
      const visit = (item: DocumentItem): void => {
        seen.set(item.id, [...(seen.get(item.id) ?? []), item])
        for (const child of [...((item as Milestone).steps ?? []), ...((item as Step).microsteps ?? [])]) visit(child)
      }
      for (const undo of scene.writes.flatMap(({ base }) => base)) if (undo.op === 'add') visit(undo.item)
      for (const [id, { fields }] of scene.remote.items) {
        const isOwn = scene.writes.some(({ changes }) => changes.some((change) => change.op === 'update' && change.id === id))
        if (!after.items.has(id) && !isOwn) expect((seen.get(id) ?? []).map(({ title, assignee, notes }) => [title, assignee, notes])).toContainEqual([fields.title, fields.assignee, fields.notes])
      }
    }), RUNS)
  })

  it('changes nothing but the order of siblings when the same writes come again', () => {
    fc.assert(fc.property(scenes(8, SIMPLE), (scene) => {
      const { after } = mergeWrites(scene)
      const again = mergeWrites({ ...scene, remote: after })
      expect(shape(unordered(again.after))).toEqual(shape(unordered(after)))
    }), RUNS)
  })

  it('can decide each conflict later from its causes alone: for the others nothing changes, for the author it is gone', () => {
    fc.assert(fc.property(scenes(8, SIMPLE), (scene) => {
      const { after, conflicts } = mergeWrites(scene)
      for (const { conflict, writes } of conflicts) {
        const decide = (keep: Resolution['keep']) => decideWrites({ history: scene.history, remote: after, writes, keep })
        const { conflicts: open, merged } = decide('remote')
        expect(open).toContainEqual(conflict)
        expect(shape(unordered(merged.after))).toEqual(shape(unordered(after)))
        expect(decide('local').merged.conflicts).toEqual([])
      }
    }), RUNS)
  })

  it('stands whatever base values it is told', () => {
    fc.assert(fc.property(scenes(), plans(), fc.nat(99), (scene, other, seed) => {
      const ids = [...other.items.keys(), ...scene.remote.items.keys()]
      const lie = (change: PlanChange, index: number): PlanChange => {
        const id = ids[(index * 7 + seed) % ids.length] ?? null
        if (change.op === 'update') return { ...change, set: { ...change.set, ...('dependsOn' in change.set ? { dependsOn: [id] } : {}), ...('title' in change.set ? { title: 'Lie' } : {}) } }
        if (change.op === 'move') return { ...change, parentId: id, after: null }
        if (change.op === 'add') return { ...change, kind: 'step', parentId: id, item: { id: change.item.id, title: 'Lie', microsteps: [{ id: id ?? 'x', title: 'Lie' }] } as DocumentItem }
        return change
      }
      const writes = scene.writes.map((write) => ({ ...write, base: write.base.map(lie) }))
      const { after } = mergeWrites({ ...scene, history: seed % 2 === 0 ? other : scene.history, writes })
      expect(isValid(after)).toBe(true)
    }), RUNS)
  })
})

const unordered = (plan: FlatPlan): FlatPlan => ({ ...plan, children: new Map([...plan.children].map(([id, list]) => [id, list.toSorted()])) })

/** Without the field by which a merge knows a renamed item again: it names the first of several names. */
function withoutNotes(plan: FlatPlan) {
  const items = new Map([...plan.items].map(([id, { fields: { renamedFrom: _, ...fields }, ...item }]) => [id, { ...item, fields }] as const))
  return shape({ ...plan, items: items as FlatPlan['items'] })
}

function expectStands(after: FlatPlan, write: SyncWrite, later: readonly SyncWrite[]): void {
  const touched = new Set(later.flatMap(({ changes }) => changes.flatMap((change) => ('id' in change ? [change.id] : change.op === 'add' ? [change.item.id] : []))))
  const isGone = (id: string): boolean => later.some(({ base }) => JSON.stringify(base).includes(`"id":${JSON.stringify(id)}`))
  for (const change of write.changes) {
    if (change.op === 'add' && !isGone(change.item.id)) expect(after.items.has(change.item.id)).toBe(true)
    if (change.op === 'remove' && !touched.has(change.id) && !later.some(({ changes }) => JSON.stringify(changes).includes(JSON.stringify(change.id)))) expect(after.items.has(change.id)).toBe(false)
    if (change.op !== 'update' || touched.has(change.id) || isGone(change.id)) continue
    for (const field of ['title', 'assignee', 'notes', 'priority', 'status', 'description'] as const) {
      if (field in change.set) expect(after.items.get(change.id)?.fields[field] ?? null).toEqual(change.set[field] === 'todo' ? null : change.set[field])
    }
  }
}
