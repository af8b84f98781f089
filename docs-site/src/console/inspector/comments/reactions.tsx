/** Reactions to a comment: those that are there, and a few to add. */
import type { ReactNode } from 'react'
import type { OfflineComment } from '@buildrunner/sdk/offline'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { InspectorKey } from '../text.ts'
import { useInspectorText } from '../text.ts'

const EMOJI = { '👍': 'thumbsUp', '👎': 'thumbsDown', '❤️': 'heart', '🎉': 'party', '😄': 'laugh', '😕': 'confused', '👀': 'eyes', '🚀': 'rocket', '✅': 'done', '🙏': 'thanks', '💡': 'idea', '🔥': 'fire' } as const

interface ReactionsProps {
  readonly comment: OfflineComment
  readonly canReact: boolean
  react(emoji: string, on: boolean): void
}

export function Reactions({ comment: { reactions }, canReact, react }: ReactionsProps): ReactNode {
  const t = useInspectorText()
  const named = (emoji: string): string => {
    const name = EMOJI[emoji as keyof typeof EMOJI]
    return name === undefined ? emoji : t(`emoji.${name}` as InspectorKey)
  }
  if (reactions.length === 0) return null
  return (
    <ul className="reactions" aria-label={t('reactions')}>
      {reactions.map(({ emoji, count, mine }) => (
        <li key={emoji}>
          <button type="button" className="reaction" aria-pressed={mine} aria-label={t('reaction', { name: named(emoji), count })} disabled={!canReact} onClick={() => react(emoji, !mine)}>
            <span aria-hidden="true">{emoji} {count}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** A menu of reactions: arrow keys and the first letters of their names choose. */
export function ReactionMenu({ comment: { reactions }, react }: Omit<ReactionsProps, 'canReact'>): ReactNode {
  const t = useInspectorText()
  const mine = new Set(reactions.filter((reaction) => reaction.mine).map(({ emoji }) => emoji))
  return (
    <span className="reaction-menu">
      <Menu
        label={t('react')}
        className="icon-button"
        items={Object.entries(EMOJI).map(([emoji, name]) => ({ id: name, label: t(`emoji.${name}`), icon: <span aria-hidden="true">{emoji}</span>, choose: () => react(emoji, !mine.has(emoji)) }))}
      >
        <Icon name="smile" />
      </Menu>
    </span>
  )
}
