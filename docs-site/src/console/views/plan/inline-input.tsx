/** A field in place of what it changes: Enter keeps it, Escape leaves it, leaving it keeps it. */
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'

interface InlineInputProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  /** Id of a `datalist`. */
  readonly list?: string | undefined
  /** @returns false: nothing that can be kept */
  commit(value: string): boolean
  /** @param refocus whether it was ended by keyboard */
  cancel(refocus: boolean): void
}

export function InlineInput({ label, value, placeholder, list, commit, cancel }: InlineInputProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const isEnded = useRef(false)
  const [isBad, setBad] = useState(false)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const keep = (refocus: boolean): void => {
    const text = input.current?.value ?? ''
    if (text === value) end(refocus)
    else if (commit(text)) isEnded.current = true
    else if (refocus) setBad(true)
    else end(false)
  }
  const end = (refocus: boolean): void => {
    isEnded.current = true
    cancel(refocus)
  }
  return (
    <input
      ref={input}
      className="inline-input"
      aria-label={label}
      aria-invalid={isBad || undefined}
      defaultValue={value}
      placeholder={placeholder}
      list={list}
      onChange={() => setBad(false)}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => !isEnded.current && keep(false)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') keep(true)
        else if (event.key === 'Escape') end(true)
        else return
        event.preventDefault()
      }}
    />
  )
}
