/** Asking what the rules in force, or an earlier version, would have stopped in a time. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { GovernanceSimulateData } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { useGovernanceText } from './governance-text.ts'
import { Simulated } from './simulated.tsx'

const DAYS = ['7', '30', '90', '365'] as const
const DAY_MS = 86_400_000

export function Simulation(): ReactNode {
  const t = useGovernanceText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const [days, setDays] = useState<string>('30')
  const [simulated, setSimulated] = useState<GovernanceSimulateData>()
  const simulate = useAction(() => client.governance.simulate({ projectId: project.id, since: new Date(Date.now() - Number(days) * DAY_MS).toISOString() }))
  return (
    <div className="form">
      <p>{t('simulation.intro')}</p>
      <Form error={simulate.error} className="row policy-ask" submit={async () => setSimulated(await simulate.run())}>
        <Select label={t('simulation.time')} options={DAYS.map((value) => ({ value, label: t('days', { count: Number(value) }) }))} value={days} onChange={(event) => setDays(event.target.value)} />
        <Button type="submit" look="primary" busy={simulate.busy}>{t('simulate')}</Button>
      </Form>
      {simulated && <Simulated simulation={simulated} />}
    </div>
  )
}
