/** A thread: its first comment, the answers, and where one answers. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { useInspectorText } from '../text.ts'
import { Comment } from './comment.tsx'
import { Composer } from './composer.tsx'
import { useTalk } from './talk.ts'
import type { Thread as ThreadValue } from './threads.ts'

interface ThreadProps {
  readonly thread: ThreadValue
  /** Ids that were unread when the item was opened. */
  readonly fresh: ReadonlySet<string>
  /** The comment that the address names. */
  readonly named: string | undefined
}

export function Thread({ thread: { id, first, replies, isResolved }, fresh, named }: ThreadProps): ReactNode {
  const t = useInspectorText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const { may, offline, doing, type } = useTalk()
  const isNamed = named !== undefined && [first, ...replies].some((comment) => comment.id === named)
  const [isOpen, open] = useState(!isResolved || isNamed)
  const [isReplying, reply] = useState(false)
  const resolve = (): void => {
    void doing(offline.comments.resolve(id, !isResolved))
    open(isResolved)
  }
  const mute = { id: 'mute', label: t('thread.mute'), choose: () => void doing(client.notifications.mute({ projectId: project.id, commentId: id }).orThrow()) }
  if (isResolved && !isOpen) {
    return (
      <li className="thread resolved">
        <Button look="quiet" icon="check" aria-expanded={false} onClick={() => open(true)}>{t('thread.resolved', { name: first.author?.name ?? '', count: replies.length + 1 })}</Button>
      </li>
    )
  }
  return (
    <li className={isResolved ? 'thread resolved' : 'thread'}>
      {isResolved && <p className="fine thread-state"><Icon name="check" />{t('thread.isResolved')}<button type="button" className="link-button" onClick={() => open(false)}>{t('thread.hide')}</button></p>}
      <Comment comment={first} isNew={fresh.has(first.id)} isNamed={named === first.id} more={first.pending ? [] : [mute]} />
      {replies.length > 0 && (
        <ol className="replies" aria-label={t('thread.answers', { count: replies.length })}>
          {replies.map((comment) => <li key={comment.id}><Comment comment={comment} isNew={fresh.has(comment.id)} isNamed={named === comment.id} /></li>)}
        </ol>
      )}
      {may.write && (
        <div className="thread-foot">
          {isReplying ? (
            <Composer label={t('reply.label')} action={t('reply')} place={`thread ${id}`} autoFocus type={type} cancel={() => reply(false)} send={async (text) => {
              await offline.comments.reply(id, text)
              reply(false)
            }} />
          ) : (
            <>
              <Button look="quiet" icon="reply" onClick={() => reply(true)}>{t('reply')}</Button>
              <Button look="quiet" icon="check" onClick={resolve}>{isResolved ? t('thread.reopen') : t('thread.resolve')}</Button>
            </>
          )}
        </div>
      )}
    </li>
  )
}
