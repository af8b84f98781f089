/** What webhooks need of the outside: somebody who posts to addresses on the internet. */

export interface WebhookRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface WebhookAnswer {
  readonly status: number
  /** What the header `Retry-After` says; null without one. */
  readonly retryAfter: string | null
  /** The beginning of the body, for the log of deliveries. */
  readonly text: string
}

export interface WebhookSender {
  /**
   * Posts once. Redirects are not followed; nothing is sent where the operator does not allow it.
   *
   * @throws WebhookSendError when there is no answer
   */
  send(request: WebhookRequest): Promise<WebhookAnswer>
}

/** Nothing was sent, or nobody answered. The message is for whoever made the webhook: it names no address of the network. */
export class WebhookSendError extends Error {
  override readonly name = 'WebhookSendError'
}
