/** Those who can be mentioned, below the text. */
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useInspectorText } from '../text.ts'
import type { Suggestion } from './mentions.ts'

export const optionId = (id: string, index: number): string => `${id}-mention-${index}`

const written = ({ kind, name }: Suggestion): string => (kind === 'USER' ? `@${name}` : `@${kind.toLowerCase()}:${name}`)

interface MentionListProps {
  /** Of the text. */
  readonly id: string
  readonly found: readonly Suggestion[]
  readonly selected: number
  choose(suggestion: Suggestion): void
}

export function MentionList({ id, found, selected, choose }: MentionListProps): ReactNode {
  const t = useInspectorText()
  const announce = useAnnounce()
  useEffect(() => announce(t('mention.found', { count: found.length })), [found, announce, t])
  return (
    <ul id={`${id}-mentions`} role="listbox" aria-label={t('mention.list')} className="mention-list">
      {found.map((suggestion, index) => (
        <li
          key={written(suggestion)}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === selected}
          // before the text loses the focus
          onPointerDown={(event) => {
            event.preventDefault()
            choose(suggestion)
          }}
        >
          <Icon name={suggestion.kind === 'USER' ? 'person' : 'people'} />
          <span>{suggestion.label}</span>
          <span className="fine">{written(suggestion)}{suggestion.kind !== 'USER' && ` · ${t('mention.people', { count: suggestion.people })}`}</span>
        </li>
      ))}
    </ul>
  )
}
