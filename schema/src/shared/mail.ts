/** Mail to people, as services hand it over. */

export interface Mail {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

export interface Mailer {
  /**
   * Takes a message over and returns at once: delivery, and trying it again, go on in the background. So an answer takes equally
   * long whether or not there was somebody to write to.
   */
  send(mail: Mail): void
}

/** For processes that answer nobody. @throws Error for every message */
export const NO_MAIL: Mailer = {
  send() {
    throw new Error('this process sends no mail')
  },
}
