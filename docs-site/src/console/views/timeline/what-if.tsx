/** One item of the timeline: when it is, how much it may slip, and what another estimate would do to the end. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { applyChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { Timeline, TimelineRow } from '@buildrunner/sdk/flow'
import { linkTo } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { formatEstimate, parseEstimate } from '../plan/model/estimate.ts'
import type { TimelineText } from './timeline-text.ts'

interface WhatIfProps {
  readonly row: TimelineRow
  readonly plan: FlatPlan
  readonly project: string
  readonly canWrite: boolean
  /** The finish of the whole plan; null when nothing is left. */
  readonly finish: string | null
  /** The timeline that another plan has. */
  timelineFor(plan: FlatPlan): Timeline
  describe(row: TimelineRow): string
  keep(change: PlanChange): Promise<void>
  readonly t: TimelineText
}

const DAY_MS = 86_400_000

export function WhatIf({ row, plan, project, canWrite, finish, timelineFor, describe, keep, t }: WhatIfProps): ReactNode {
  const current = plan.items.get(row.key)?.fields.estimate
  const [text, setText] = useState(formatEstimate(current))
  const estimate = parseEstimate(text)
  const isOther = estimate !== undefined && text.trim() !== formatEstimate(current)
  const change: PlanChange = { op: 'update', id: row.key, set: { estimate: estimate ?? null } }
  return (
    <section className="card timeline-item" aria-label={row.title}>
      <h2>{row.title} <span className="fine"><code>{row.key}</code></span></h2>
      <p>{describe(row)}</p>
      {row.kind === 'microstep' && !row.hasFinished && (
        <form
          className="timeline-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (isOther) void keep(change)
          }}
        >
          <Field label={t('whatIf')} hint={t('whatIf.hint')} value={text} error={estimate === undefined ? t('whatIf.bad') : undefined} onChange={(event) => setText(event.target.value)} />
          <p role="status" className="timeline-answer">{isOther && <Answer finish={finish} after={timelineFor(applyChanges(plan, [change])).finish} t={t} />}</p>
          {canWrite && <Button type="submit" disabled={!isOther}>{t('whatIf.keep')}</Button>}
        </form>
      )}
      <p><ButtonLink href={linkTo('plan', { project, rest: [row.key] })}>{t('openInPlan')}</ButtonLink></p>
    </section>
  )
}

function Answer({ finish, after, t }: { readonly finish: string | null; readonly after: string | null; readonly t: TimelineText }): ReactNode {
  if (finish === null || after === null) return null
  const days = (Date.parse(after) - Date.parse(finish)) / DAY_MS
  const values = { days: Math.abs(days), finish: new Date(after) }
  if (Math.abs(days) < 0.01) return t('whatIf.same')
  return days > 0 ? t('whatIf.later', values) : t('whatIf.earlier', values)
}
