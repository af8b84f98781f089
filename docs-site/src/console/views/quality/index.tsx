/** Quality from evidence, and what the flow of work says of the time that is left. */
import type { ComponentType, ReactNode } from 'react'
import { useOpenProject } from '../../project/scope.tsx'
import { go, linkTo } from '../../routes.ts'
import { Denied } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../views.tsx'
import type { ViewProps } from '../../views.tsx'
import { ExportMenu } from './export-menu.tsx'
import { Flow } from './flow.tsx'
import { Forecast } from './forecast.tsx'
import { useQualityText } from './quality-text.ts'
import { Runs } from './runs.tsx'
import { Score } from './score.tsx'
import './quality.css'

const SECTIONS = { score: Score, forecast: Forecast, flow: Flow, runs: Runs } as const satisfies Record<string, ComponentType>
type Section = keyof typeof SECTIONS

export default function Quality({ route }: ViewProps): ReactNode {
  const t = useQualityText()
  const { can } = useOpenProject()
  useTitle(t('title'))
  if (!can.plannerRead) return <Denied permission="planner.read" page={t('title')} />
  const section = route.rest[0] !== undefined && route.rest[0] in SECTIONS ? (route.rest[0] as Section) : 'score'
  const Selected = SECTIONS[section]
  return (
    <>
      <div className="page-head"><h1>{t('title')}</h1><ExportMenu /></div>
      <Tabs<Section>
        label={t('title')}
        tabs={(Object.keys(SECTIONS) as Section[]).map((id) => ({ id, label: t(`section.${id}`) }))}
        selected={section}
        select={(id) => go(linkTo('quality', { project: route.project, rest: [id] }), { replace: true })}
      >
        <Selected />
      </Tabs>
    </>
  )
}
