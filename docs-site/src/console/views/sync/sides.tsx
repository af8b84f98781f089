/** What was, what this device made of it, and what others did, side by side with the differences marked. */
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import type { ConflictItem } from '@buildrunner/sdk/offline'
import { Markdown } from '../../ui/markdown.tsx'
import { useSyncText } from './sync-text.ts'
import { textOf } from './values.ts'
import { diffWords } from './words.ts'

export function Sides({ conflict: { kind, base, local, remote } }: { readonly conflict: Pick<ConflictItem, 'kind' | 'base' | 'local' | 'remote'> }): ReactNode {
  const t = useSyncText()
  const [was, mine, theirs] = [textOf(base), textOf(local), textOf(remote)]
  const gone = kind === 'comment' ? t('side.deleted') : t('side.nothing')
  return (
    <div className="sides">
      <Side title={t('side.base')} text={was} nothing={t('side.nothing')} />
      <Side title={t('side.local')} text={mine} before={was} nothing={gone} />
      <Side title={t('side.remote')} text={theirs} before={was} nothing={gone} />
    </div>
  )
}

interface SideProps {
  readonly title: string
  readonly text: string | undefined
  /** What it is compared with; absent: with nothing. */
  readonly before?: string | undefined
  readonly nothing: string
}

function Side({ title, text, before, nothing }: SideProps): ReactNode {
  const parts = useMemo(() => (text === undefined || before === undefined ? undefined : diffWords(before, text)), [text, before])
  return (
    <div className="side" role="group" aria-label={title} tabIndex={0}>
      <h3>{title}</h3>
      {text === undefined ? <p className="fine">{nothing}</p> : (
        <p className="side-text">
          {parts === undefined ? text : parts.map(({ kind, text: part }, index) => {
            if (kind === 'added') return <ins key={index}>{part}</ins>
            return kind === 'removed' ? <del key={index}>{part}</del> : <span key={index}>{part}</span>
          })}
        </p>
      )}
    </div>
  )
}

/** A text as it will be shown. */
export const Shown = ({ text }: { readonly text: string }): ReactNode => <div className="side"><Markdown text={text} /></div>
