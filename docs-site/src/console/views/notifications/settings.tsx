/** What is mailed, by priority. In the console everything is shown. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { EmailFrequency } from '@buildrunner/sdk'
import type { BuildRunnerError } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Select } from '../../ui/field.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import type { NotificationsKey } from './notifications-text.ts'
import { useNotificationsText } from './notifications-text.ts'

const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const
const FREQUENCIES = [EmailFrequency.IMMEDIATE, EmailFrequency.DIGEST_HOURLY, EmailFrequency.DIGEST_DAILY, EmailFrequency.OFF]

export function NotificationSettings(): ReactNode {
  const t = useNotificationsText()
  const announce = useAnnounce()
  const { client } = useSession()
  const { data, error, reload, replace } = useCall(() => client.notifications.settings(), [client])
  const [failure, setFailure] = useState<BuildRunnerError>()
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  const set = async (priority: (typeof PRIORITIES)[number], frequency: string): Promise<void> => {
    replace((before) => ({ ...before, [priority]: frequency }))
    const { error: refused } = await client.notifications.updateSettings({ [priority]: frequency })
    setFailure(refused)
    if (refused) return reload()
    announce(t('settings.saved'))
  }
  return (
    <section className="notification-settings" aria-labelledby="notification-settings-title">
      <h2 id="notification-settings-title">{t('settings.title')}</h2>
      <p className="fine">{t('settings.text')}</p>
      <ErrorNotice error={failure} dismiss={() => setFailure(undefined)} />
      <div className="notification-settings-fields">
        {PRIORITIES.map((priority) => (
          <Select
            key={priority}
            label={t(`priority.${priority.toUpperCase()}` as NotificationsKey)}
            hint={t(`settings.${priority}`)}
            value={data[priority]}
            onChange={(event) => void set(priority, event.target.value)}
            options={FREQUENCIES.map((value) => ({ value, label: t(`frequency.${value}`) }))}
          />
        ))}
      </div>
    </section>
  )
}
