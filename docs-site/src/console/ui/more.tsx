/** The way to the next page of a list. */
import type { ReactNode } from 'react'
import type { Pages } from '../data/use-pages.ts'
import { Button } from './button.tsx'
import { ErrorNotice } from './notice.tsx'
import { useUiText } from './ui-text.ts'

export function More({ pages: { error, hasMore, busy, more } }: { readonly pages: Pages<unknown> }): ReactNode {
  const t = useUiText()
  return (
    <>
      <ErrorNotice error={error} />
      {hasMore && <div className="row more"><Button busy={busy} onClick={() => void more()}>{t('more')}</Button></div>}
    </>
  )
}
