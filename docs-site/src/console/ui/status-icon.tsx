/** A sign for each status of a microstep: shape and colour, beside its name. */
import type { ReactNode } from 'react'
import type { Status } from '@buildrunner/sdk/plans'

const SHAPES: Readonly<Record<Status, ReactNode>> = {
  todo: <circle cx="8" cy="8" r="5.5" />,
  in_progress: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11Z" fill="currentColor" />
    </>
  ),
  in_review: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <circle cx="8" cy="8" r="2.25" fill="currentColor" />
    </>
  ),
  blocked: (
    <>
      <rect x="2.75" y="2.75" width="10.5" height="10.5" rx="2" />
      <path d="M5.5 8h5" />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="currentColor" />
      <path d="m5.4 8.2 1.8 1.9 3.4-3.9" stroke="var(--br-ground)" />
    </>
  ),
  cancelled: <path d="m4.5 4.5 7 7m0-7-7 7" />,
}

export function StatusIcon({ status }: { readonly status: Status }): ReactNode {
  return (
    <svg className="icon status-icon" data-status={status} viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {SHAPES[status]}
    </svg>
  )
}
