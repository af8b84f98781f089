/** Writes that the server refused: which rule, and what to do about it. */
import type { ReactNode } from 'react'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { PlanText } from './plan-text.ts'

const MAX_SHOWN = 3

export function Refusals({ t }: { readonly t: PlanText }): ReactNode {
  const { offline, failed } = useProject()
  const { project } = useOpenProject()
  return (
    <div className="plan-refusals">
      {failed.slice(0, MAX_SHOWN).map(({ id, label, error }) => (
        <Notice key={id} tone="bad" title={t('refused.title', { label })}>
          <p>{error?.message}</p>
          {error?.rule !== undefined && <p className="fine">{t('refused.rule')} <a href={linkTo('governance', { project: project.slug, query: { rule: error.rule } })}><code>{error.rule}</code></a></p>}
          <p className="plan-refusal-actions">
            <Button icon="refresh" onClick={() => void offline.queue.retry([id])}>{t('refused.retry')}</Button>
            <Button icon="trash" onClick={() => void offline.queue.drop([id])}>{t('refused.drop')}</Button>
            <ButtonLink look="quiet" href={linkTo('sync', { project: project.slug })}>{t('refused.queue')}</ButtonLink>
          </p>
        </Notice>
      ))}
      {failed.length > MAX_SHOWN && <p><a href={linkTo('sync', { project: project.slug })}>{t('refused.more', { count: failed.length - MAX_SHOWN })}</a></p>}
    </div>
  )
}
