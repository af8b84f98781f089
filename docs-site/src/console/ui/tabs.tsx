/** Tabs within a page (ARIA Authoring Practices: Tabs): arrow keys move and choose, one of them is in the order of focus. */
import { useId, useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'

export interface Tab<Id extends string = string> {
  readonly id: Id
  readonly label: string
  /** Beside the label, e.g. how many there are. */
  readonly count?: number | undefined
}

interface TabsProps<Id extends string> {
  /** What is chosen between. */
  readonly label: string
  readonly tabs: readonly Tab<Id>[]
  readonly selected: Id
  select(id: Id): void
  /** The panel of the selected tab. */
  readonly children: ReactNode
}

export function Tabs<Id extends string>({ label, tabs, selected, select, children }: TabsProps<Id>): ReactNode {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    // from where the focus is: what is selected may follow a moment later
    const at = [...(list.current?.children ?? [])].indexOf(document.activeElement as Element)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const index = (next + tabs.length) % tabs.length
    select((tabs[index] as Tab<Id>).id)
    ;(list.current?.children[index] as HTMLElement | undefined)?.focus()
  }
  // What is selected is in sight, wherever the list has been scrolled to.
  useLayoutEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (tab) list.current?.scrollTo({ left: tab.offsetLeft - list.current.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2 })
  }, [selected])
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className="tabs" onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            aria-selected={tab.id === selected}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => select(tab.id)}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && <span className="count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`} className="tab-panel">{children}</div>
    </>
  )
}
