/** One item of the plan, beside it: what it says, what is known of it, and the talk about it. On a narrow screen it takes the page's place. */
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { PlanItem } from '@buildrunner/sdk/plans'
import { initials } from '../frame/person-menu.tsx'
import { useProject } from '../offline/use-project.tsx'
import { useOpenProject } from '../project/scope.tsx'
import { go, linkTo, useRoute } from '../routes.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Empty } from '../ui/states.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Comments } from './comments/panel.tsx'
import { useComments } from './comments/use-comments.ts'
import { Criteria } from './criteria.tsx'
import { Details } from './details/panel.tsx'
import { History } from './history.tsx'
import { useHere } from './presence.ts'
import type { Here } from './presence.ts'
import { useInspectorText } from './text.ts'
import { Watching } from './watching.tsx'
import './inspector.css'

const TABS = ['details', 'criteria', 'comments', 'history'] as const
type TabId = (typeof TABS)[number]

interface InspectorProps {
  readonly itemKey: string
  /** Goes back to the row that opened it, and gives it the focus. */
  close(): void
}

export function Inspector({ itemKey, close }: InspectorProps): ReactNode {
  const t = useInspectorText()
  const { flat } = useProject()
  const item = flat.items.get(itemKey)
  const heading = useRef<HTMLHeadingElement>(null)
  // where the address names a comment, that has the focus
  const isNamed = useRoute().query.has('comment')
  useEffect(() => {
    if (!isNamed) heading.current?.focus({ preventScroll: true })
  }, [itemKey, isNamed])
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event.target)) return
    event.preventDefault()
    close()
  }
  return (
    <aside className="inspector" aria-labelledby="inspector-title" onKeyDown={escape}>
      <header className="inspector-head">
        <p className="fine">{item && t(`kind.${item.kind}`)} <code>{itemKey}</code></p>
        <span className="inspector-tools">
          {item && <Watching itemKey={itemKey} />}
          <IconButton icon="close" label={t('close')} onClick={close} />
        </span>
        <h2 id="inspector-title" ref={heading} tabIndex={-1}>{item?.fields.title ?? itemKey}</h2>
      </header>
      {item === undefined ? <Empty title={t('gone.title')} icon="search"><p>{t('gone.text')}</p><Button onClick={close}>{t('close')}</Button></Empty> : <Parts item={item} />}
    </aside>
  )
}

/** A text that is being written is not closed by the key that ends its list of mentions. */
const isTyping = (target: EventTarget): boolean => target instanceof HTMLTextAreaElement && target.value !== ''

function Parts({ item }: { readonly item: PlanItem }): ReactNode {
  const t = useInspectorText()
  const { query } = useRoute()
  const { offline } = useProject()
  const { project: { slug } } = useOpenProject()
  const talk = useComments(offline, item.id)
  const here = useHere(item.id)
  const named = query.get('comment') ?? undefined
  const asked = query.get('tab') as TabId | null
  const tab = asked !== null && TABS.includes(asked) ? asked : named === undefined ? 'details' : 'comments'
  const select = (id: TabId): void => {
    const rest = Object.fromEntries([...query].filter(([name]) => name !== 'comment'))
    go(linkTo('plan', { project: slug, rest: [item.id], query: { ...rest, tab: id } }), { replace: true })
  }
  const counts: Partial<Record<TabId, number>> = { criteria: item.fields.acceptanceCriteria?.length ?? 0, ...(talk.comments && { comments: talk.comments.filter(({ deletedAt }) => deletedAt === null).length }) }
  return (
    <>
      <Others here={here} />
      <Tabs label={t('parts')} tabs={TABS.map((id) => ({ id, label: t(`tab.${id}`), count: counts[id] }))} selected={tab} select={select}>
        {tab === 'details' && <Details item={item} />}
        {tab === 'criteria' && <Criteria item={item} />}
        {tab === 'comments' && <Comments itemKey={item.id} talk={talk} here={here} named={named} />}
        {tab === 'history' && <History item={item} />}
      </Tabs>
    </>
  )
}

/** Who else looks at the item. */
function Others({ here: { others } }: { readonly here: Here }): ReactNode {
  const t = useInspectorText()
  if (others.length === 0) return null
  return (
    <ul className="others" aria-label={t('here')}>
      {others.map(({ person, status, typing }) => (
        <li key={person.id} data-status={status} title={t('here.person', { name: person.name, status: t(`here.${status as 'ACTIVE'}`) })}>
          <span className="avatar" aria-hidden="true">{initials(person.name)}</span>
          <span className="visually-hidden">{t('here.person', { name: person.name, status: t(`here.${status as 'ACTIVE'}`) })}</span>
          {typing && <span className="typing-mark" aria-hidden="true">…</span>}
        </li>
      ))}
    </ul>
  )
}
