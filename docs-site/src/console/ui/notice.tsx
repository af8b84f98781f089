/** A message in the page: of something that failed, that is to be considered, or that was done. */
import type { ReactNode } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { ErrorText } from './states.tsx'
import { useUiText } from './ui-text.ts'

interface NoticeProps {
  readonly tone: 'info' | 'good' | 'warn' | 'bad'
  readonly title?: string
  readonly children?: ReactNode
  dismiss?(): void
}

const ICONS = { info: 'comment', good: 'check', warn: 'alert', bad: 'alert' } as const

/** Failures interrupt a screen reader, everything else waits for a pause. */
export function Notice({ tone, title, children, dismiss }: NoticeProps): ReactNode {
  const t = useUiText()
  return (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[tone]} />
      <div className="notice-text">
        {title !== undefined && <p className="notice-title">{title}</p>}
        {children}
      </div>
      {dismiss && <IconButton icon="close" label={t('dismiss')} onClick={dismiss} />}
    </div>
  )
}

/** The error of something that somebody did; nothing without one. */
export function ErrorNotice({ error, title, dismiss }: { readonly error: BuildRunnerError | undefined; readonly title?: string; dismiss?(): void }): ReactNode {
  if (error === undefined) return null
  return (
    <Notice tone="bad" {...(title !== undefined && { title })} {...(dismiss && { dismiss })}>
      <ErrorText error={error} />
    </Notice>
  )
}
