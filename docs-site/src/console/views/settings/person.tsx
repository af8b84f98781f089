/** Who one is here, and in which language one is spoken to and written to. */
import { LANGUAGES, LANGUAGE_NAMES } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { setLanguage, useLanguage } from '../../text/language.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Select } from '../../ui/field.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { useSettingsText } from './settings-text.ts'

const LANGUAGE_OPTIONS = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))

export function PersonSettings(): ReactNode {
  const t = useSettingsText()
  const { name, email, organisation, keyName } = useSession()
  return (
    <div className="settings">
      <dl className="facts">
        <div><dt>{t('person.name')}</dt><dd>{name}</dd></div>
        <div><dt>{t('person.email')}</dt><dd>{email}</dd></div>
        <div><dt>{t('person.organisation')}</dt><dd>{organisation.name}</dd></div>
        <div><dt>{t('person.signedInBy')}</dt><dd>{keyName === null ? t('person.bySession') : t('person.byKey', { name: keyName })}</dd></div>
      </dl>
      <Languages />
      <section className="form">
        <h2>{t('person.notifications')}</h2>
        <p><a href={linkTo('notifications', { rest: ['settings'] })}>{t('person.notifications.link')}</a></p>
      </section>
    </div>
  )
}

function Languages(): ReactNode {
  const t = useSettingsText()
  const { client } = useSession()
  const announce = useAnnounce()
  const language = useLanguage()
  const { data, replace } = useCall(() => client.notifications.settings(), [client])
  const save = useAction((chosen: Language) => client.notifications.updateSettings({ language: chosen }))
  const choose = async (chosen: Language): Promise<void> => {
    if (!(await save.run(chosen))) return
    replace((settings) => ({ ...settings, language: chosen }))
    announce(t('saved'))
  }
  return (
    <section className="form">
      <h2>{t('language')}</h2>
      <ErrorNotice error={save.error} />
      <Select label={t('language.console')} hint={t('language.console.hint')} options={LANGUAGE_OPTIONS} value={language} onChange={(event) => setLanguage(event.target.value as Language)} />
      {data && (
        <Select label={t('language.mails')} hint={t('language.mails.hint')} options={LANGUAGE_OPTIONS} value={data.language ?? 'en'} disabled={save.busy} onChange={(event) => void choose(event.target.value as Language)} />
      )}
    </section>
  )
}
