/** Who is signed in on this device, in all tabs: kept in local storage, so that a reload without network still knows it. */

export interface StoredSession {
  /** Where the API is, without `/graphql`. */
  readonly baseUrl: string
  /** An API key, or the token of a session. */
  readonly token: string
  /** What was known of the person last: what is shown until the server has answered, or while it is away. */
  readonly known?: Known | undefined
}

export interface Known {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly organisation: { readonly id: string; readonly name: string; readonly slug: string }
  /** Of `organisation.viewerCan`. */
  readonly can: Readonly<Record<string, boolean>>
  /** Null: signed in with a session. */
  readonly keyName: string | null
}

const KEY = 'buildrunner.session'

function read(): StoredSession | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof value !== 'object' || value === null) return null
    const { baseUrl, token } = value as Partial<StoredSession>
    return typeof baseUrl === 'string' && typeof token === 'string' ? (value as StoredSession) : null
  } catch {
    return null // storage is blocked, or holds what is not ours: as if nobody were signed in
  }
}

class SessionStore {
  #value = read()
  readonly #listeners = new Set<() => void>()

  constructor() {
    addEventListener('storage', ({ key }) => {
      if (key === KEY || key === null) this.#show(read())
    })
  }

  readonly get = (): StoredSession | null => this.#value

  /** Null: signed out, in all tabs. */
  readonly set = (value: StoredSession | null): void => {
    try {
      if (value === null) localStorage.removeItem(KEY)
      else localStorage.setItem(KEY, JSON.stringify(value))
    } catch {
      // storage is blocked: the session lasts as long as the page
    }
    this.#show(value)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #show(value: StoredSession | null): void {
    this.#value = value
    for (const listener of this.#listeners) listener()
  }
}

export const sessionStore = new SessionStore()
