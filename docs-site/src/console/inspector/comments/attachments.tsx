/** What belongs to a comment: files, pull requests, results and pages, as links. */
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { AttachmentKind } from '@buildrunner/sdk'
import type { BuildRunnerError } from '@buildrunner/sdk'
import type { OfflineComment } from '@buildrunner/sdk/offline'
import { useSession } from '../../session/session.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import type { InspectorKey } from '../text.ts'
import { useInspectorText } from '../text.ts'
import { useTalk } from './talk.ts'

const KINDS = Object.keys(AttachmentKind)

export function Attachments({ comment: { id, attachments = [] }, canChange }: { readonly comment: OfflineComment; readonly canChange: boolean }): ReactNode {
  const t = useInspectorText()
  const { client } = useSession()
  const { doing, reload } = useTalk()
  if (attachments.length === 0) return null
  const detach = (attachmentId: string): Promise<void> => doing(client.comments.detach({ commentId: id, attachmentId }).orThrow().then(reload))
  return (
    <ul className="attachments" aria-label={t('attachments')}>
      {attachments.map(({ id: attachmentId, kind, url, title }) => (
        <li key={attachmentId}>
          <Icon name="link" />
          <span className="fine">{KINDS.includes(kind) ? t(`attachment.${kind}` as InspectorKey) : kind}</span>
          <a href={url} target="_blank" rel="noopener noreferrer">{title ?? url}</a>
          {canChange && <IconButton icon="close" label={t('attachment.remove', { title: title ?? url })} onClick={() => void detach(attachmentId)} />}
        </li>
      ))}
    </ul>
  )
}

export function AttachDialog({ comment, close }: { readonly comment: OfflineComment; close(): void }): ReactNode {
  const t = useInspectorText()
  const { client } = useSession()
  const { reload } = useTalk()
  const [kind, setKind] = useState<string>(AttachmentKind.LINK)
  const [url, setUrl] = useState('')
  const [title, setTitle] = useState('')
  const [error, setError] = useState<BuildRunnerError>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const { error: failure } = await client.comments.attach({ commentId: comment.id, kind, url: url.trim(), title: title.trim() || null })
    setBusy(false)
    setError(failure)
    if (failure) return
    await reload()
    close()
  }
  return (
    <Dialog title={t('comment.attach')} close={close}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <ErrorNotice error={error} />
        <Select label={t('attachment.kind')} value={kind} onChange={(event) => setKind(event.target.value)} options={KINDS.map((value) => ({ value, label: t(`attachment.${value}` as InspectorKey) }))} />
        <Field label={t('attachment.url')} type="url" required autoFocus placeholder="https://" value={url} onChange={(event) => setUrl(event.target.value)} />
        <Field label={t('attachment.title')} hint={t('optional')} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        <Button type="submit" look="primary" busy={busy}>{t('comment.attach')}</Button>
      </form>
    </Dialog>
  )
}
