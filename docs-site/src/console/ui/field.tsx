/** One input of a form with its label, hint and error: bound together for everybody. */
import { useId } from 'react'
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'

interface Labelled {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong with what was entered. */
  readonly error?: string | undefined
}

function useField(hint: ReactNode, error: string | undefined) {
  const id = useId()
  const ids = [hint !== undefined && hint !== null ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return { id, attributes: { id, 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined } as const }
}

function Around({ id, label, hint, error, children }: Labelled & { readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && hint !== null && <p id={`${id}-hint`} className="fine">{hint}</p>}
      {children}
      {error && <p id={`${id}-error`} className="field-error">{error}</p>}
    </div>
  )
}

export function Field({ label, hint, error, ...input }: Labelled & InputHTMLAttributes<HTMLInputElement>): ReactNode {
  const { id, attributes } = useField(hint, error)
  return <Around {...{ id, label, hint, error }}><input type="text" {...input} {...attributes} /></Around>
}

export function TextArea({ label, hint, error, ...input }: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>): ReactNode {
  const { id, attributes } = useField(hint, error)
  return <Around {...{ id, label, hint, error }}><textarea rows={4} {...input} {...attributes} /></Around>
}

export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
}

export function Select({ label, hint, error, options, ...input }: Labelled & SelectHTMLAttributes<HTMLSelectElement> & { readonly options: readonly Option[] }): ReactNode {
  const { id, attributes } = useField(hint, error)
  return (
    <Around {...{ id, label, hint, error }}>
      <select {...input} {...attributes}>{options.map(({ value, label: text }) => <option key={value} value={value}>{text}</option>)}</select>
    </Around>
  )
}

export function Checkbox({ label, hint, ...input }: Omit<Labelled, 'error'> & Omit<InputHTMLAttributes<HTMLInputElement>, 'type'>): ReactNode {
  const { id, attributes } = useField(hint, undefined)
  return (
    <div className="checkbox">
      <input type="checkbox" {...input} {...attributes} />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && hint !== null && <p id={`${id}-hint`} className="fine">{hint}</p>}
    </div>
  )
}
