/** Mail over SMTP. A message waits in this process until the mail server takes it, or has refused it for good. */
import { MailError } from '@buildrunner/schema/shared/mail'
import type { Mail, Mailer } from '@buildrunner/schema/shared/mail'
import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string
  /** What `From:` says. */
  readonly from: string
  readonly logger: Logger
  /** How long to wait before each further attempt. Default: 1 second, 5 seconds, 30 seconds. */
  readonly retryMs?: readonly number[]
}

export interface SmtpMailer extends Mailer {
  /** Waits for what was handed over, at most for the attempt that runs, and closes the connections. */
  close(): Promise<void>
}

/** A refusal of the message itself (RFC 5321: 5yz): trying again changes nothing. */
const isFinal = (error: unknown): boolean => ((error as { responseCode?: number }).responseCode ?? 0) >= 500

/** What went wrong, without the server's words: they often repeat the address. */
function reasonOf(error: unknown): object {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number }
  return { code, command, responseCode }
}

export function createSmtpMailer({ url, from, logger, retryMs = [1_000, 5_000, 30_000] }: SmtpOptions): SmtpMailer {
  const transport = createTransport({ url, pool: true, maxConnections: 3, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }, { from })
  const running = new Set<Promise<void>>()
  const closing = new AbortController()

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms)
      function done(): void {
        clearTimeout(timer)
        closing.signal.removeEventListener('abort', done)
        resolve()
      }
      closing.signal.addEventListener('abort', done)
    })

  async function persist(mail: Mail): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await transport.sendMail(mail)
        return
      } catch (error) {
        const wait = retryMs[attempt]
        // the recipient is personal data and the text holds links that are secrets: neither is logged
        if (wait === undefined || isFinal(error) || closing.signal.aborted) return void logger.error({ ...reasonOf(error), subject: mail.subject, attempts: attempt + 1 }, 'mail not delivered')
        await pause(wait)
      }
    }
  }

  return {
    send(mail) {
      const delivery = persist(mail).finally(() => running.delete(delivery))
      running.add(delivery)
    },
    async deliver(mail) {
      try {
        await transport.sendMail(mail)
      } catch (error) {
        const { code = 'failed', responseCode } = error as { code?: string; responseCode?: number }
        throw new MailError(`the mail server did not take it: ${code}`, { cause: error, status: responseCode, final: isFinal(error) })
      }
    },
    async close() {
      closing.abort()
      await Promise.all(running)
      transport.close()
    },
  }
}
