/** Who the client is: a fixed API key, or the token that `getToken` gave last. No property shows it to a log. */
import { BuildRunnerError, errorOf, record } from './errors.ts'

export type GetToken = () => string | Promise<string>

/** Keys of the server have 44 characters and more. */
const SECRET_LENGTH = 16

export class Credentials {
  readonly #getToken: GetToken | undefined
  /** Newest first; the one before may still be echoed by an answer that was under way. */
  #tokens: readonly string[]
  #asking: Promise<void> | undefined

  constructor(apiKey: string | undefined, getToken?: GetToken) {
    this.#tokens = apiKey === undefined ? [] : [apiKey]
    this.#getToken = getToken
  }

  /** True when a refused token can be replaced. */
  get renewable(): boolean {
    return this.#getToken !== undefined
  }

  /**
   * What to send as a bearer token. It is asked for once, and again when `refused` is the one at hand; those who need it
   * at the same time share one question.
   *
   * @throws BuildRunnerError `UNAUTHENTICATED` when `getToken` fails
   */
  async token(refused?: string): Promise<string | undefined> {
    const getToken = this.#getToken
    if (getToken && (this.#tokens[0] === undefined || this.#tokens[0] === refused)) {
      await (this.#asking ??= this.#ask(getToken).finally(() => (this.#asking = undefined)))
    }
    return this.#tokens[0]
  }

  /** `text` without any token. One that is as short as a word is a test's, and no secret: taking it out would garble answers. */
  redact(text: string): string {
    return this.#tokens.reduce((rest, token) => (token.length < SECRET_LENGTH ? rest : rest.replaceAll(token, '[apiKey]')), text)
  }

  /** A failed fetch may carry its request, headers included, in properties of its own: only what it says is kept. */
  copyOf(cause: unknown, depth = 0): Error {
    const { name, message, cause: inner } = record(cause)
    const copy = new Error(this.redact(String(message ?? cause)), inner && depth < 3 ? { cause: this.copyOf(inner, depth + 1) } : undefined)
    if (typeof name === 'string') copy.name = name
    return copy
  }

  async #ask(getToken: GetToken): Promise<void> {
    try {
      this.#tokens = [checkToken(await getToken(), 'What getToken returned'), ...this.#tokens.slice(0, 1)]
    } catch (cause) {
      const reason = cause instanceof BuildRunnerError ? cause.message : `getToken failed (${this.redact(String(record(cause)['message'] ?? cause))}).`
      throw errorOf({ code: 'UNAUTHENTICATED', message: reason, cause: this.copyOf(cause) })
    }
  }
}

/**
 * RFC 6750, section 2.1: the characters of a bearer token. Anything else would make `fetch` fail with the key in its message.
 *
 * @throws ConfigurationError that does not quote it
 */
export function checkToken(value: unknown, name: string): string {
  if (typeof value === 'string' && /^[\w.~+/-]+=*$/.test(value)) return value
  const message = `${name} holds characters that no API key has, such as white space or quotes. Copy the key again.`
  throw errorOf({ code: 'INVALID_CONFIGURATION', message })
}
