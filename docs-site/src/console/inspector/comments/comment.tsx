/** One comment: who said what, what others made of it, and what one may do with it. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { OfflineComment } from '@buildrunner/sdk/offline'
import { initials } from '../../frame/person-menu.tsx'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { Time } from '../../ui/time.tsx'
import { useInspectorText } from '../text.ts'
import { Attachments } from './attachments.tsx'
import { Composer } from './composer.tsx'
import { ReactionMenu, Reactions } from './reactions.tsx'
import { useTalk } from './talk.ts'

interface CommentProps {
  readonly comment: OfflineComment
  /** Whether it was unread when the item was opened. */
  readonly isNew: boolean
  /** Whether the address names it. */
  readonly isNamed: boolean
  /** Of the thread, shown with its first comment. */
  readonly more?: readonly MenuItem[]
}

export function Comment({ comment, isNew, isNamed, more = [] }: CommentProps): ReactNode {
  const t = useInspectorText()
  const { name: own, userId } = useSession()
  const { may, offline, doing, type, open, project } = useTalk()
  const [isEditing, edit] = useState(false)
  const { id, author, body, pending, deletedAt, editedAt, createdAt, promotedToKey } = comment
  const isMine = author === null || author.id === userId
  const name = author?.name ?? own
  const react = (emoji: string, on: boolean): void => void doing(offline.comments.react(id, emoji, on))
  const items: MenuItem[] = [
    ...(isMine && may.write ? [{ id: 'edit', label: t('comment.edit'), choose: () => edit(true) }] : []),
    ...(may.promote && !pending ? [{ id: 'promote', label: t('comment.promote'), choose: () => open({ dialog: 'promote', comment }) }] : []),
    ...(isMine && may.write && !pending ? [{ id: 'attach', label: t('comment.attach'), choose: () => open({ dialog: 'attach', comment }) }] : []),
    ...(pending ? [] : [{ id: 'link', label: t('comment.link'), choose: () => void copyLink(project, comment) }]),
    ...more,
    ...((isMine && may.write) || may.moderate ? [{ id: 'delete', label: t('comment.delete'), choose: () => open({ dialog: 'delete', comment }) }] : []),
  ]
  return (
    <article className="comment" id={id} aria-label={t('comment.by', { name })} data-named={isNamed || undefined} tabIndex={isNamed ? -1 : undefined}>
      <span className="avatar" aria-hidden="true">{initials(name)}</span>
      <header className="comment-head">
        <strong>{name}</strong>
        <span className="fine"><Time at={createdAt} />{editedAt !== null && deletedAt === null && <> · {t('comment.edited')}</>}</span>
        {isNew && <span className="pill accent">{t('comment.new')}</span>}
        {pending && <span className="pill warn"><Icon name="clock" />{t('comment.waiting')}</span>}
        {deletedAt === null && (
          <span className="comment-tools">
            {may.write && <ReactionMenu comment={comment} react={react} />}
            {items.length > 0 && <Menu label={t('comment.more', { name })} className="icon-button" items={items}><Icon name="more" /></Menu>}
          </span>
        )}
      </header>
      <div className="comment-body">
        {deletedAt !== null || body === null ? <p className="fine">{t('comment.deleted')}</p> : isEditing ? (
          <Composer label={t('comment.edit')} action={t('save')} initial={body} autoFocus type={type} cancel={() => edit(false)} send={async (text) => {
            await offline.comments.edit(id, text)
            edit(false)
          }} />
        ) : <Markdown text={body} />}
        {typeof promotedToKey === 'string' && <p className="fine"><Icon name="plan" /> {t('comment.promoted')} <a href={linkTo('plan', { project, rest: [promotedToKey] })}>{promotedToKey}</a></p>}
        <Attachments comment={comment} canChange={isMine && may.write && !pending} />
        <Reactions comment={comment} canReact={may.write} react={react} />
      </div>
    </article>
  )
}

function copyLink(project: string, { itemKey, id }: OfflineComment): Promise<void> {
  const link = linkTo('plan', { project, rest: itemKey === null ? [] : [itemKey], query: { comment: id } })
  return navigator.clipboard.writeText(new URL(link, location.href).href)
}
