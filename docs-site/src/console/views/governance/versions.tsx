/** How the policy came to be: who changed it, when, why, and what. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { PolicyVersion } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { usePages } from '../../data/use-pages.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { More } from '../../ui/more.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Changes } from './changes.tsx'
import { useGovernanceText } from './governance-text.ts'

export function Versions(): ReactNode {
  const t = useGovernanceText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const [open, setOpen] = useState<PolicyVersion>()
  const versions = usePages((after) => client.governance.listVersions({ projectId: project.id, after }), (page) => page.versions, [client, project.id])
  const { items, error, reload } = versions
  if (items === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  if (items.length === 0) return <Empty title={t('versions.none')} icon="rules" />
  return (
    <>
      <DataTable
        caption={t('section.versions')}
        hideCaption
        rows={items}
        keyOf={({ version }) => version}
        columns={[
          {
            id: 'version',
            label: t('version'),
            heading: true,
            cell: (one) => <><button type="button" className="link-button" onClick={() => setOpen(one)}>{t('versionOf', { version: one.version })}</button>{one.current && <span className="tag">{t('current')}</span>}</>,
          },
          { id: 'author', label: t('author'), cell: ({ author }) => author.name },
          { id: 'time', label: t('time'), cell: ({ createdAt }) => <Time at={createdAt} /> },
          { id: 'reason', label: t('reason'), cell: ({ reason }) => reason },
        ]}
      />
      <More pages={versions} />
      {open && <VersionChanges version={open} close={() => setOpen(undefined)} />}
    </>
  )
}

function VersionChanges({ version: { version, author, reason }, close }: { readonly version: PolicyVersion; close(): void }): ReactNode {
  const t = useGovernanceText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const { data, error, reload } = useCall(() => client.governance.diffVersions({ projectId: project.id, from: version - 1, to: version }), [client, project.id, version])
  return (
    <Dialog title={t('versionOf', { version })} close={close} wide>
      <p>{author.name}: {reason}</p>
      {!data && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {data && <Changes changes={data.changes} />}
    </Dialog>
  )
}
