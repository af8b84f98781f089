/** What stands around every page: the way to the others, the project, the person, and whether the server is there. */
import { Suspense, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { ConnectionStatus } from '../offline/connection.tsx'
import { ProjectScope } from '../project/scope.tsx'
import type { Route } from '../routes.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Empty, Loading } from '../ui/states.tsx'
import { useUiText } from '../ui/ui-text.ts'
import { View } from '../views.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { Navigation } from './navigation.tsx'
import { NewBuild } from './new-build.tsx'
import { PersonMenu } from './person-menu.tsx'
import { useShellText } from './shell-text.ts'
import { ThemeMenu } from './theme-menu.tsx'

export function Frame({ route }: { readonly route: Route }): ReactNode {
  const t = useShellText()
  const main = useRef<HTMLElement>(null)
  const page = `${route.project ?? ''}/${route.view}`
  useFocusOnNewPage(main, page)
  const [isMenuOpen, openMenu] = useState(false)
  useEffect(() => openMenu(false), [page])
  return (
    <div className="frame" data-menu={isMenuOpen || undefined}>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>{t('skip')}</button>
      <header className="top">
        <IconButton icon={isMenuOpen ? 'close' : 'menu'} label={t('menu')} className="menu-toggle" aria-expanded={isMenuOpen} aria-controls="navigation" onClick={() => openMenu(!isMenuOpen)} />
        <a className="brand" href="#/projects"><img src="/favicon.svg" width="24" height="24" alt="" />BuildRunner</a>
        <a className="top-link" href="/">{t('documentation')}</a>
        <span className="top-space" />
        <ConnectionStatus project={route.project} />
        <ThemeMenu />
        <PersonMenu />
      </header>
      <Navigation route={route} />
      <main ref={main} tabIndex={-1} className="page" id="main">
        <NewBuild />
        <ErrorBoundary key={page} fallback={(error, again) => <Broken error={error} again={again} />}>
          <Suspense fallback={<Loading />}>
            {route.project === undefined ? <View name={route.view} route={route} /> : <ProjectScope key={route.project} project={route.project}><View name={route.view} route={route} /></ProjectScope>}
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  )
}

/** Another page begins where reading begins; the first one leaves the focus to the browser. */
function useFocusOnNewPage(main: { readonly current: HTMLElement | null }, page: string): void {
  const before = useRef(page)
  useEffect(() => {
    if (before.current === page) return
    before.current = page
    main.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [page, main])
}

function Broken({ error, again }: { readonly error: Error; again(): void }): ReactNode {
  const t = useUiText()
  return (
    <div role="alert">
      <Empty title={t('failure.broken')} icon="alert">
        <p>{error.message}</p>
        <Button icon="refresh" look="primary" onClick={again}>{t('retry')}</Button>
        <Button onClick={() => location.reload()}>{t('failure.reload')}</Button>
      </Empty>
    </div>
  )
}
