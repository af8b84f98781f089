/** A menu button (ARIA Authoring Practices: Menu Button): arrow keys, Home, End and letters move, Escape closes and gives the focus back. */
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'

export interface MenuItem {
  readonly id: string
  readonly label: string
  /** Beside the label, e.g. of a status. */
  readonly icon?: ReactNode
  /** True or false: one of several that exclude each other. */
  readonly checked?: boolean
  readonly disabled?: boolean
  /** Goes there; otherwise `choose` is called. */
  readonly href?: string
  choose?(): void
}

interface MenuProps {
  /** Name of the button for screen readers, where its content does not say it. */
  readonly label?: string
  readonly className?: string
  /** What the button shows. */
  readonly children: ReactNode
  readonly items: readonly MenuItem[]
}

export function Menu({ label, className = 'button plain', children, items }: MenuProps): ReactNode {
  const id = useId()
  const [isOpen, open] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const close = (refocus: boolean): void => {
    open(false)
    if (refocus) button.current?.focus()
  }
  useEffect(() => {
    if (!isOpen) return
    const entries = entriesOf(list.current)
    ;(entries.find((entry) => entry.getAttribute('aria-checked') === 'true') ?? entries[0])?.focus()
    const outside = (event: PointerEvent): void => {
      if (!list.current?.contains(event.target as Node) && !button.current?.contains(event.target as Node)) open(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [isOpen])
  return (
    <span className="menu">
      <button
        ref={button}
        id={`${id}-button`}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        onClick={() => open(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          open(true)
        }}
      >
        {children}
      </button>
      {isOpen && (
        <div ref={list} id={id} role="menu" className="menu-list" aria-labelledby={`${id}-button`} onKeyDown={(event) => moveInMenu(event, close)}>
          <MenuEntries items={items} close={close} />
        </div>
      )}
    </span>
  )
}

function MenuEntries({ items, close }: { readonly items: readonly MenuItem[]; close(refocus: boolean): void }): ReactNode {
  return items.map(({ id: key, label: text, icon, checked, disabled = false, href, choose }) => {
    const shared = { role: checked === undefined ? 'menuitem' : 'menuitemradio', 'aria-checked': checked, tabIndex: -1, className: 'menu-item' } as const
    const content = <>{icon}{text}</>
    const onClick = (): void => {
      close(href === undefined)
      choose?.()
    }
    return href === undefined ? (
      <button key={key} type="button" aria-disabled={disabled || undefined} {...shared} onClick={disabled ? undefined : onClick}>{content}</button>
    ) : (
      <a key={key} href={href} {...shared} onClick={onClick}>{content}</a>
    )
  })
}

interface PopupMenuProps {
  readonly label: string
  readonly items: readonly MenuItem[]
  /** What it belongs to: it opens below, or above where there is no room. */
  readonly anchor: Element
  /** @param refocus whether the focus belongs back to where it was */
  close(refocus: boolean): void
}

/** A menu that something else has opened: on top of everything, wherever its anchor is cut off. */
export function PopupMenu({ label, items, anchor, close }: PopupMenuProps): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    const menu = list.current
    if (menu === null) return
    menu.showPopover()
    const box = anchor.getBoundingClientRect()
    const below = box.bottom + menu.offsetHeight + 8 <= innerHeight
    menu.style.top = `${below ? box.bottom + 4 : Math.max(4, box.top - menu.offsetHeight - 4)}px`
    menu.style.left = `${Math.max(4, Math.min(box.left, innerWidth - menu.offsetWidth - 4))}px`
    const entries = entriesOf(menu)
    ;(entries.find((entry) => entry.getAttribute('aria-checked') === 'true') ?? entries[0])?.focus()
    const outside = (event: PointerEvent): void => {
      if (!menu.contains(event.target as Node)) latest.current(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [anchor])
  return (
    <div ref={list} role="menu" popover="manual" className="menu-list popup" aria-label={label} onKeyDown={(event) => moveInMenu(event, close)}>
      <MenuEntries items={items} close={close} />
    </div>
  )
}

const entriesOf = (list: HTMLElement | null): HTMLElement[] => [...(list?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]

function moveInMenu(event: KeyboardEvent<HTMLElement>, close: (refocus: boolean) => void): void {
  const entries = entriesOf(event.currentTarget)
  const at = entries.indexOf(document.activeElement as HTMLElement)
  const to = (index: number): void => {
    event.preventDefault()
    entries[(index + entries.length) % entries.length]?.focus()
  }
  if (event.key === 'ArrowDown') to(at + 1)
  else if (event.key === 'ArrowUp') to(at - 1)
  else if (event.key === 'Home') to(0)
  else if (event.key === 'End') to(entries.length - 1)
  else if (event.key === 'Tab') close(false)
  else if (event.key === 'Escape') {
    event.preventDefault()
    event.stopPropagation()
    close(true)
  } else if (event.key.length === 1 && /\p{L}/u.test(event.key)) {
    const next = [...entries.slice(at + 1), ...entries.slice(0, at + 1)].find(({ textContent }) => textContent?.replace(/^[^\p{L}]+/u, '').toLowerCase().startsWith(event.key.toLowerCase()))
    next?.focus()
  }
}
