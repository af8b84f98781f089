/** The pages, each loaded with its texts when somebody goes there: `views/<name>/index.tsx`. */
import { use, useLayoutEffect } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { readable } from './data/readable.ts'
import type { Route } from './routes.ts'
import { loadText } from './text/text.ts'
import { useUiText } from './ui/ui-text.ts'
import { Empty } from './ui/states.tsx'

export interface ViewProps {
  readonly route: Route
}

type Page = ComponentType<ViewProps>

const files = import.meta.glob<{ default: Page }>('./views/*/index.tsx')
const pages = new Map<string, Promise<Page>>()

/** Code and texts at the same time; a text that fails to arrive is asked for again where it is used. @returns undefined: no such page */
function load(name: string): Promise<Page> | undefined {
  const file = files[`./views/${name}/index.tsx`]
  if (file === undefined) return undefined
  let page = pages.get(name)
  if (page === undefined) {
    page = readable(Promise.all([file(), loadText(name).catch(() => undefined)]).then(([module]) => module.default))
    page.catch(() => pages.delete(name)) // the network was away: the next one who goes there tries again
    pages.set(name, page)
  }
  return page
}

/** Begins to load a page, e.g. when somebody points at its link. */
export function preload(name: string): void {
  void load(name)
}

export function View({ name, route }: ViewProps & { readonly name: string }): ReactNode {
  const page = load(name)
  if (page === undefined) return <Unknown />
  const Page = use(page)
  return <Page route={route} />
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
