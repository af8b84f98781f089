/** The tree of the plan: only the rows in sight are in the document, and the one with the focus. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react'
import type { BlockReason, FlatPlan } from '@buildrunner/sdk/plans'
import { InlineInput } from './inline-input.tsx'
import { TypeAhead, commandOf } from './model/keys.ts'
import type { Command } from './model/keys.ts'
import type { RollUp, Row } from './model/rows.ts'
import type { PlanText } from './plan-text.ts'
import { TreeRow } from './row.tsx'
import type { RowProps } from './row.tsx'
import type { EditField, Place, TreeActions } from './tree-actions.ts'
import { useRowWindow } from './use-row-window.ts'

export type Editing = { readonly id: string; readonly field: EditField } | { readonly place: Place } | null

interface TreeProps {
  readonly plan: FlatPlan
  readonly rows: readonly Row[]
  linkOf(id: string): string
  readonly rollUps: ReadonlyMap<string, RollUp>
  readonly ready: ReadonlySet<string>
  readonly blocked: ReadonlyMap<string, readonly BlockReason[]>
  readonly marked: ReadonlySet<string>
  readonly waiting: ReadonlySet<string>
  readonly active: string | undefined
  readonly opened: string | undefined
  readonly editing: Editing
  readonly canWrite: boolean
  readonly canRun: boolean
  readonly actions: TreeActions
  /** What a key asks for, beyond moving about. */
  command(command: Exclude<Command, { does: 'focus' }>, row: Row): void
  /** Grows when the focus belongs to the active row. */
  readonly focusTurn: number
  readonly t: PlanText
}

const NARROW = '(max-width: 48rem)'
const isNarrow = (): boolean => matchMedia(NARROW).matches

/** Touch wants more room. */
function useRowHeight(): number {
  const [narrow, setNarrow] = useState(isNarrow)
  useEffect(() => {
    const media = matchMedia(NARROW)
    const look = (): void => setNarrow(media.matches)
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [])
  return narrow ? 48 : 36
}

export function PlanTree(props: TreeProps): ReactNode {
  const { rows, active, editing, actions, focusTurn, t } = props
  const scroller = useRef<HTMLDivElement>(null)
  const height = useRowHeight()
  const indexes = useMemo(() => new Map(rows.map(({ item }, index) => [item.id, index])), [rows])
  const activeIndex = (active === undefined ? undefined : indexes.get(active)) ?? 0
  const draftIndex = editing !== null && 'place' in editing ? draftAt(rows, editing.place) : undefined
  const { indexes: shown, reveal } = useRowWindow(scroller, { count: rows.length, height, kept: activeIndex })
  useFocusOnActive(scroller, reveal, activeIndex, focusTurn)
  useOpenedInSight(reveal, props.opened === undefined ? undefined : indexes.get(props.opened), props.opened)
  const startOf = (index: number): number => index * height + (draftIndex !== undefined && index >= draftIndex ? height : 0)
  const onKeyDown = useTreeKeys(props, activeIndex, () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1))
  return (
    <div role="treegrid" className="plan-tree" aria-label={t('tree')} aria-rowcount={rows.length + 1} aria-colcount={5} aria-readonly={!props.canWrite} onKeyDown={onKeyDown} style={{ '--row': `${height}px` } as CSSProperties}>
      <Head t={t} />
      <div ref={scroller} role="rowgroup" className="plan-body" tabIndex={-1}>
        <div role="presentation" className="plan-rows" style={{ height: (rows.length + (draftIndex === undefined ? 0 : 1)) * height }}>
          {shown.map((index) => {
            const row = rows[index]
            return row && <TreeRow key={row.item.id} rowIndex={index + 2} start={startOf(index)} isActive={index === activeIndex} {...standingOf(row, props)} />
          })}
          {editing !== null && 'place' in editing && draftIndex !== undefined && <Draft key={`${editing.place.parentId} ${editing.place.after}`} place={editing.place} start={draftIndex * height} actions={actions} t={t} />}
        </div>
      </div>
    </div>
  )
}

function Head({ t }: { readonly t: PlanText }): ReactNode {
  return (
    <div role="rowgroup" className="plan-head">
      <div role="row" aria-rowindex={1} className="plan-row">
        {(['title', 'status', 'marks', 'assignee', 'estimate'] as const).map((column) => <div key={column} role="columnheader" className={`plan-${column}`}>{t(`column.${column}`)}</div>)}
      </div>
    </div>
  )
}

/** What a row is told beside its place. */
function standingOf(row: Row, { opened, linkOf, rollUps, ready, blocked, marked, waiting, editing, canWrite, canRun, actions, t }: TreeProps): Omit<RowProps, 'rowIndex' | 'start' | 'isActive'> {
  const { id } = row.item
  return {
    row, linkOf, canWrite, canRun, actions, t,
    isOpen: id === opened, rollUp: rollUps.get(id), isReady: ready.has(id), blocked: blocked.get(id), isMarked: marked.has(id), isWaiting: waiting.has(id),
    editing: editing !== null && 'id' in editing && editing.id === id ? editing.field : undefined,
  }
}

/** Where the field of a new item stands: behind its sibling and everything in it, or at the beginning of its parent. */
function draftAt(rows: readonly Row[], { parentId, after }: Place): number {
  const before = rows.findIndex(({ item }) => item.id === (after ?? parentId))
  if (before < 0) return 0
  const level = rows[before]?.level ?? 0
  if (after === null) return before + 1
  const next = rows.findIndex((row, index) => index > before && row.level <= level)
  return next < 0 ? rows.length : next
}

function Draft({ place, start, actions, t }: { readonly place: Place; readonly start: number; readonly actions: TreeActions; readonly t: PlanText }): ReactNode {
  const create = (title: string): boolean => {
    if (title.trim() === '') return false
    actions.create(title.trim(), place)
    return true
  }
  return (
    <div role="row" className={`plan-row draft ${place.kind}`} style={{ transform: `translateY(${start}px)` }}>
      <div role="gridcell" className="plan-title" style={{ '--level': { milestone: 1, step: 2, microstep: 3 }[place.kind] } as CSSProperties}>
        <span className="plan-twist" aria-hidden="true" />
        <InlineInput label={t(`new.${place.kind}`)} placeholder={t(`new.${place.kind}`)} value="" commit={create} cancel={actions.cancel} />
      </div>
    </div>
  )
}

/** The row of an item that the address names is brought into sight, once; the focus is the item's. */
function useOpenedInSight(reveal: (index: number) => void, index: number | undefined, opened: string | undefined): void {
  const done = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (opened === done.current || (opened !== undefined && index === undefined)) return
    done.current = opened
    if (index !== undefined) reveal(index)
  })
}

/** The active row is brought into sight and gets the focus when it is due. */
function useFocusOnActive(scroller: { readonly current: HTMLElement | null }, reveal: (index: number) => void, index: number, turn: number): void {
  const done = useRef(0)
  useLayoutEffect(() => {
    if (turn === done.current) return
    done.current = turn
    reveal(index)
    scroller.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true })
  })
}

function useTreeKeys({ rows, actions, command }: TreeProps, activeIndex: number, page: () => number): (event: KeyboardEvent<HTMLElement>) => void {
  const typeAhead = useRef(new TypeAhead())
  return (event) => {
    const row = rows[activeIndex]
    const target = event.target as HTMLElement
    if (row === undefined || event.defaultPrevented || target.closest('input, [role="menu"]') !== null) return
    // Enter on a button inside of the row is the button's.
    if (target.getAttribute('role') !== 'row' && (event.key === 'Enter' || event.key === ' ')) return
    const focus = (index: number): void => actions.focus((rows[index] as Row).item.id)
    if (typeAhead.current.takes(event, event.timeStamp)) {
      const found = typeAhead.current.next(rows, activeIndex, event.key, event.timeStamp)
      event.preventDefault()
      if (found !== undefined) focus(found)
      return
    }
    const asked = commandOf(rows, activeIndex, event, page())
    if (asked === undefined) return
    event.preventDefault()
    typeAhead.current.end()
    if (asked.does === 'focus') focus(asked.index)
    else command(asked, row)
  }
}
