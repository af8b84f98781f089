// Generated from sdk/operations/identity.graphql by `npm run generate`. Do not edit.
import type { CallOptions, Request } from '../request.ts'

/** What `viewer.get` answers. */
export interface ViewerGetData {
  /** Node id of the user. */
  id: string
  /** Display name. */
  name: string
  /** E-mail address. */
  email: string
  /** What they are written to in: `en`, `es`, `fr` or `de`. Null: nobody knows. */
  language: string | null
  /** The organisation the key belongs to. */
  organisation: {
    id: string
    /** The name people see. */
    name: string
    /** Unique; part of addresses. */
    slug: string
  }
  /** The key of this request; null when it came with a session. */
  apiKey: {
    /** Node id. */
    id: string
    /** The name its owner gave it. */
    name: string
    /** The clear part of the key, to recognise it by. */
    prefix: string
    /** What it may do; `*` is everything. */
    scopes: string[]
  } | null
  /** Set when somebody acts as this person. */
  impersonation: {
    /** Node id of the impersonation. */
    id: string
    /** Who really acts. */
    impersonator: {
      /** Node id of the user. */
      id: string
      /** Display name. */
      name: string
    }
    /** Whom they act as. */
    user: {
      /** Node id of the user. */
      id: string
      /** Display name. */
      name: string
    }
    /** Why. */
    reason: string
    /** It ends by itself then. */
    endsAt: string
  } | null
}

/** What `viewer.rateLimit` answers. */
export interface ViewerRateLimitData {
  /** Points of one minute, for this key, session or address. */
  limit: number
  /** What this operation cost. */
  cost: number
  /** Points that are left after it. */
  remaining: number
  /** When all of them are there again. */
  resetAt: string
}

/** Who the API key belongs to. */
export interface ViewerGroup {
  /**
   * Who asks, and with which key.
   *
   * @example
   * ```ts
   * const { data } = await client.viewer.get()
   * console.log(data?.name, 'of', data?.organisation.name)
   * ```
   */
  get(variables?: Record<string, never>, options?: CallOptions): Request<ViewerGetData>

  /**
   * What may still be asked for. Needs no key. Null where nothing is limited.
   *
   * What you may still ask for in this minute, in points of cost. Every result has it too: `result.rateLimit`.
   *
   * @example
   * ```ts
   * const { data } = await client.viewer.rateLimit()
   * console.log(data?.remaining, 'of', data?.limit, 'until', data?.resetAt)
   * ```
   */
  rateLimit(variables?: Record<string, never>, options?: CallOptions): Request<ViewerRateLimitData>
}
