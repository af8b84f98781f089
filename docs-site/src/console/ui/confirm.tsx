/** Asks before something that cannot be taken back. */
import type { ReactNode } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './notice.tsx'
import { useUiText } from './ui-text.ts'

interface ConfirmProps {
  readonly title: string
  readonly children: ReactNode
  /** What is done, as the button says it. */
  readonly action: string
  readonly busy: boolean
  readonly error: BuildRunnerError | undefined
  confirm(): unknown
  close(): void
}

export function Confirm({ title, children, action, busy, error, confirm, close }: ConfirmProps): ReactNode {
  const t = useUiText()
  const actions = (
    <>
      <Button onClick={close}>{t('cancel')}</Button>
      <Button look="danger" busy={busy} onClick={() => void confirm()}>{action}</Button>
    </>
  )
  return (
    <Dialog title={title} close={close} actions={actions}>
      <ErrorNotice error={error} />
      {children}
    </Dialog>
  )
}
