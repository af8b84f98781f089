/** The projects of the organisation: what is there, how far it is, and a new one. */
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { BuildRunnerError, Project } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { go, linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useText } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../views.tsx'
import './projects.css'

const useProjectsText = () => useText<keyof typeof import('./messages/en.json')>('projects')
const PAGE = 50

export default function Projects(): ReactNode {
  const t = useProjectsText()
  const { client, can } = useSession()
  const [search, setSearch] = useState('')
  const [isCreating, create] = useState(false)
  const { data, error, reload } = useCall(() => client.projects.list({ first: PAGE, search: search.trim() || undefined }), [client, search.trim()])
  useTitle(t('title'))
  const add = can['projectsCreate'] === true && <Button look="primary" icon="add" onClick={() => create(true)}>{t('new')}</Button>
  return (
    <>
      <div className="page-head">
        <h1>{t('title')}</h1>
        {add}
      </div>
      <div className="projects-search"><Field label={t('search')} type="search" value={search} onChange={(event) => setSearch(event.target.value)} /></div>
      <p role="status" className="fine projects-count">{data && t('count', { shown: data.projects.length, total: data.totalCount })}</p>
      {error && !data && <Failure error={error} retry={() => void reload()} />}
      {!data && !error && <Loading />}
      {data?.projects.length === 0 && (search.trim() === '' ? <Empty title={t('empty.title')}><p>{t('empty.text')}</p>{add}</Empty> : <Empty title={t('none', { search })} icon="search" />)}
      {data && data.projects.length > 0 && <ul className="cards projects-list">{data.projects.map((project) => <ProjectCard key={project.id} project={project} />)}</ul>}
      {isCreating && <NewProject close={() => create(false)} />}
    </>
  )
}

function ProjectCard({ project }: { readonly project: Project }): ReactNode {
  const t = useProjectsText()
  const { counts, progress } = project
  return (
    <li className="card project-card">
      <h2><a href={linkTo('plan', { project: project.slug })}>{project.name}</a></h2>
      <p className="fine">{t('counts', { milestones: counts.milestones, microsteps: counts.microsteps })} · <Time at={project.updatedAt} /></p>
      <Progress value={progress.percent / 100} label={t('progress', { name: project.name })} />
    </li>
  )
}

function NewProject({ close }: { close(): void }): ReactNode {
  const t = useProjectsText()
  const { client } = useSession()
  const [name, setName] = useState('')
  const [error, setError] = useState<BuildRunnerError>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const { data, error: failure } = await client.projects.create({ name: name.trim() })
    setBusy(false)
    setError(failure)
    if (data && !failure) go(linkTo('plan', { project: data.project.slug }))
  }
  return (
    <Dialog title={t('new')} close={close}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <ErrorNotice error={error} />
        <Field label={t('name')} required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" look="primary" busy={busy} disabled={name.trim() === ''}>{t('create')}</Button>
      </form>
    </Dialog>
  )
}
