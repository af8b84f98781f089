/** Where a comment is written: markdown with a preview, and mentions that complete themselves. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { insertMention } from '@buildrunner/sdk/mentions'
import type { Typed } from '@buildrunner/sdk/mentions'
import { Button } from '../../ui/button.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useInspectorText } from '../text.ts'
import { draftOf, keepDraft } from './drafts.ts'
import { MentionList, optionId } from './mention-list.tsx'
import { useSuggestions } from './mentions.ts'
import type { Suggestion } from './mentions.ts'

interface ComposerProps {
  /** Name of the text. */
  readonly label: string
  /** On the button that sends. */
  readonly action: string
  /** Names the draft, which is kept while it is not sent; absent: it is not kept. */
  readonly place?: string
  /** What is edited. */
  readonly initial?: string
  readonly autoFocus?: boolean
  /** @throws Error what is wrong with it; the text stays */
  send(text: string): Promise<unknown>
  cancel?(): void
  type(isTyping: boolean): void
}

export function Composer({ label, action, place, initial, autoFocus = false, send, cancel, type }: ComposerProps): ReactNode {
  const t = useInspectorText()
  const id = useId()
  const [typed, setTyped] = useState<Typed>(() => {
    const text = initial ?? (place === undefined ? '' : draftOf(place))
    return { text, cursor: text.length }
  })
  const [isPreview, preview] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const { text } = typed
  const isReady = text.trim() !== '' && !busy
  const write = (next: Typed): void => {
    setTyped(next)
    if (next.text === text) return
    if (place !== undefined) keepDraft(place, next.text)
    type(next.text.trim() !== '')
  }
  const submit = async (): Promise<void> => {
    if (!isReady) return
    setBusy(true)
    type(false)
    try {
      await send(text)
      write({ text: '', cursor: 0 })
      preview(false)
      setError(undefined)
    } catch (failure) {
      setError((failure as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="composer" aria-label={label} onSubmit={(event) => (event.preventDefault(), void submit())}>
      {error !== undefined && <Notice tone="bad">{error}</Notice>}
      <div className="composer-head">
        <label htmlFor={id}>{label}</label>
        <button type="button" className="link-button" aria-pressed={isPreview} onClick={() => preview(!isPreview)} disabled={text.trim() === ''}>{t('composer.preview')}</button>
      </div>
      {isPreview ? <div className="composer-preview"><Markdown text={text} /></div> : <MentionText id={id} typed={typed} autoFocus={autoFocus} change={write} submit={() => void submit()} blur={() => type(false)} />}
      <div className="composer-foot">
        <p id={`${id}-hint`} className="fine">{t('composer.hint')}</p>
        {cancel && <Button look="quiet" onClick={cancel}>{t('cancel')}</Button>}
        <Button type="submit" look="primary" busy={busy} disabled={!isReady}>{action}</Button>
      </div>
    </form>
  )
}

interface MentionTextProps {
  readonly id: string
  readonly typed: Typed
  readonly autoFocus: boolean
  change(typed: Typed): void
  submit(): void
  blur(): void
}

/** A text with a list of those who can be mentioned. The keys of the list are those of a combobox; Escape closes the list, and nothing else. */
function MentionText({ id, typed, autoFocus, change, submit, blur }: MentionTextProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null)
  const [isActive, activate] = useState(false)
  const [selected, select] = useState(0)
  const found = useSuggestions(isActive ? typed : null)
  const isOpen = found.length > 0
  useEffect(() => select(0), [found])
  useCursor(area, typed)
  useEffect(() => {
    if (autoFocus) area.current?.focus()
  }, [autoFocus])
  const choose = (suggestion: Suggestion): void => {
    change(insertMention(typed, suggestion))
    activate(false)
    area.current?.focus()
  }
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return event.preventDefault(), submit()
    if (!isOpen || event.nativeEvent.isComposing) return
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move !== undefined) select((selected + move + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(found[selected] ?? (found[0] as Suggestion))
    else if (event.key === 'Escape') activate(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="composer-text">
      <textarea
        ref={area}
        id={id}
        rows={3}
        value={typed.text}
        aria-describedby={`${id}-hint`}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? `${id}-mentions` : undefined}
        aria-activedescendant={isOpen ? optionId(id, selected) : undefined}
        onChange={({ target }) => {
          activate(true)
          change({ text: target.value, cursor: target.selectionEnd })
        }}
        onSelect={({ currentTarget }) => {
          if (currentTarget.selectionEnd !== typed.cursor) change({ text: typed.text, cursor: currentTarget.selectionEnd })
        }}
        onKeyDown={key}
        onBlur={() => {
          activate(false)
          blur()
        }}
      />
      {isOpen && <MentionList id={id} found={found} selected={selected} choose={choose} />}
    </div>
  )
}

/** A text that is put in by the program leaves the cursor behind what was put in. */
function useCursor(area: { readonly current: HTMLTextAreaElement | null }, { text, cursor }: Typed): void {
  useLayoutEffect(() => {
    const element = area.current
    if (element === null || element.selectionEnd === cursor || document.activeElement !== element) return
    element.setSelectionRange(cursor, cursor)
  }, [area, text, cursor])
}
