/** A project without a plan: the three ways to one. */
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { suggestId } from '@buildrunner/sdk/plans'
import type { Plan } from '@buildrunner/sdk/plans'
import { useCall } from '../../data/use-call.ts'
import { useAction } from '../../data/use-action.ts'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/states.tsx'
import type { PlanText } from './plan-text.ts'

export function EmptyPlan({ canWrite, t }: { readonly canWrite: boolean; readonly t: PlanText }): ReactNode {
  const { project } = useOpenProject()
  if (!canWrite) return <Empty title={t('empty.title')}><p>{t('empty.readOnly')}</p></Empty>
  const commands = `npx br sync --project ${project.slug}`
  return (
    <Empty title={t('empty.title')}>
      <p>{t('empty.text')}</p>
      <div className="plan-ways">
        <section className="card"><h2>{t('empty.first')}</h2><FirstMilestone t={t} /></section>
        <section className="card"><h2>{t('empty.template')}</h2><FromTemplate t={t} /></section>
        <section className="card">
          <h2>{t('empty.file')}</h2>
          <p className="fine">{t('empty.file.text')}</p>
          <pre className="plan-commands"><code>{commands}</code></pre>
          <CopyButton text={commands} />
        </section>
      </div>
    </Empty>
  )
}

function FirstMilestone({ t }: { readonly t: PlanText }): ReactNode {
  const { offline, flat } = useProject()
  const [title, setTitle] = useState('')
  const add = (event: FormEvent): void => {
    event.preventDefault()
    const name = title.trim()
    void offline.edit([{ op: 'add', kind: 'milestone', parentId: null, after: null, item: { id: suggestId(flat, name, null), title: name } }])
  }
  return (
    <form className="form" onSubmit={add}>
      <Field label={t('new.milestone')} value={title} onChange={(event) => setTitle(event.target.value)} />
      <Button type="submit" look="primary" icon="add" disabled={title.trim() === ''}>{t('empty.add')}</Button>
    </form>
  )
}

function FromTemplate({ t }: { readonly t: PlanText }): ReactNode {
  const { client } = useSession()
  const { project, reload } = useOpenProject()
  const { offline } = useProject()
  const { data, error } = useCall(() => client.templates.builtIn(), [client])
  const [name, setName] = useState('')
  const use = useAction(async (template: string) => {
    const made = await client.templates.instantiate({ templates: [template] })
    if (made.error || !made.data) return { error: made.error }
    const done = await client.planning.importPlan({ projectId: project.id, document: made.data.document as Plan })
    if (!done.error) await Promise.all([offline.sync(), reload()])
    return { error: done.error }
  })
  if (error) return <p className="fine">{t('empty.template.away')}</p>
  const chosen = name || data?.[0]?.name || ''
  const template = data?.find((each) => each.name === chosen)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void use.run(chosen)
      }}
    >
      <ErrorNotice error={use.error} />
      <Select label={t('empty.template.choose')} value={chosen} options={(data ?? []).map((each) => ({ value: each.name, label: each.title }))} hint={template?.description} onChange={(event) => setName(event.target.value)} />
      <Button type="submit" busy={use.busy} disabled={chosen === ''}>{t('empty.template.use')}</Button>
    </form>
  )
}
