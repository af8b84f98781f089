/** Settings of the person and of the organisation. */
import type { ComponentType, ReactNode } from 'react'
import { go, linkTo } from '../../routes.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../views.tsx'
import type { ViewProps } from '../../views.tsx'
import { OrganisationSettings } from './organisation.tsx'
import { PersonSettings } from './person.tsx'
import { SecuritySettings } from './security.tsx'
import { SessionsSettings } from './sessions.tsx'
import { useSettingsText } from './settings-text.ts'
import './settings.css'

const SECTIONS = { person: PersonSettings, security: SecuritySettings, sessions: SessionsSettings, organisation: OrganisationSettings } as const satisfies Record<string, ComponentType>
type Section = keyof typeof SECTIONS

export default function Settings({ route }: ViewProps): ReactNode {
  const t = useSettingsText()
  useTitle(t('title'))
  const section = route.rest[0] !== undefined && route.rest[0] in SECTIONS ? (route.rest[0] as Section) : 'person'
  const Selected = SECTIONS[section]
  return (
    <>
      <div className="page-head"><h1>{t('title')}</h1></div>
      <Tabs<Section>
        label={t('sections')}
        tabs={(Object.keys(SECTIONS) as Section[]).map((id) => ({ id, label: t(`section.${id}`) }))}
        selected={section}
        select={(id) => go(linkTo('settings', { rest: [id] }), { replace: true })}
      >
        <Selected />
      </Tabs>
    </>
  )
}
