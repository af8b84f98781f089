/** The pages, each loaded with its texts when somebody goes there: `views/<name>/index.tsx`. */
import { lazy, useLayoutEffect } from 'react'
import type { ComponentType, LazyExoticComponent, ReactNode } from 'react'
import type { Route } from './routes.ts'
import { loadText } from './text/text.ts'
import { useUiText } from './ui/ui-text.ts'
import { Empty } from './ui/states.tsx'

export interface ViewProps {
  readonly route: Route
}

const files = import.meta.glob<{ default: ComponentType<ViewProps> }>('./views/*/index.tsx')
const views = new Map<string, LazyExoticComponent<ComponentType<ViewProps>>>()

function viewOf(name: string): ComponentType<ViewProps> | undefined {
  const load = files[`./views/${name}/index.tsx`]
  if (load === undefined) return undefined
  let view = views.get(name)
  // texts and code at the same time; a text that fails to arrive is asked for again where it is used
  if (view === undefined) views.set(name, (view = lazy(() => Promise.all([load(), loadText(name).catch(() => undefined)]).then(([module]) => module))))
  return view
}

/** Begins to load a page, e.g. when somebody points at its link. */
export function preload(name: string): void {
  void files[`./views/${name}/index.tsx`]?.().catch(() => {})
}

export function View({ name, route }: ViewProps & { readonly name: string }): ReactNode {
  const Page = viewOf(name)
  return Page === undefined ? <Unknown /> : <Page route={route} />
}

function Unknown(): ReactNode {
  const t = useUiText()
  return (
    <>
      <h1 className="visually-hidden">BuildRunner</h1>
      <Empty title={t('failure.notFound')} icon="search" />
    </>
  )
}

/** Names the page: in the browser's tab and history. */
export function useTitle(title: string | undefined): void {
  useLayoutEffect(() => {
    document.title = title === undefined ? 'BuildRunner' : `${title} - BuildRunner`
  }, [title])
}
