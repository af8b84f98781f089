/** Leaving the organisation, after a question. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { useSettingsText } from './settings-text.ts'

export function Leave({ organisation }: { readonly organisation: string }): ReactNode {
  const t = useSettingsText()
  const { client, refresh } = useSession()
  const [isAsking, ask] = useState(false)
  const leave = useAction(() => client.organisations.leave())
  return (
    <section className="form">
      <h2>{t('leave.title')}</h2>
      <div><Button look="danger" onClick={() => ask(true)}>{t('leave.button')}</Button></div>
      {isAsking && (
        <Confirm title={t('leave.title')} action={t('leave.button')} busy={leave.busy} error={leave.error} close={() => ask(false)} confirm={async () => (await leave.run()) && refresh()}>
          <p>{t('leave.text', { organisation })}</p>
        </Confirm>
      )}
    </section>
  )
}
