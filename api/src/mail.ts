/** How this server sends mail: by SMTP, into its own mail-box, or not at all. */
import { MailError } from '@buildrunner/schema/shared/mail'
import type { Mailer } from '@buildrunner/schema/shared/mail'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import type { Logger } from 'pino'
import type { SmtpMailer } from './adapters/smtp.ts'
import type { Config } from './config.ts'
import { createMailbox, isLoopback } from './mailbox.ts'
import type { Mailbox } from './mailbox.ts'

/** Without a mail server, and with other machines about, nobody is told what is secret: the operator is told what is missing. */
const unsent = (logger: Logger): Mailer => ({
  send: ({ subject }) => logger.error({ subject }, 'mail not sent: set SMTP_URL and MAIL_FROM'),
  deliver: () => Promise.reject(new MailError('no mail server is configured: SMTP_URL, MAIL_FROM', { final: true })),
})

/** The SMTP client is loaded where it is needed alone: most starts are without. */
export async function createMail({ smtpUrl, mailFrom, host }: Pick<Config, 'smtpUrl' | 'mailFrom' | 'host'>, { syncBackoff, circuitBreaker }: OperatorPolicy, logger: Logger): Promise<SmtpMailer | Mailbox | Mailer> {
  if (smtpUrl !== undefined) {
    const { createSmtpMailer } = await import('./adapters/smtp.ts')
    return createSmtpMailer({ url: smtpUrl, from: mailFrom, logger, backoff: syncBackoff, circuitBreaker })
  }
  return isLoopback(host) ? createMailbox() : unsent(logger)
}
