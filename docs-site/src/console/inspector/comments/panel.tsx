/** Comments on the open item. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import type { Here } from '../presence.ts'
import { useInspectorText } from '../text.ts'
import { AttachDialog } from './attachments.tsx'
import { Composer } from './composer.tsx'
import { PromoteDialog } from './promote.tsx'
import { TalkContext } from './talk.ts'
import type { OpenDialog, Talk } from './talk.ts'
import { Thread } from './thread.tsx'
import { threadsOf, unreadEnd } from './threads.ts'
import type { Thread as ThreadValue } from './threads.ts'
import type { Comments as CommentsValue } from './use-comments.ts'
import './comments.css'

interface CommentsProps {
  readonly itemKey: string
  readonly talk: CommentsValue
  readonly here: Here
  /** The comment that the address names. */
  readonly named: string | undefined
}

export function Comments({ itemKey, talk: { comments, isPartial, error, reload }, here, named }: CommentsProps): ReactNode {
  const t = useInspectorText()
  const { offline, connection, failed } = useProject()
  const { project, can } = useOpenProject()
  const [dialog, open] = useState<OpenDialog | null>(null)
  const [failure, setFailure] = useState<string>()
  const threads = useMemo(() => threadsOf(comments ?? []), [comments])
  const fresh = useReading(threads, reload)
  useNews(threads)
  useNamed(named, comments?.some(({ id }) => id === named) === true)
  const isOnline = connection !== 'offline' && connection !== 'stuck'
  const talk = useMemo<Talk>(() => ({
    project: project.slug, offline, open, reload, type: here.type,
    may: { write: can.commentsWrite, moderate: can.commentsModerate, promote: can.commentsPromote && isOnline },
    doing: (work) => Promise.resolve(work).then(() => setFailure(undefined), (reason: Error) => setFailure(reason.message)),
  }), [project.slug, offline, reload, here.type, can, isOnline])
  const refused = failed.filter(({ kind, itemKeys }) => kind === 'comment' && itemKeys.includes(itemKey)).length
  if (comments === undefined) return error ? <Notice tone="bad">{error.message}</Notice> : <Loading />
  return (
    <TalkContext value={talk}>
      {failure !== undefined && <Notice tone="bad" dismiss={() => setFailure(undefined)}>{failure}</Notice>}
      {refused > 0 && <Notice tone="warn"><p>{t('comments.refused', { count: refused })} <a href={linkTo('sync', { project: project.slug })}>{t('comments.queue')}</a></p></Notice>}
      {isPartial && <Notice tone="info">{t('comments.partial')}</Notice>}
      {threads.length === 0 && <Empty title={t('comments.none')} icon="comment">{can.commentsWrite && <p>{t('comments.begin')}</p>}</Empty>}
      <ol className="threads">{threads.map((thread) => <Thread key={thread.id} thread={thread} fresh={fresh} named={named} />)}</ol>
      <Typing here={here} />
      {can.commentsWrite ? <Composer key={itemKey} label={t('comments.write')} action={t('comments.send')} place={`item ${project.id} ${itemKey}`} type={here.type} send={(text) => offline.comments.add(itemKey, text)} /> : <p className="fine">{t('comments.readOnly')}</p>}
      {dialog?.dialog === 'promote' && <PromoteDialog comment={dialog.comment} close={() => open(null)} />}
      {dialog?.dialog === 'attach' && <AttachDialog comment={dialog.comment} close={() => open(null)} />}
      {dialog?.dialog === 'delete' && <DeleteDialog remove={() => void talk.doing(offline.comments.delete(dialog.comment.id))} close={() => open(null)} />}
    </TalkContext>
  )
}

function Typing({ here: { others } }: { readonly here: Here }): ReactNode {
  const t = useInspectorText()
  const names = others.filter(({ typing }) => typing).map(({ person }) => person.name)
  return <p className="fine typing" role="status">{names.length > 0 && t('typing', { count: names.length, name: names[0], other: names[1] })}</p>
}

function DeleteDialog({ remove, close }: { remove(): void; close(): void }): ReactNode {
  const t = useInspectorText()
  const act = (): void => {
    remove()
    close()
  }
  return <Dialog title={t('delete.title')} close={close} actions={<><Button onClick={close}>{t('cancel')}</Button><Button look="danger" icon="trash" onClick={act}>{t('comment.delete')}</Button></>}><p>{t('delete.text')}</p></Dialog>
}

/** What somebody looks at for so long is read. */
const READ_AFTER_MS = 1_000

/** Marks what is shown as read. @returns what was unread since the item was opened: it stays marked as new until it is left */
function useReading(threads: readonly ThreadValue[], reload: () => Promise<void>): ReadonlySet<string> {
  const { client } = useSession()
  const fresh = useRef(new Set<string>())
  for (const { first, replies } of threads) for (const { id, unread } of [first, ...replies]) if (unread === true) fresh.current.add(id)
  const ends = threads.flatMap((thread) => unreadEnd(thread) ?? []).join(' ')
  useEffect(() => {
    if (ends === '') return
    const timer = setTimeout(() => {
      if (document.visibilityState !== 'visible') return
      void Promise.all(ends.split(' ').map((commentId) => client.comments.markRead({ commentId }))).then((answers) => {
        if (answers.some(({ error }) => error === undefined)) void reload()
      })
    }, READ_AFTER_MS)
    return () => clearTimeout(timer)
  }, [client, ends, reload])
  return fresh.current
}

/** Says what others write while one reads. */
function useNews(threads: readonly ThreadValue[]): void {
  const t = useInspectorText()
  const announce = useAnnounce()
  const { userId } = useSession()
  const known = useRef<Set<string>>(undefined)
  useEffect(() => {
    const all = threads.flatMap(({ first, replies }) => [first, ...replies])
    const others = known.current && all.filter(({ id, author }) => author !== null && author.id !== userId && !known.current?.has(id))
    for (const { author } of others ?? []) announce(t('comments.arrived', { name: author?.name }))
    known.current = new Set(all.map(({ id }) => id))
  }, [threads, announce, t, userId])
}

/** The comment that the address names is shown and has the focus. */
function useNamed(named: string | undefined, isThere: boolean): void {
  useEffect(() => {
    if (named === undefined || !isThere) return
    const element = document.getElementById(named)
    element?.scrollIntoView({ block: 'center' })
    element?.focus({ preventScroll: true })
  }, [named, isThere])
}
