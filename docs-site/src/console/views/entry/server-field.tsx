/** The server's address, where the site was not built for one alone. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Field } from '../../ui/field.tsx'
import { useEntryText } from './entry-text.ts'
import { readServer } from './server.ts'
import type { Server } from './server.ts'

export function ServerField({ server }: { readonly server: Server }): ReactNode {
  const t = useEntryText()
  const [text, setText] = useState(server.baseUrl)
  const [isWrong, setWrong] = useState(false)
  if (!server.canChange) return null
  const take = (): void => {
    const address = readServer(text)
    setWrong(address === null)
    if (address === null) return
    setText(address)
    server.change(address)
  }
  return (
    <Field
      label={t('server')}
      hint={t('server.hint')}
      type="url"
      autoComplete="url"
      required
      value={text}
      error={isWrong ? t('server.wrong') : undefined}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}
