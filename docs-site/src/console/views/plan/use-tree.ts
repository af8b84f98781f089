/** What the tree does: the row with the focus, the field that is open, and every edit. */
import { useMemo, useRef, useState } from 'react'
import { suggestId } from '@buildrunner/sdk/plans'
import type { FlatPlan, ItemKind, PlanChange, PlanItem, Status } from '@buildrunner/sdk/plans'
import { go } from '../../routes.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { parseEstimate } from './model/estimate.ts'
import { moveBy } from './model/moves.ts'
import type { Row } from './model/rows.ts'
import type { Command } from './model/keys.ts'
import type { PlanText } from './plan-text.ts'
import type { EditField, Place, TreeActions } from './tree-actions.ts'
import type { Editing } from './tree.tsx'
import type { Edits } from './use-edits.ts'
import type { Expanded } from './use-expanded.ts'

const CHILD: Readonly<Record<ItemKind, ItemKind | undefined>> = { milestone: 'step', step: 'microstep', microstep: undefined }

interface TreeInput {
  readonly plan: FlatPlan
  readonly edits: Edits
  readonly expanded: Expanded
  readonly canWrite: boolean
  readonly canRun: boolean
  linkOf(id: string): string
  focusFilter(): void
  readonly t: PlanText
}

export interface Tree {
  readonly active: string | undefined
  readonly focusTurn: number
  readonly editing: Editing
  readonly actions: TreeActions
  /** The item whose status is being chosen, and where the menu opens. */
  readonly choosing: { readonly id: string; readonly anchor: Element } | null
  /** The item that is to be deleted, once that is confirmed. */
  readonly removing: string | null
  readonly isHelpShown: boolean
  command(command: Exclude<Command, { does: 'focus' }>, row: Row): void
  setStatus(id: string, status: Status): void
  /** @param refocus whether the row gets the focus back */
  closeAll(refocus: boolean): void
  add(place: Place): void
  showHelp(): void
}

/** What the parts of the tree share. */
interface Parts {
  readonly latest: { readonly current: TreeInput }
  /** Counts the fields that were left: what was added before does not open another one then. */
  readonly left: { current: number }
  activate(id: string): void
  focus(id?: string): void
  setEditing(editing: Editing): void
  choose(choosing: Tree['choosing']): void
  remove(id: string | null): void
  showHelp(isShown: boolean): void
  announce(text: string): void
}

export function useTree(input: TreeInput): Tree {
  const latest = useRef(input)
  latest.current = input
  const left = useRef(0)
  const announce = useAnnounce()
  const [active, activate] = useState<string>()
  const [focusTurn, turn] = useState(0)
  const [editing, setEditing] = useState<Editing>(null)
  const [choosing, choose] = useState<Tree['choosing']>(null)
  const [removing, remove] = useState<string | null>(null)
  const [isHelpShown, showHelp] = useState(false)
  // One object for the tree's life: rows depend on it.
  const does = useMemo(() => {
    const focus = (id?: string): void => {
      if (id !== undefined) activate(id)
      turn((count) => count + 1)
    }
    const parts: Parts = { latest, left, activate, focus, setEditing, choose, remove, showHelp, announce }
    return {
      actions: actionsOf(parts),
      command: commandOn(parts),
      add: (place: Place) => add(parts, place),
      setStatus: (id: string, status: Status) => update(parts, id, { status }),
      closeAll(refocus: boolean) {
        choose(null)
        remove(null)
        showHelp(false)
        if (refocus) focus()
      },
      showHelp: () => showHelp(true),
    }
  }, [announce])
  return { active, focusTurn, editing, choosing, removing, isHelpShown, ...does }
}

const update = ({ latest }: Parts, id: string, set: Record<string, unknown>): void => void latest.current.edits.run([{ op: 'update', id, set }])

function add({ latest, setEditing }: Parts, place: Place): void {
  if (place.parentId !== null) latest.current.expanded.set([place.parentId], true)
  setEditing({ place })
}

function actionsOf(parts: Parts): TreeActions {
  const { latest, left, activate, focus, setEditing, choose } = parts
  return {
    activate,
    focus,
    toggle: (id, isExpanded) => latest.current.expanded.set([id], isExpanded),
    edit: (id, field) => setEditing({ id, field }),
    chooseStatus: (id, anchor) => choose({ id, anchor }),
    cancel(refocus) {
      left.current++
      setEditing(null)
      if (refocus) focus()
    },
    commit(id, field, value) {
      const set = valueOf(field, value)
      if (set === undefined) return false
      setEditing(null)
      focus(id)
      update(parts, id, set)
      return true
    },
    create: (title, place) => void create(parts, title, place),
  }
}

async function create({ latest, left, activate, focus, setEditing, announce }: Parts, title: string, place: Place): Promise<void> {
  const id = suggestId(latest.current.plan, title, place.parentId)
  const turn = left.current
  if (!(await latest.current.edits.run([{ op: 'add', ...place, item: { id, title } } as PlanChange]))) return
  activate(id)
  announce(latest.current.t('added', { title }))
  if (left.current !== turn) return focus(id)
  // One after the other: the next one goes behind it.
  setEditing({ place: { ...place, after: id } })
}

async function move({ latest, focus, announce }: Parts, id: string, direction: 'up' | 'down'): Promise<void> {
  const { plan, edits, expanded, t } = latest.current
  const change = moveBy(plan, id, direction)
  if (change === undefined) return announce(t('moved.edge'))
  if (change.parentId !== null) expanded.set([change.parentId], true)
  if (!(await edits.run([change]))) return
  focus(id)
  announce(t(direction === 'up' ? 'moved.up' : 'moved.down', { title: plan.items.get(id)?.fields.title, after: change.after === null ? '' : plan.items.get(change.after)?.fields.title }))
}

/** What a key does: going about first, which everybody may; then edits, as far as one may. */
function commandOn(parts: Parts): Tree['command'] {
  return (asked, { item }) => {
    const { canWrite, canRun, plan, expanded, linkOf, focusFilter, t } = parts.latest.current
    const { id, kind, parentId } = item
    switch (asked.does) {
      case 'expand': case 'collapse': return expanded.set([asked.id], asked.does === 'expand')
      case 'expandSiblings': return expanded.set((plan.children.get(parentId) ?? []).filter((sibling) => plan.children.has(sibling)), true)
      case 'open': return go(linkOf(id))
      case 'filter': return focusFilter()
      case 'help': return parts.showHelp(true)
      case 'status': if (kind !== 'microstep') return
    }
    if (asked.does === 'status' ? canRun || canWrite : canWrite) edit(parts, asked.does, item)
    else parts.announce(t('readOnly'))
  }
}

function edit(parts: Parts, does: Command['does'], { id, kind, parentId }: PlanItem): void {
  const { latest, setEditing, announce } = parts
  const { plan, edits, t } = latest.current
  switch (does) {
    case 'status': return statusButton(id)?.click()
    case 'editTitle': return setEditing({ id, field: 'title' })
    case 'editAssignee': return setEditing({ id, field: 'assignee' })
    case 'editEstimate': return kind === 'microstep' ? setEditing({ id, field: 'estimate' }) : undefined
    case 'add': return add(parts, { kind, parentId, after: id })
    case 'addInside': {
      const child = CHILD[kind]
      return child && add(parts, { kind: child, parentId: id, after: plan.children.get(id)?.at(-1) ?? null })
    }
    case 'remove': return parts.remove(id)
    case 'moveUp': case 'moveDown': return void move(parts, id, does === 'moveUp' ? 'up' : 'down')
    case 'undo': return void edits.undo().then((done) => announce(t(done ? 'undone' : 'undone.none')))
  }
}

const statusButton = (id: string): HTMLElement | null | undefined => document.querySelector(`[data-id="${CSS.escape(id)}"]`)?.querySelector<HTMLElement>('[data-status-button]')

function valueOf(field: EditField, text: string): Record<string, unknown> | undefined {
  const trimmed = text.trim()
  if (field === 'title') return trimmed === '' ? undefined : { title: trimmed }
  if (field === 'assignee') return { assignee: trimmed === '' ? null : trimmed }
  const estimate = parseEstimate(text)
  return estimate === undefined ? undefined : { estimate }
}

/** Where the focus goes when an item is gone: to what stands below it, else above. */
export function neighbourOf(rows: readonly Row[], { id }: PlanItem): string | undefined {
  const at = rows.findIndex(({ item }) => item.id === id)
  const level = rows[at]?.level ?? 0
  const below = rows.slice(at + 1).find((row) => row.level <= level)
  return (below ?? rows[at - 1])?.item.id
}
