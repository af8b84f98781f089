/** The pages, each loaded with its texts when somebody goes there: `views/<name>/index.tsx`. */
import { use, useLayoutEffect } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { loadOnce } from './data/readable.ts'
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
  return loadOnce(pages, name, async () => {
    const [module] = await Promise.all([file(), loadText(name).catch(() => undefined)])
    return module.default
  })
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
