/**
 * The entry `@buildrunner/sdk/presence-session`: being present, until one leaves. It is `client.presence.join` as a function;
 * the operations behind it are in `@buildrunner/sdk/presence`.
 */
import { presence_leave, presence_update } from './_generated/operations/presence.ts'
import type { PresenceUpdateData } from './_generated/presence.ts'
import { call } from './call.ts'
import type { Client } from './client.ts'
import type { BuildRunnerError } from './errors.ts'
import type { JoinPresenceOptions, PresenceChange } from './presence.ts'
import type { Result } from './request.ts'
import { backoffMs } from './resilience/backoff.ts'
import { DEFAULT_SYNC_BACKOFF } from './resilience/policy.ts'

export type { JoinPresenceOptions, PresenceChange } from './presence.ts'

/** Five a second: between two requests lies at least this. */
const SPACING_MS = 200
/** What is said again, and is nothing new, is sent after so long: it shows that somebody is active. */
const REPEAT_MS = 15_000
/** What was not taken is said again sooner than a heartbeat: nobody sees who is there meanwhile. */
const RETRY = { ...DEFAULT_SYNC_BACKOFF, minMs: 1_000 }
/** What ends a session, of which nobody will hear any more. */
const FATAL = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'MFA_REQUIRED', 'ORGANISATION_REQUIRED', 'DOCUMENT_UNKNOWN', 'DOCUMENT_NOT_TRUSTED', 'INVALID_CONFIGURATION'])
/** What is wrong with a change, and will be the next time. */
const REFUSALS = new Set(['NOT_FOUND', 'VALIDATION_FAILED', 'BAD_USER_INPUT'])

/** What of a browser's page matters here. */
interface Page {
  readonly document?: EventTarget & { readonly visibilityState: string }
  addEventListener?(type: string, listener: (event: { readonly persisted?: boolean }) => void): void
  removeEventListener?(type: string, listener: (event: { readonly persisted?: boolean }) => void): void
}
const page = globalThis as unknown as Page

/**
 * Somebody's presence with one device. One request is under way at a time; what changes meanwhile is sent together, and at most
 * five times a second.
 */
export class PresenceSession implements AsyncDisposable {
  /** Names the device, as in `client.presence.update`. */
  readonly deviceId: string
  readonly #client: Client
  readonly #projectId: string | undefined
  readonly #onError: JoinPresenceOptions['onError']
  /** All that was said and counts. */
  #said: PresenceChange
  /** What of it the server is still to be told; undefined: nothing, so that a heartbeat is due. */
  #unsent: PresenceChange | undefined
  #heartbeatMs = 0
  #failures = 0
  #sentAt = -Infinity
  #saidAt = -Infinity
  #sending: Promise<unknown> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** What a hidden page goes back to. */
  #shown: PresenceChange['status']
  #ended = false

  /** @internal */
  constructor(client: Client, { projectId, deviceId = crypto.randomUUID(), onError, ...says }: JoinPresenceOptions) {
    this.#client = client
    this.#projectId = projectId
    this.deviceId = deviceId
    this.#onError = onError
    this.#said = this.#unsent = says
  }

  /** True once it was left, or the server will hear no more of it: the permission is gone, or the project. */
  get ended(): boolean {
    return this.#ended
  }

  /** Says what changed. It returns at once; what could not be said, `onError` is told. */
  update(change: PresenceChange): void {
    if (this.#ended) return
    const said = merge(this.#said, change)
    const isNew = JSON.stringify(said) !== JSON.stringify(merge(this.#said, {}))
    if (!isNew && Date.now() - this.#saidAt < REPEAT_MS) return
    this.#said = said
    this.#unsent = merge(this.#unsent ?? {}, change)
    this.#plan()
  }

  /** Leaves at once. Without it the device is gone once it was silent for some time. It does not throw: who cannot be told finds out by the silence. */
  async leave(): Promise<void> {
    if (this.#ended) return
    this.#end()
    // one that came after the leaving would be a joining
    await this.#sending
    await this.#goodbye()
  }

  /** {@inheritDoc PresenceSession.leave} */
  [Symbol.asyncDispose](): Promise<void> {
    return this.leave()
  }

  /** @internal */
  async begin(): Promise<this> {
    const { error } = await this.#send()
    if (error) {
      this.#end()
      throw error
    }
    page.document?.addEventListener('visibilitychange', this.#onVisibility)
    page.addEventListener?.('pagehide', this.#onHide)
    page.addEventListener?.('pageshow', this.#onShow)
    if (page.document?.visibilityState === 'hidden') this.#onVisibility()
    return this
  }

  readonly #onVisibility = (): void => {
    const hidden = page.document?.visibilityState === 'hidden'
    if (hidden) this.#shown = this.#said.status
    this.update({ status: hidden ? 'AWAY' : (this.#shown ?? 'ACTIVE') })
  }

  /** The page goes: for good, or into the browser's memory, from where it may come back. */
  readonly #onHide = (): void => {
    clearTimeout(this.#timer)
    void this.#goodbye()
  }

  readonly #onShow = ({ persisted }: { readonly persisted?: boolean }): void => {
    if (!persisted) return
    this.#unsent = this.#said
    this.#plan()
  }

  /** `keepalive`: a page that closes sends it all the same. */
  #goodbye(): PromiseLike<unknown> {
    return call(this.#client, presence_leave, { projectId: this.#projectId, deviceId: this.deviceId }, { keepalive: true })
  }

  #plan(): void {
    if (this.#ended || this.#sending) return
    clearTimeout(this.#timer)
    const wait = this.#failures > 0 ? Math.min(this.#heartbeatMs, backoffMs(this.#failures, RETRY, Math.random())) : this.#unsent ? SPACING_MS : this.#heartbeatMs
    const timer = setTimeout(() => void this.#send(), Math.max(0, this.#sentAt + wait - Date.now()))
    this.#timer = timer
    // a process that has nothing else to do ends
    ;(timer as { unref?: () => void }).unref?.()
  }

  #send(): Promise<Result<PresenceUpdateData>> {
    const sent = this.#unsent
    this.#unsent = undefined
    this.#sentAt = Date.now()
    if (sent) this.#saidAt = this.#sentAt
    const variables = { projectId: this.#projectId, deviceId: this.deviceId, ...sent }
    const sending = Promise.resolve(call<PresenceUpdateData>(this.#client, presence_update, variables)).then((result) => {
      this.#sending = undefined
      if (result.error) this.#failed(result.error, sent)
      else this.#succeeded(result.data, sent)
      this.#plan()
      return result
    })
    this.#sending = sending
    return sending
  }

  #succeeded({ joined, heartbeatSeconds }: PresenceUpdateData, sent: PresenceChange | undefined): void {
    this.#failures = 0
    this.#heartbeatMs = heartbeatSeconds * 1_000
    const all = merge(this.#said, {})
    // it was forgotten, or left by a page that came back
    if (joined && JSON.stringify(merge(sent ?? {}, {})) !== JSON.stringify(all)) this.#unsent = all
  }

  #failed(error: BuildRunnerError, sent: PresenceChange | undefined): void {
    if (this.#ended) return
    const changes = Object.entries(sent ?? {})
    const refused = REFUSALS.has(error.code)
    if (FATAL.has(error.code) || (refused && changes.length === 0)) this.#end()
    // it must not be said again when the server forgot the rest
    else if (refused) this.#said = Object.fromEntries(Object.entries(this.#said).filter(([name, value]) => !changes.some(([other, given]) => other === name && given === value)))
    else {
      this.#failures++
      if (sent) this.#unsent = merge(sent, this.#unsent ?? {})
    }
    // begin() throws it
    if (this.#heartbeatMs > 0) this.#onError?.(error)
  }

  #end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
    page.document?.removeEventListener('visibilitychange', this.#onVisibility)
    page.removeEventListener?.('pagehide', this.#onHide)
    page.removeEventListener?.('pageshow', this.#onShow)
  }
}

/** One after the other; in one order, so that equal ones read the same. Who names an item begins there anew. */
function merge(before: PresenceChange, { itemId, typing, cursor, status }: PresenceChange): PresenceChange {
  const moves = itemId !== undefined
  const merged = {
    itemId: moves ? itemId : before.itemId,
    typing: typing !== undefined || moves ? typing : before.typing,
    cursor: cursor !== undefined || moves ? cursor : before.cursor,
    status: status !== undefined ? status : before.status,
  }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
}

/**
 * Joins, and stays until `leave()`; see `client.presence.join`.
 *
 * @throws BuildRunnerError when the server refuses the joining, or does not answer it
 *
 * @example
 * ```ts
 * import { Client } from '@buildrunner/sdk/client'
 * import { joinPresence } from '@buildrunner/sdk/presence-session'
 *
 * await using here = await joinPresence(new Client(), { itemId: 'T-12' })
 * here.update({ typing: true })
 * ```
 */
export const joinPresence = (client: Client, options: JoinPresenceOptions = {}): Promise<PresenceSession> => new PresenceSession(client, options).begin()
