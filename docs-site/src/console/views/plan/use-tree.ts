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

export function useTree(input: TreeInput): Tree {
  const latest = useRef(input)
  latest.current = input
  // Grows when a field is left: what was added before does not open another one then.
  const left = useRef(0)
  const announce = useAnnounce()
  const [active, setActive] = useState<string>()
  const [focusTurn, turn] = useState(0)
  const [editing, setEditing] = useState<Editing>(null)
  const [choosing, choose] = useState<Tree['choosing']>(null)
  const [removing, remove] = useState<string | null>(null)
  const [isHelpShown, showHelp] = useState(false)
  return useMemo(() => {
    const focus = (id?: string): void => {
      if (id !== undefined) setActive(id)
      turn((count) => count + 1)
    }
    const update = (id: string, set: Record<string, unknown>): void => void latest.current.edits.run([{ op: 'update', id, set }])
    const add = (place: Place): void => {
      if (place.parentId !== null) latest.current.expanded.set([place.parentId], true)
      setEditing({ place })
    }
    const actions: TreeActions = {
      activate: setActive,
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
        update(id, set)
        return true
      },
      create(title, place) {
        const id = suggestId(latest.current.plan, title, place.parentId)
        const turnNow = left.current
        void latest.current.edits.run([{ op: 'add', ...place, item: { id, title } } as PlanChange]).then((done) => {
          if (!done) return
          setActive(id)
          announce(latest.current.t('added', { title }))
          if (left.current !== turnNow) return focus(id)
          // One after the other: the next one goes behind it.
          setEditing({ place: { ...place, after: id } })
        })
      },
    }
    const move = (id: string, direction: 'up' | 'down'): void => {
      const { plan, edits, expanded, t } = latest.current
      const change = moveBy(plan, id, direction)
      if (change === undefined) return announce(t('moved.edge'))
      if (change.parentId !== null) expanded.set([change.parentId], true)
      void edits.run([change]).then((done) => {
        if (!done) return
        focus(id)
        announce(t(direction === 'up' ? 'moved.up' : 'moved.down', { title: plan.items.get(id)?.fields.title, after: change.after === null ? '' : plan.items.get(change.after)?.fields.title }))
      })
    }
    const command = (asked: Exclude<Command, { does: 'focus' }>, { item }: Row): void => {
      const { canWrite, canRun, plan, expanded, edits, linkOf, focusFilter, t } = latest.current
      const { id, kind, parentId } = item
      switch (asked.does) {
        case 'expand': case 'collapse': return expanded.set([asked.id], asked.does === 'expand')
        case 'expandSiblings': return expanded.set((plan.children.get(parentId) ?? []).filter((sibling) => plan.children.has(sibling)), true)
        case 'open': return go(linkOf(id))
        case 'filter': return focusFilter()
        case 'help': return showHelp(true)
        case 'status': if (kind !== 'microstep') return
      }
      if (asked.does === 'status' ? !canRun && !canWrite : !canWrite) return announce(t('readOnly'))
      switch (asked.does) {
        case 'status': return statusButton(id)?.click()
        case 'editTitle': return setEditing({ id, field: 'title' })
        case 'editAssignee': return setEditing({ id, field: 'assignee' })
        case 'editEstimate': return kind === 'microstep' ? setEditing({ id, field: 'estimate' }) : undefined
        case 'add': return add({ kind, parentId, after: id })
        case 'addInside': {
          const child = CHILD[kind]
          return child && add({ kind: child, parentId: id, after: plan.children.get(id)?.at(-1) ?? null })
        }
        case 'remove': return remove(id)
        case 'moveUp': return move(id, 'up')
        case 'moveDown': return move(id, 'down')
        case 'undo': return void edits.undo().then((done) => announce(t(done ? 'undone' : 'undone.none')))
      }
    }
    const closeAll = (refocus: boolean): void => {
      choose(null)
      remove(null)
      showHelp(false)
      if (refocus) focus()
    }
    const setStatus = (id: string, status: Status): void => update(id, { status })
    return { active, focusTurn, editing, choosing, removing, isHelpShown, actions, command, setStatus, closeAll, add, showHelp: () => showHelp(true) }
  }, [active, focusTurn, editing, choosing, removing, isHelpShown, announce])
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
