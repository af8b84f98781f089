/** API keys: what may be done with each, when it was used last, and its end. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ApiKey } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { usePages } from '../../data/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { More } from '../../ui/more.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Secret } from '../../ui/secret.tsx'
import { Denied, Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useUiText } from '../../ui/ui-text.ts'
import { useTitle } from '../../views.tsx'
import { CreateKey } from './create.tsx'
import { useKeysText } from './keys-text.ts'
import type { KeysKey } from './keys-text.ts'
import { ALL } from './scopes.ts'
import './keys.css'

type Doing = { readonly what: 'create' } | { readonly what: 'rotate' | 'revoke'; readonly key: ApiKey } | { readonly what: 'shown'; readonly secret: string }

export default function Keys(): ReactNode {
  const t = useKeysText()
  const { can } = useSession()
  useTitle(t('title'))
  return can['keysRead'] === true ? <KeyList /> : <Denied permission="keys.read" page={t('title')} />
}

function KeyList(): ReactNode {
  const t = useKeysText()
  const { client, can, userId, organisation } = useSession()
  const announce = useAnnounce()
  const [hasOld, showOld] = useState(false)
  const [doing, setDoing] = useState<Doing>()
  const keys = usePages((after) => client.keys.list({ active: hasOld ? undefined : true, after }), (page) => page.keys, [client, organisation.id, hasOld])
  const rotate = useAction((keyId: string) => client.keys.rotate({ keyId }))
  const revoke = useAction((keyId: string) => client.keys.revoke({ keyId }))
  const { items, error, reload } = keys
  const close = (): void => setDoing(undefined)
  const show = async (secret: string): Promise<void> => {
    setDoing({ what: 'shown', secret })
    await reload()
  }
  const end = async ({ id, name }: ApiKey): Promise<void> => {
    if (!(await revoke.run(id))) return
    close()
    announce(t('revoked', { name }))
    await reload()
  }
  const mayChange = ({ owner, state }: ApiKey): boolean => state === 'ACTIVE' && (owner.id === userId ? can['keysWrite'] === true : can['keysManage'] === true)
  return (
    <>
      <div className="page-head">
        <h1>{t('title')}</h1>
        {can['keysWrite'] === true && <Button look="primary" icon="add" onClick={() => setDoing({ what: 'create' })}>{t('create')}</Button>}
      </div>
      <div className="keys-tools"><Checkbox label={t('old')} checked={hasOld} onChange={(event) => showOld(event.target.checked)} /></div>
      {items === undefined && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {items?.length === 0 && <Empty title={t('none')} icon="key"><p>{t('none.text')}</p></Empty>}
      {items !== undefined && items.length > 0 && (
        <DataTable
          caption={t('title')}
          hideCaption
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { id: 'name', label: t('name'), heading: true, cell: ({ name, prefix, state }) => <>{name}{state !== 'ACTIVE' && <span className="tag">{t(`state.${state}` as KeysKey)}</span>}<code className="key-prefix">{prefix}…</code></> },
            { id: 'owner', label: t('owner'), cell: ({ owner }) => owner.name },
            { id: 'scopes', label: t('scopes'), cell: ({ scopes, projectId }) => <span className="key-scopes">{scopes.includes(ALL) ? t('scopes.all') : scopes.join(', ')}{projectId !== null && <span className="tag">{t('oneProject')}</span>}</span> },
            { id: 'used', label: t('used'), cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('never') : <Time at={lastUsedAt} />) },
            { id: 'expires', label: t('expires'), cell: ({ expiresAt }) => (expiresAt === null ? t('never') : <Time at={expiresAt} />) },
            {
              id: 'actions',
              label: t('actions'),
              cell: (key) =>
                mayChange(key) && (
                  <div className="row">
                    <Button aria-label={t('rotate.of', { name: key.name })} onClick={() => setDoing({ what: 'rotate', key })}>{t('rotate')}</Button>
                    <Button look="danger" aria-label={t('revoke.of', { name: key.name })} onClick={() => setDoing({ what: 'revoke', key })}>{t('revoke')}</Button>
                  </div>
                ),
            },
          ]}
        />
      )}
      <More pages={keys} />
      {doing?.what === 'create' && <CreateKey made={(secret) => void show(secret)} close={close} />}
      {doing?.what === 'shown' && <Shown secret={doing.secret} close={close} />}
      {doing?.what === 'rotate' && (
        <Confirm title={t('rotate.of', { name: doing.key.name })} action={t('rotate')} busy={rotate.busy} error={rotate.error} close={close} confirm={() => rotate.run(doing.key.id).then((made) => (made?.secret == null ? undefined : show(made.secret)))}>
          <p>{t('rotate.text')}</p>
        </Confirm>
      )}
      {doing?.what === 'revoke' && (
        <Confirm title={t('revoke.of', { name: doing.key.name })} action={t('revoke')} busy={revoke.busy} error={revoke.error} confirm={() => end(doing.key)} close={close}>
          <p>{t('revoke.text')}</p>
        </Confirm>
      )}
    </>
  )
}

function Shown({ secret, close }: { readonly secret: string; close(): void }): ReactNode {
  const t = useKeysText()
  const ui = useUiText()
  return (
    <Dialog title={t('shown')} close={close} actions={<Button look="primary" onClick={close}>{ui('done')}</Button>}>
      <Notice tone="warn">{t('shown.text')}</Notice>
      <Secret label={t('shown')} value={secret} />
    </Dialog>
  )
}
