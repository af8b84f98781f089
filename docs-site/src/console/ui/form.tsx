/** A form whose errors stand at their fields: the first of them gets the focus, the others are told above it. */
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'
import { ErrorNotice } from './notice.tsx'

/** The input that an error is about: its name, without where it lies. */
export const faultOf = (error: BuildRunnerError | undefined): string | undefined => error?.path?.findLast((part) => typeof part === 'string') as string | undefined

interface FormProps {
  readonly error?: BuildRunnerError | undefined
  /** Inputs that show their errors themselves. */
  readonly fields?: readonly string[]
  readonly className?: string
  readonly label?: string
  submit(): unknown
  readonly children: ReactNode
}

export function Form({ error, fields = [], className = 'form', label, submit, children }: FormProps): ReactNode {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [error])
  const isShown = fields.includes(faultOf(error) ?? '')
  return (
    <form
      ref={form}
      className={className}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {!isShown && <ErrorNotice error={error} />}
      {children}
    </form>
  )
}
