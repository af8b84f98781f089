/** The rules of a project: what they say, what they would have stopped, and agreement that they ask for. */
import type { ComponentType, ReactNode } from 'react'
import { useOpenProject } from '../../project/scope.tsx'
import { go, linkTo } from '../../routes.ts'
import { useCall } from '../../data/use-call.ts'
import { useSession } from '../../session/session.tsx'
import { Denied } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../views.tsx'
import type { ViewProps } from '../../views.tsx'
import { Approvals } from './approvals.tsx'
import { Explain } from './explain.tsx'
import { useGovernanceText } from './governance-text.ts'
import { Policy } from './policy.tsx'
import { Simulation } from './simulation.tsx'
import { Versions } from './versions.tsx'
import './governance.css'

const SECTIONS = { policy: Policy, approvals: Approvals, simulation: Simulation, explain: Explain, versions: Versions } as const satisfies Record<string, ComponentType>
type Section = keyof typeof SECTIONS

export default function Governance({ route }: ViewProps): ReactNode {
  const t = useGovernanceText()
  const { client } = useSession()
  const { project, can } = useOpenProject()
  useTitle(t('title'))
  const pending = useCall(() => (can.governanceRead ? client.governance.listApprovals({ projectId: project.id, status: 'PENDING', first: 1 }) : null), [client, project.id, can.governanceRead])
  if (!can.governanceRead) return <Denied permission="governance.read" page={t('title')} />
  const section = route.rest[0] !== undefined && route.rest[0] in SECTIONS ? (route.rest[0] as Section) : 'policy'
  const Selected = SECTIONS[section]
  const waiting = pending.data?.totalCount
  return (
    <>
      <div className="page-head"><h1>{t('title')}</h1></div>
      <Tabs<Section>
        label={t('title')}
        tabs={(Object.keys(SECTIONS) as Section[]).map((id) => ({ id, label: t(`section.${id}`), ...(id === 'approvals' && waiting !== undefined && waiting > 0 && { count: waiting }) }))}
        selected={section}
        select={(id) => go(linkTo('governance', { project: route.project, rest: [id] }), { replace: true })}
      >
        <Selected />
      </Tabs>
    </>
  )
}
