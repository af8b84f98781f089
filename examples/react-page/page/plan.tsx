/** The parts of a plan: progress bars, milestones, and rows whose status can be set. */
import { useId } from 'react'
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
          <StatusList items={step.microsteps} blocked={blocked} onStatus={onStatus} where={title} />
        </details>
      ))}
    </section>
  )
}

interface StatusListProps {
  items: readonly Microstep[]
  blocked?: ReadonlyMap<string, string>
  onStatus: OnStatus
  /** Tells two lists with the same item apart, for those who hear the page. */
  where: string
}

export function StatusList({ items, blocked, onStatus, where }: StatusListProps) {
  return (
    <ul className="items">
      {items.map((item) => (
        <li key={item.id} className={item.status === 'DONE' || item.status === 'CANCELLED' ? 'finished' : undefined}>
          <div>
            <p><code>{item.key}</code> <span className="title">{item.title}</span></p>
            {blocked?.has(item.key) && <p className="muted reason">{blocked.get(item.key)}</p>}
          </div>
          {item.assignee && <span className="muted">{item.assignee}</span>}
          <select
            className="status"
            data-status={item.status}
            aria-label={`Status of ${item.key} (${where})`}
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
