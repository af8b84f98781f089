/** One row of the tree. */
import { memo } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import type { BlockReason, PlanItem } from '@buildrunner/sdk/plans'
import { Icon } from '../../ui/icon.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { InlineInput } from './inline-input.tsx'
import { formatEstimate } from './model/estimate.ts'
import type { RollUp, Row } from './model/rows.ts'
import type { PlanText } from './plan-text.ts'
import type { EditField, TreeActions } from './tree-actions.ts'

export interface RowProps {
  readonly row: Row
  /** From 1, the heading is 1 itself. */
  readonly rowIndex: number
  /** Pixels from the top. */
  readonly start: number
  readonly isActive: boolean
  /** Its item is open in the inspector. */
  readonly isOpen: boolean
  /** Leads to an item, with the filter that is set. */
  linkOf(id: string): string
  readonly rollUp: RollUp | undefined
  readonly isReady: boolean
  readonly blocked: readonly BlockReason[] | undefined
  /** Somebody else has just changed it. */
  readonly isMarked: boolean
  /** A write of it waits for the server. */
  readonly isWaiting: boolean
  readonly editing: EditField | undefined
  readonly canWrite: boolean
  readonly canRun: boolean
  readonly actions: TreeActions
  readonly t: PlanText
}

export const TreeRow = memo(function TreeRow(props: RowProps): ReactNode {
  const { row, rowIndex, start, isActive, isOpen, actions, isMarked, t } = props
  const { item, level, position, setSize, isExpanded, isMatch } = row
  const { id, kind, fields } = item
  const classes = ['plan-row', kind, !isMatch && 'context', isMarked && 'marked', isOpen && 'open', fields.status === 'cancelled' && 'cancelled'].filter(Boolean).join(' ')
  return (
    <div
      role="row"
      data-id={id}
      className={classes}
      style={{ transform: `translateY(${start}px)` }}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={setSize}
      aria-rowindex={rowIndex}
      aria-expanded={isExpanded}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => !isActive && actions.activate(id)}
    >
      <TitleCell {...props} />
      <div role="gridcell" className="plan-status">{kind === 'microstep' ? <StatusCell {...props} /> : <Share item={item} rollUp={props.rollUp} t={t} />}</div>
      <div role="gridcell" className="plan-marks"><Marks {...props} /></div>
      <div role="gridcell" className="plan-assignee"><TextCell {...props} field="assignee" value={fields.assignee ?? ''} /></div>
      <div role="gridcell" className="plan-estimate">{kind === 'microstep' && <TextCell {...props} field="estimate" value={formatEstimate(fields.estimate)} />}</div>
    </div>
  )
})

function TitleCell({ row: { item: { id, fields }, level, isExpanded }, editing, linkOf, canWrite, isMarked, actions, t }: RowProps): ReactNode {
  return (
    <div role="rowheader" className="plan-title" style={{ '--level': level } as CSSProperties}>
      {isExpanded === undefined ? (
        <span className="plan-twist" aria-hidden="true" />
      ) : (
        <button type="button" className="plan-twist" tabIndex={-1} aria-hidden="true" onClick={() => actions.toggle(id, !isExpanded)}>
          <Icon name="chevron" />
        </button>
      )}
      {editing === 'title' ? (
        <InlineInput label={t('edit.title')} value={fields.title} commit={(value) => actions.commit(id, 'title', value)} cancel={actions.cancel} />
      ) : (
        <>
          <a href={linkOf(id)} tabIndex={-1} draggable={false} onDoubleClick={() => canWrite && actions.edit(id, 'title')}>{fields.title}</a>
          <span className="plan-id">{id}</span>
          {isMarked && <span className="plan-mark">{t('row.changed')}</span>}
        </>
      )}
    </div>
  )
}

function StatusCell({ row: { item }, isActive, canWrite, canRun, actions, t }: RowProps): ReactNode {
  const status = item.fields.status ?? 'todo'
  const content = (
    <>
      <StatusIcon status={status} />
      <span>{t(`status.${status}`)}</span>
    </>
  )
  if (!canRun && !canWrite) return <span className="plan-status-text">{content}</span>
  return (
    <button type="button" className="plan-cell-button" tabIndex={isActive ? 0 : -1} aria-haspopup="menu" data-status-button aria-label={t('status.of', { status: t(`status.${status}`) })} onClick={(event) => actions.chooseStatus(item.id, event.currentTarget)}>
      {content}
    </button>
  )
}

/** How much of a milestone or step is done. */
function Share({ item, rollUp, t }: { readonly item: PlanItem; readonly rollUp: RollUp | undefined; readonly t: PlanText }): ReactNode {
  const { done, total } = rollUp ?? { done: 0, total: 0 }
  if (total === 0) return <span className="fine">{t('row.nothing')}</span>
  return (
    <span className="plan-share" title={t('row.share', { done, total })}>
      <span className="progress-bar" role="progressbar" aria-label={t('row.progress', { title: item.fields.title })} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-valuetext={t('row.share', { done, total })}>
        <span style={{ inlineSize: `${(100 * done) / total}%` }} />
      </span>
      <span aria-hidden="true">{done}/{total}</span>
    </span>
  )
}

function Marks({ row: { item }, isReady, blocked, isWaiting, t }: RowProps): ReactNode {
  return (
    <>
      {isReady && <span className="chip good" title={t('ready.why')}>{t('ready')}</span>}
      {blocked !== undefined && <span className="chip warn" title={blocked.map((reason) => reasonText(reason, t)).join('\n')}>{t('blocked')}<span className="visually-hidden">: {blocked.map((reason) => reasonText(reason, t)).join('; ')}</span></span>}
      {item.fields.priority !== undefined && item.fields.priority !== 'medium' && <span className={`chip ${item.fields.priority}`}>{t(`priority.${item.fields.priority}`)}</span>}
      {item.kind === 'milestone' && item.fields.dueDate !== undefined && <span className="chip">{t('due', { date: new Date(`${item.fields.dueDate}T00:00:00`) })}</span>}
      {isWaiting && <span className="plan-waiting" title={t('row.waits')}><Icon name="sync" /><span className="visually-hidden">{t('row.waits')}</span></span>}
    </>
  )
}

export function reasonText({ kind, id = '', via }: BlockReason, t: PlanText): string {
  if (kind === 'status') return t('reason.status')
  if (kind === 'missing') return t('reason.missing', { id })
  return via === undefined ? t('reason.dependency', { id }) : t('reason.inherited', { id, via })
}

function TextCell({ row: { item }, editing, field, value, actions, canWrite, t }: RowProps & { readonly field: 'assignee' | 'estimate'; readonly value: string }): ReactNode {
  const { id } = item
  if (editing === field) return <InlineInput label={t(`edit.${field}`)} value={value} list={field === 'assignee' ? 'plan-assignees' : undefined} commit={(text) => actions.commit(id, field, text)} cancel={actions.cancel} />
  const text = value === '' ? '' : field === 'estimate' ? t('hours', { hours: value }) : value
  return canWrite ? <span className="plan-cell-text" title={text} onDoubleClick={() => actions.edit(id, field)}>{text}</span> : <span className="plan-cell-text" title={text}>{text}</span>
}
