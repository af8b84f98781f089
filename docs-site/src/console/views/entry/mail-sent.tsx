/** What is said after a mail, and where its link no longer holds. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { ErrorNotice, Notice } from '../../ui/notice.tsx'
import { errorAt, useEntryText } from './entry-text.ts'
import type { Server } from './server.ts'

type Send = PromiseLike<{ readonly data?: { email: string } | undefined; readonly error?: BuildRunnerError | undefined }>

const isLocal = (baseUrl: string): boolean => /^(localhost|127\.|\[::1\])/.test(new URL(baseUrl).hostname)

interface MailSentProps {
  readonly email: string
  readonly server: Server
  again(): Send
  readonly children: ReactNode
}

export function MailSent({ email, server, again, children }: MailSentProps): ReactNode {
  const t = useEntryText()
  const announce = useAnnounce()
  const send = useAction(again)
  return (
    <>
      <Notice tone="good">{children}</Notice>
      <ErrorNotice error={send.error} />
      {isLocal(server.baseUrl) && <p className="fine"><a href={`${server.baseUrl}/mailbox`}>{t('sent.mailbox')}</a></p>}
      <Button icon="refresh" busy={send.busy} onClick={() => void send.run().then((answer) => answer && announce(t('sent.again.done', { email })))}>{t('sent.again')}</Button>
    </>
  )
}

/** @param again mails another link */
export function LinkRefused({ server, again }: { readonly server: Server; again(email: string): Send }): ReactNode {
  const t = useEntryText()
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState<string>()
  const send = useAction(() => again(email.trim()))
  if (sentTo !== undefined) return <MailSent email={sentTo} server={server} again={() => again(sentTo)}>{t('sent.maybe', { email: sentTo })}</MailSent>
  return (
    <Form error={send.error} fields={['email']} submit={async () => setSentTo((await send.run())?.email)}>
      <Notice tone="bad">{t('error.LINK_INVALID')}</Notice>
      <Field label={t('email')} type="email" name="email" autoComplete="username" required value={email} error={errorAt(t, 'email', send.error)} onChange={(event) => setEmail(event.target.value)} />
      <Button type="submit" look="primary" busy={send.busy}>{t('link.again')}</Button>
    </Form>
  )
}
