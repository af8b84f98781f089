/** Changes that wait for agreement, and what became of those that did. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Approval } from '@buildrunner/sdk'
import { usePages } from '../../data/use-pages.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Select } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { More } from '../../ui/more.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Decide } from './decide.tsx'
import { useGovernanceText } from './governance-text.ts'

const STATUSES = ['PENDING', 'GRANTED', 'REFUSED', 'EXPIRED'] as const
type Status = (typeof STATUSES)[number]

export function Approvals(): ReactNode {
  const t = useGovernanceText()
  const { client, userId } = useSession()
  const { project } = useOpenProject()
  const [status, setStatus] = useState<Status>('PENDING')
  const [isMine, setMine] = useState(false)
  const approvals = usePages((after) => client.governance.listApprovals({ projectId: project.id, status, after }), (page) => page.approvals, [client, project.id, status])
  const { items, error, reload } = approvals
  const shown = items?.filter(({ requestedBy }) => !isMine || requestedBy.id === userId)
  return (
    <div className="form">
      <div className="row policy-ask">
        <Select label={t('status')} options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))} value={status} onChange={(event) => setStatus(event.target.value as Status)} />
        <Checkbox label={t('mine')} checked={isMine} onChange={(event) => setMine(event.target.checked)} />
      </div>
      {status === 'PENDING' && <Notice tone="info">{t('binds')}</Notice>}
      {shown === undefined && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {shown?.length === 0 && <Empty title={t(`none.${status}`)} icon="check" />}
      {shown !== undefined && shown.length > 0 && <ul className="plain-list">{shown.map((approval) => <ApprovalCard key={approval.id} approval={approval} decided={reload} />)}</ul>}
      <More pages={approvals} />
    </div>
  )
}

const ICONS = { PENDING: 'clock', GRANTED: 'check', REFUSED: 'close', EXPIRED: 'clock' } as const

function ApprovalCard({ approval, decided }: { readonly approval: Approval; decided(): Promise<void> }): ReactNode {
  const t = useGovernanceText()
  const { userId } = useSession()
  const { project, can } = useOpenProject()
  const [decision, decide] = useState<'approve' | 'refuse'>()
  const { status, summary, reason, rule, itemKey, requestedBy, decisions, roles, count, expiresAt, createdAt, usedAt, policyVersion } = approval
  const isOwn = requestedBy.id === userId
  const hasDecided = decisions.some(({ by }) => by.id === userId)
  const granted = decisions.filter(({ decision: made }) => made === 'GRANTED').length
  const mayDecide = status === 'PENDING' && can.governanceApprove && !isOwn && !hasDecided
  return (
    <li className="card approval">
      <p className="row"><Icon name={ICONS[status as Status] ?? 'clock'} /><strong>{summary}</strong>{itemKey !== null && <a href={linkTo('plan', { project: project.slug, rest: [itemKey] })}>{itemKey}</a>}<span className="tag">{t(`status.${status as Status}`)}</span></p>
      <p>{t('asked', { name: requestedBy.name })} <Time at={createdAt} />: {reason}</p>
      <p className="fine">{t('wanted', { count, roles: roles.join(', '), rule, version: policyVersion })}</p>
      {decisions.length > 0 && <ul>{decisions.map(({ by, role, decision: made, comment }) => <li key={by.id}>{t(made === 'GRANTED' ? 'didGrant' : 'didRefuse', { name: by.name, role })}{comment !== null && <>: {comment}</>}</li>)}</ul>}
      {status === 'PENDING' && <p className="fine">{t('granted', { granted, count })} · {t('lapses')} <Time at={expiresAt} /></p>}
      {status === 'GRANTED' && <p className="fine">{usedAt === null ? <>{t('unused')} <Time at={expiresAt} /></> : <>{t('used')} <Time at={usedAt} /></>}</p>}
      {status === 'PENDING' && isOwn && <p className="fine">{t('own')}</p>}
      {mayDecide && (
        <div className="row">
          <Button look="primary" icon="check" onClick={() => decide('approve')}>{t('approve')}</Button>
          <Button look="danger" onClick={() => decide('refuse')}>{t('refuse')}</Button>
        </div>
      )}
      {decision && <Decide approval={approval} decision={decision} decided={decided} close={() => decide(undefined)} />}
    </li>
  )
}
