/** A modal dialog on the platform's own element: it keeps the focus, closes on Escape, and gives the focus back. */
import { useEffect, useId, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { IconButton } from './button.tsx'
import { useUiText } from './ui-text.ts'

interface DialogProps {
  readonly title: string
  readonly children: ReactNode
  /** Buttons below the content. */
  readonly actions?: ReactNode
  /** Wider, for what stands side by side. */
  readonly wide?: boolean
  /** Gets the focus afterwards where what had it before is gone. */
  readonly after?: RefObject<HTMLElement | null> | undefined
  close(): void
}

/** Shown as long as it is rendered. */
export function Dialog({ title, children, actions, wide = false, after, close }: DialogProps): ReactNode {
  const t = useUiText()
  const titleId = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const dialog = element.current
    dialog?.showModal()
    // a form begins at its first field; without one the platform chooses
    dialog?.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
      else after?.current?.focus()
    }
  }, [])
  return (
    <dialog
      ref={element}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label={t('close')} onClick={close} />
      </header>
      <div className="dialog-body">{children}</div>
      {actions && <footer className="dialog-actions">{actions}</footer>}
    </dialog>
  )
}
