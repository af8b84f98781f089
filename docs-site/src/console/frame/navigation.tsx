/** The ways to the pages: those of the open project, and those of organisation and person. */
import type { ReactNode } from 'react'
import { PROJECT_VIEWS, linkTo } from '../routes.ts'
import type { AccountView, ProjectView, Route } from '../routes.ts'
import { useSession } from '../session/session.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { preload } from '../views.tsx'
import { useShellText } from './shell-text.ts'
import { UnreadBadge } from './unread-badge.tsx'

const PROJECT_ICONS: Readonly<Record<ProjectView, IconName>> = { plan: 'plan', timeline: 'timeline', graph: 'graph', quality: 'quality', governance: 'rules', sync: 'sync' }
const ACCOUNT_ICONS: Readonly<Record<AccountView, IconName>> = { projects: 'plan', notifications: 'bell', members: 'people', keys: 'key', audit: 'check', settings: 'settings' }

/** The permission that a page is no use without. */
const NEEDS: Partial<Record<AccountView, string>> = { members: 'membersRead', keys: 'keysRead', audit: 'auditRead' }

export function Navigation({ route }: { readonly route: Route }): ReactNode {
  const t = useShellText()
  const { can } = useSession()
  const { project } = route
  const account = (Object.keys(ACCOUNT_ICONS) as AccountView[]).filter((view) => NEEDS[view] === undefined || can[NEEDS[view]] === true)
  return (
    <nav id="navigation" className="navigation" aria-label={t('navigation')}>
      {project !== undefined && (
        <>
          <h2 className="navigation-title">{project}</h2>
          <ul>
            {PROJECT_VIEWS.map((view) => (
              <Entry key={view} href={linkTo(view, { project })} icon={PROJECT_ICONS[view]} label={t(`view.${view}`)} view={view} isHere={route.view === view} />
            ))}
          </ul>
        </>
      )}
      <h2 className="navigation-title">{t('everything')}</h2>
      <ul>
        {account.map((view) => (
          <Entry key={view} href={linkTo(view)} icon={ACCOUNT_ICONS[view]} label={t(`view.${view}`)} view={view} isHere={route.view === view}>
            {view === 'notifications' && <UnreadBadge />}
          </Entry>
        ))}
      </ul>
    </nav>
  )
}

interface EntryProps {
  readonly href: string
  readonly icon: IconName
  readonly label: string
  readonly view: string
  readonly isHere: boolean
  readonly children?: ReactNode
}

function Entry({ href, icon, label, view, isHere, children }: EntryProps): ReactNode {
  return (
    <li>
      <a href={href} aria-current={isHere ? 'page' : undefined} onPointerEnter={() => preload(view)} onFocus={() => preload(view)}>
        <Icon name={icon} />
        {label}
        {children}
      </a>
    </li>
  )
}
