/** How far something is. */
import type { ReactNode } from 'react'
import { useLanguage } from '../text/language.ts'

/** @param value 0 to 1 */
export function Progress({ value, label }: { readonly value: number; readonly label: string }): ReactNode {
  const language = useLanguage()
  const text = new Intl.NumberFormat(language, { style: 'percent' }).format(value)
  return (
    <span className="progress">
      <span className="progress-bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(value * 100)}>
        <span style={{ inlineSize: `${value * 100}%` }} />
      </span>
      <span aria-hidden="true">{text}</span>
    </span>
  )
}
