/** What stands around the pages of the entry: the name, the choice of language and theme, one card. */
import type { ReactNode } from 'react'
import { ThemeMenu } from '../../frame/theme-menu.tsx'
import { useTitle } from '../../views.tsx'
import { useEntryText } from './entry-text.ts'

interface LayoutProps {
  readonly title: string
  readonly intro?: ReactNode
  readonly children: ReactNode
  /** Ways to the other pages. */
  readonly links?: ReactNode
}

export function Layout({ title, intro, children, links }: LayoutProps): ReactNode {
  const t = useEntryText()
  useTitle(title)
  return (
    <div className="entry">
      <header className="entry-top">
        <a className="brand" href="/"><img src="/favicon.svg" width="24" height="24" alt="" />BuildRunner</a>
        <span className="top-space" />
        <ThemeMenu />
      </header>
      <main className="entry-main" id="main">
        <div className="card entry-card">
          <h1>{title}</h1>
          {intro !== undefined && <p className="entry-intro">{intro}</p>}
          {children}
        </div>
        {links !== undefined && <nav className="entry-links" aria-label={t('links')}>{links}</nav>}
      </main>
    </div>
  )
}
