/** An API key in place of a password: what scripts use works here too. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { createClient } from '../../session/client.ts'
import { readKnown } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { explain, useEntryText } from './entry-text.ts'
import { ServerField } from './server-field.tsx'
import { enter } from './sign-in.tsx'
import type { EntryProps } from './sign-in.tsx'

export function KeyForm({ route, server }: EntryProps): ReactNode {
  const t = useEntryText()
  const [key, setKey] = useState('')
  const check = useAction(async () => {
    const { known, error } = await readKnown(createClient(server.baseUrl, key.trim()))
    return { data: known, error }
  })
  const submit = async (): Promise<void> => {
    const known = await check.run()
    if (known) enter({ route, server }, key.trim(), known)
  }
  const isWrong = check.error?.code === 'UNAUTHENTICATED'
  return (
    <Form error={isWrong ? undefined : check.error} submit={submit}>
      <ServerField server={server} />
      <Field
        label={t('key')}
        hint={t('key.hint')}
        type="password"
        name="api-key"
        autoComplete="off"
        spellCheck={false}
        required
        value={key}
        error={isWrong && check.error ? explain(t, check.error) : undefined}
        onChange={(event) => setKey(event.target.value)}
      />
      <details className="entry-where">
        <summary>{t('key.where')}</summary>
        <ul>
          <li>{t('key.where.start')}<pre><code>npm start</code></pre></li>
          <li>{t('key.where.file')}<pre><code>.buildrunner/local.json</code></pre></li>
          <li>{t('key.where.create')}<pre><code>br keys create console</code></pre></li>
        </ul>
        <p className="fine">{t('key.stored')}</p>
      </details>
      <Button type="submit" look="primary" busy={check.busy}>{t('signIn.button')}</Button>
    </Form>
  )
}
