/** The audit log: what was done and by whom, and the proof that nothing of it was changed since. */
import type { ReactNode } from 'react'
import { go, linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { Denied } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../views.tsx'
import type { ViewProps } from '../../views.tsx'
import { useAuditText } from './audit-text.ts'
import { Search } from './search.tsx'
import { Verify } from './verify.tsx'
import './audit.css'

type Section = 'records' | 'verify'

export default function Audit({ route }: ViewProps): ReactNode {
  const t = useAuditText()
  const { can } = useSession()
  useTitle(t('title'))
  const section: Section = route.rest[0] === 'verify' ? 'verify' : 'records'
  return (
    <>
      <div className="page-head"><h1>{t('title')}</h1></div>
      {can['auditRead'] === true ? (
        <Tabs<Section>
          label={t('title')}
          tabs={[{ id: 'records', label: t('records') }, { id: 'verify', label: t('verify') }]}
          selected={section}
          select={(id) => go(linkTo('audit', { rest: id === 'records' ? [] : [id] }), { replace: true })}
        >
          {section === 'records' ? <Search query={route.query} /> : <Verify />}
        </Tabs>
      ) : (
        <Denied permission="audit.read" />
      )}
    </>
  )
}
