/** Mail to people, as services hand it over. */

export interface Mail {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** Further headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A message that was not taken. Its text names no address. */
export class MailError extends Error {
  /** What the mail server answered (RFC 5321). */
  readonly status: number | undefined
  /** True: the message itself was refused, and trying again changes nothing. */
  readonly final: boolean

  constructor(message: string, { status, final = false, ...options }: ErrorOptions & { status?: number | undefined; final?: boolean } = {}) {
    super(message, options)
    this.status = status
    this.final = final
  }
}

export interface Mailer {
  /**
   * Takes a message over and returns at once: delivery, and trying it again, go on in the background. So an answer takes equally
   * long whether or not there was somebody to write to.
   */
  send(mail: Mail): void
  /** One attempt, for who keeps the message until it was taken. @throws MailError */
  deliver(mail: Mail): Promise<void>
}

/** For processes that answer nobody. @throws Error for every message */
export const NO_MAIL: Mailer = {
  send() {
    throw new Error('this process sends no mail')
  },
  deliver: () => Promise.reject(new MailError('this process sends no mail')),
}
