/** Edits an item: one write of the fields that were changed. */
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { PlanItem, Priority } from '@buildrunner/sdk/plans'
import { useProject } from '../../offline/use-project.tsx'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { InspectorKey } from '../text.ts'
import { useInspectorText } from '../text.ts'
import { DraftError, changesOf, draftOf, fieldsOf } from './item-draft.ts'
import type { DraftField, ItemDraft } from './item-draft.ts'

const PRIORITIES: readonly Priority[] = ['low', 'medium', 'high', 'critical']
const LONG: Partial<Record<DraftField, number>> = { description: 4, notes: 8, links: 3 }
const HINTS: Partial<Record<DraftField, InspectorKey>> = { labels: 'hint.labels', dependsOn: 'hint.dependsOn', estimate: 'hint.estimate', links: 'hint.links' }

export function EditForm({ item, done }: { readonly item: PlanItem; done(): void }): ReactNode {
  const t = useInspectorText()
  const { offline } = useProject()
  const [before] = useState(item)
  const [draft, setDraft] = useState<ItemDraft>(() => draftOf(item))
  const [wrong, setWrong] = useState<{ field?: DraftField; message: string }>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    try {
      const set = changesOf(before, draft)
      if (Object.keys(set).length > 0) await offline.edit([{ op: 'update', id: item.id, set }])
      done()
    } catch (error) {
      if (error instanceof DraftError) setWrong({ field: error.field, message: t(`wrong.${error.field as 'title' | 'estimate'}`) })
      else setWrong({ message: (error as Error).message })
    }
  }
  const change = (field: DraftField, value: string): void => setDraft({ ...draft, [field]: value })
  return (
    <form className="form" aria-label={t('edit.label', { title: item.fields.title })} onSubmit={(event) => void submit(event)}>
      {wrong && wrong.field === undefined && <Notice tone="bad">{wrong.message}</Notice>}
      {fieldsOf(item.kind).map((field, index) => {
        const hint = HINTS[field]
        const shared = { label: t(`field.${field}`), value: draft[field], ...(hint && { hint: t(hint) }), error: wrong?.field === field ? wrong.message : undefined }
        if (field === 'priority') return <Select key={field} {...shared} onChange={(event) => change(field, event.target.value)} options={[{ value: '', label: t('none') }, ...PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))]} />
        const rows = LONG[field]
        if (rows !== undefined) return <TextArea key={field} {...shared} rows={rows} onChange={(event) => change(field, event.target.value)} />
        return <Field key={field} {...shared} type={field === 'dueDate' ? 'date' : 'text'} autoFocus={index === 0} onChange={(event) => change(field, event.target.value)} />
      })}
      <div className="form-actions">
        <Button onClick={done}>{t('cancel')}</Button>
        <Button type="submit" look="primary">{t('save')}</Button>
      </div>
    </form>
  )
}
