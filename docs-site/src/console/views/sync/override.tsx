/** Sending a write in spite of the rule that refused it: with a reason, on record. */
import { useEffect, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import type { QueueItem } from '@buildrunner/sdk/offline'
import { useProject } from '../../offline/use-project.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { describeWrite } from './describe-write.ts'
import { useSyncText } from './sync-text.ts'

/** As the server takes it. */
const MAX_REASON = 500

/** The rule that refused a write, where a person may pass it: one of the project's own. */
export const ruleToPass = ({ error }: QueueItem): string | undefined => (error?.line === undefined ? undefined : error.rule)

/** What became of a write since it was queued anew; `undefined` before. */
type Sent = 'sending' | 'refused' | 'gone' | undefined

/** @param before its number when it was refused: queued anew, it has another one */
function useSent({ id, number: before }: QueueItem, isAsked: boolean): { readonly sent: Sent; readonly now: QueueItem | undefined } {
  const { pending, failed } = useProject()
  const now = [...pending, ...failed].find((item) => item.id === id)
  if (!isAsked) return { sent: undefined, now }
  if (now === undefined) return { sent: 'gone', now }
  return { sent: now.state === 'failed' && now.number !== before ? 'refused' : 'sending', now }
}

interface OverrideProps {
  /** Refused by {@link ruleToPass}. */
  readonly item: QueueItem
  /** Gets the focus where the button that opened this is gone. */
  readonly after: RefObject<HTMLElement | null>
  close(): void
}

/** Shows what the server says of it: refused again, the dialog stays with the new reason; else it is over. */
export function OverrideDialog({ item: refused, after, close }: OverrideProps): ReactNode {
  const t = useSyncText()
  const announce = useAnnounce()
  const { offline, connection } = useProject()
  const [item, setItem] = useState(refused)
  const [isAsked, setAsked] = useState(false)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { sent, now } = useSent(item, isAsked)
  const rule = ruleToPass(item)
  const isLater = sent === 'sending' && connection !== 'online' && connection !== 'connecting'
  useEffect(() => {
    if (sent === 'refused' && now !== undefined) {
      setItem(now)
      setAsked(false)
    } else if (sent === 'gone' || isLater) {
      announce(t(isLater ? 'override.later' : 'override.done', { rule: rule ?? '' }))
      close()
    }
    // The announcement is of the moment in which it is decided.
  }, [sent, isLater])
  const submit = async (): Promise<void> => {
    const given = reason.trim()
    setMissing(given === '')
    if (given === '' || rule === undefined || isAsked) return
    setAsked(true)
    await offline.queue.retry([item.id], { override: { rules: [rule], reason: given } })
  }
  return (
    <Dialog title={t('override.title')} after={after} close={close}>
      <Form submit={submit}>
        <p><strong>{describeWrite(t, item)}</strong></p>
        {item !== refused && item.error !== null && <Notice tone="bad" title={t('override.again')}><p>{item.error.message}</p></Notice>}
        {rule !== undefined && (
          <>
            <p>{t('override.text', { rule })}</p>
            <TextArea label={t('override.reason')} hint={t('override.hint')} rows={3} maxLength={MAX_REASON} aria-required value={reason} error={isMissing ? t('override.missing') : undefined} onChange={(event) => setReason(event.target.value)} />
          </>
        )}
        <div className="row">
          {rule !== undefined && <Button type="submit" look="primary" busy={isAsked}>{t('override.send')}</Button>}
          <Button onClick={close}>{t(rule === undefined ? 'close' : 'cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  )
}
