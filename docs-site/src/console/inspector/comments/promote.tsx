/** Makes a microstep of a comment; the two name each other from then on. */
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'
import type { OfflineComment } from '@buildrunner/sdk/offline'
import type { FlatPlan } from '@buildrunner/sdk/plans'
import { useProject } from '../../offline/use-project.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Select, TextArea } from '../../ui/field.tsx'
import { ErrorNotice, Notice } from '../../ui/notice.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useInspectorText } from '../text.ts'
import { useTalk } from './talk.ts'
import { titleFrom } from './threads.ts'

/** The steps of the item's milestone first, its own step before all. */
export function stepsFor({ items }: FlatPlan, itemKey: string | null): { value: string; label: string }[] {
  const item = itemKey === null ? undefined : items.get(itemKey)
  const own = item?.kind === 'microstep' ? item.parentId : item?.kind === 'step' ? item.id : null
  const milestone = own === null ? item?.id : items.get(own)?.parentId
  const rank = ({ id, parentId }: { id: string; parentId: string | null }): number => (id === own ? 0 : parentId === milestone ? 1 : 2)
  return [...items.values()].filter(({ kind }) => kind === 'step').sort((a, b) => rank(a) - rank(b)).map(({ id, fields }) => ({ value: id, label: `${id} · ${fields.title}` }))
}

export function PromoteDialog({ comment, close }: { readonly comment: OfflineComment; close(): void }): ReactNode {
  const t = useInspectorText()
  const announce = useAnnounce()
  const { client } = useSession()
  const { flat } = useProject()
  const { reload } = useTalk()
  const [steps] = useState(() => stepsFor(flat, comment.itemKey))
  const [stepId, setStep] = useState(steps[0]?.value ?? '')
  const [title, setTitle] = useState(() => titleFrom(comment.body ?? ''))
  const [criteria, setCriteria] = useState('')
  const [error, setError] = useState<BuildRunnerError>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const demands = criteria.split('\n').map((line) => line.trim()).filter(Boolean)
    const { data, error: failure } = await client.comments.promote({ commentId: comment.id, stepId, title: title.trim(), criteria: demands })
    setBusy(false)
    setError(failure)
    if (!data || failure) return
    announce(t('promote.done', { key: data.microstep?.key }))
    await reload()
    close()
  }
  return (
    <Dialog title={t('comment.promote')} close={close}>
      {steps.length === 0 ? <Notice tone="warn">{t('promote.noSteps')}</Notice> : (
        <form className="form" onSubmit={(event) => void submit(event)}>
          <ErrorNotice error={error} />
          <Field label={t('field.title')} required autoFocus value={title} onChange={(event) => setTitle(event.target.value)} />
          <Select label={t('promote.step')} value={stepId} onChange={(event) => setStep(event.target.value)} options={steps} />
          <TextArea label={t('criteria')} hint={t('promote.criteriaHint')} required value={criteria} onChange={(event) => setCriteria(event.target.value)} />
          <Button type="submit" look="primary" busy={busy} disabled={title.trim() === ''}>{t('promote.create')}</Button>
        </form>
      )}
    </Dialog>
  )
}
