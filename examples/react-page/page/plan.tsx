/** The parts of a plan: progress bars, milestones, and rows whose status can be set. */
import { useId, useRef } from 'react'
import { STATUSES } from './documents.ts'
import type { Microstep, Milestone, Status } from './documents.ts'

type OnStatus = (item: Microstep, status: Status) => void

export function Progress({ of, progress: { percent, done, total } }: { of: string; progress: { percent: number; done: number; total: number } }) {
  return (
    <div className="progress">
      <progress max={100} value={percent} aria-label={`Progress of ${of}`} />
      <span className="percent">{Math.round(percent)}%</span>
      <span className="muted">{done} of {total} done</span>
    </div>
  )
}

interface MilestoneCardProps {
  milestone: Milestone
  /** What each item that cannot be worked on waits for, by its key. */
  blocked: ReadonlyMap<string, string>
  onStatus: OnStatus
}

export function MilestoneCard({ milestone: { title, progress, steps }, blocked, onStatus }: MilestoneCardProps) {
  const heading = useId()
  return (
    <section className="card" aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      <Progress of={title} progress={progress} />
      {steps.map((step) => (
        <details key={step.id} open={progress.percent < 100}>
          <summary>{step.title} <span className="count">{step.microsteps.length}</span></summary>
          <StatusList items={step.microsteps} blocked={blocked} onStatus={onStatus} />
        </details>
      ))}
    </section>
  )
}

interface StatusListProps {
  items: readonly Microstep[]
  blocked: ReadonlyMap<string, string>
  onStatus: OnStatus
}

function StatusList({ items, blocked, onStatus }: StatusListProps) {
  return (
    <ul className="items">
      {items.map((item) => (
        <li key={item.id} className={item.status === 'DONE' || item.status === 'CANCELLED' ? 'finished' : undefined}>
          <ItemTitle item={item} reason={blocked.get(item.key)} />
          <select
            className="status"
            data-status={item.status}
            aria-label={`Status of ${item.key}`}
            value={item.status}
            onChange={({ currentTarget }) => onStatus(item, currentTarget.value as Status)}
          >
            {Object.entries(STATUSES).map(([status, label]) => <option key={status} value={status}>{label}</option>)}
          </select>
        </li>
      ))}
    </ul>
  )
}

/** What can be started now. An item that was started leaves the list, and the focus goes back to its heading. */
export function ReadyCard({ items, empty, onStatus }: { items: readonly Microstep[]; empty: string; onStatus: OnStatus }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const start = (item: Microstep): void => {
    heading.current?.focus()
    onStatus(item, 'IN_PROGRESS')
  }
  return (
    <section className="card" aria-labelledby="ready">
      <h2 id="ready" ref={heading} tabIndex={-1}>Ready <span className="count">{items.length}</span></h2>
      {items.length === 0 && <p className="muted">{empty}</p>}
      <ul className="items">
        {items.map((item) => (
          <li key={item.id}>
            <ItemTitle item={item} />
            <button type="button" aria-label={`Start ${item.key}`} onClick={() => start(item)}>Start</button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ItemTitle({ item: { key, title, assignee }, reason }: { item: Microstep; reason?: string | undefined }) {
  return (
    <>
      <div>
        <p><code>{key}</code> <span className="title">{title}</span></p>
        {reason && <p className="muted reason">{reason}</p>}
      </div>
      {assignee && <span className="muted">{assignee}</span>}
    </>
  )
}
