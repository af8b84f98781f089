/** Agreeing to a change or refusing it, with a word on why. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Approval } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useGovernanceText } from './governance-text.ts'

interface DecideProps {
  readonly approval: Approval
  readonly decision: 'approve' | 'refuse'
  decided(): Promise<void>
  close(): void
}

export function Decide({ approval: { id, summary, requestedBy, reason }, decision, decided, close }: DecideProps): ReactNode {
  const t = useGovernanceText()
  const { client } = useSession()
  const announce = useAnnounce()
  const [comment, setComment] = useState('')
  const send = useAction(() => client.governance[decision]({ approvalId: id, comment: comment.trim() === '' ? null : comment.trim() }))
  const submit = async (): Promise<void> => {
    if (!(await send.run())) return
    close()
    announce(t(decision === 'approve' ? 'approved' : 'refused', { summary }))
    await decided()
  }
  return (
    <Dialog title={t(decision)} close={close}>
      <Form error={send.error} submit={submit}>
        <p><strong>{summary}</strong></p>
        <p>{requestedBy.name}: {reason}</p>
        {decision === 'approve' && <Notice tone="warn">{t('binds')}</Notice>}
        <TextArea label={t('comment')} rows={3} value={comment} onChange={(event) => setComment(event.target.value)} />
        <Button type="submit" look={decision === 'approve' ? 'primary' : 'danger'} busy={send.busy}>{t(decision)}</Button>
      </Form>
    </Dialog>
  )
}
