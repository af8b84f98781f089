/** Mails notifications: the channel `email` of the queue. What was read meanwhile, or may not be seen any more, is not mailed. */
import type { Language } from '@buildrunner/sdk/languages'
import type { Channel } from '../deliveries/worker.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { MailError } from '../shared/mail.ts'
import type { Mailer } from '../shared/mail.ts'
import type { Vault } from '../shared/vault.ts'
import { languageFor } from '../text/text.ts'
import { notificationMail } from './mails.ts'
import { IS_VISIBLE, NOTIFICATION_JSON, VISIBLE } from './rows.ts'
import type { NotificationRow } from './rows.ts'
import { frequencyOf } from './settings.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

export interface EmailPayload {
  readonly notificationIds: readonly string[]
}

export interface EmailChannelOptions {
  readonly db: Database
  readonly mail: Pick<Mailer, 'deliver'>
  readonly vault: Vault
  readonly publicUrl: () => string
}

const WANTED = statement<{ email: string; language: Language | null; organisation: string; notification: NotificationRow }>(
  'notifications:mail',
  `SELECT u.email, u.language, o.name AS organisation, ${NOTIFICATION_JSON} AS notification FROM notifications n ${VISIBLE} JOIN users u ON u.id = n.user_id
   LEFT JOIN notification_settings s ON s.organisation_id = n.organisation_id AND s.user_id = n.user_id
   WHERE n.id = ANY($1::uuid[]) AND n.user_id = $2::uuid AND n.read_at IS NULL AND ${IS_VISIBLE} AND ${frequencyOf('n.priority::text', 's')} <> 'OFF' ORDER BY n.created_at, n.id`,
)

export const createEmailChannel = ({ db, mail, vault, publicUrl }: EmailChannelOptions): Channel => ({
  async deliver({ payload, targetId, organisationId }) {
    const rows = await db.query(WANTED, [(payload as EmailPayload).notificationIds, targetId])
    const [first, ...more] = rows
    if (first === undefined) return { kind: 'failed', error: 'read, or not wanted any more', final: true }
    const language = languageFor(first.language)
    try {
      await mail.deliver(notificationMail({
        to: first.email, organisation: first.organisation, notifications: [first.notification, ...more.map(({ notification }) => notification)],
        unsubscribeUrl: unsubscribeUrl({ vault, publicUrl }, { organisationId, userId: targetId, language }), language,
      }))
      return { kind: 'delivered' }
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      return { kind: 'failed', error: error.message, status: error.status, final: error.final }
    }
  },
})
