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
}
