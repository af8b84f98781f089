/** Mail over SMTP. A message waits in this process until the mail server takes it, or has refused it for good. */
import { MailError } from '@buildrunner/schema/shared/mail'
import type { Mail, Mailer } from '@buildrunner/schema/shared/mail'
import { CircuitBreaker, DEFAULT_SYNC_BACKOFF, retry } from '@buildrunner/sdk/resilience'
import type { BackoffPolicy, CircuitBreakerPolicy } from '@buildrunner/sdk/resilience'
import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string
  /** What `From:` says. */
  readonly from: string
  readonly logger: Logger
  /** When a message that nobody else keeps is tried again. Default: what the policy of a fresh checkout says. */
  readonly backoff?: BackoffPolicy
  /** When a mail server that does not answer is left alone. Default: likewise. */
  readonly circuitBreaker?: CircuitBreakerPolicy
}

export interface SmtpMailer extends Mailer {
  /** Of the mail server. */
  readonly breaker: CircuitBreaker
  /** Connects and signs in. */
  verify(): Promise<void>
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

/** A server that refuses a message is there. */
const isAway = (error: unknown): boolean => [undefined, 421].includes((error as { responseCode?: number }).responseCode)

export function createSmtpMailer({ url, from, logger, backoff = DEFAULT_SYNC_BACKOFF, circuitBreaker }: SmtpOptions): SmtpMailer {
  const transport = createTransport({ url, pool: true, maxConnections: 3, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }, { from })
  const breaker = new CircuitBreaker({ name: 'The mail server', policy: circuitBreaker, isFailure: isAway })
  const running = new Set<Promise<void>>()
  const closing = new AbortController()

  async function persist(mail: Mail): Promise<void> {
    let attempts = 0
    // nobody else keeps this message: it is tried whatever the circuit says
    const attempt = (): Promise<unknown> => {
      attempts++
      return transport.sendMail(mail)
    }
    try {
      await retry(attempt, backoff, { signal: closing.signal, isPassing: (error) => !isFinal(error) })
    } catch (error) {
      // the recipient is personal data and the text holds links that are secrets: neither is logged
      logger.error({ ...reasonOf(error), subject: mail.subject, attempts }, 'mail not delivered')
    }
  }

  return {
    breaker,
    verify: async () => void (await transport.verify()),
    send(mail) {
      const delivery = persist(mail).finally(() => running.delete(delivery))
      running.add(delivery)
    },
    async deliver(mail) {
      try {
        await breaker.execute(() => transport.sendMail(mail))
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
