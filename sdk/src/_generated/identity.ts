// Generated from sdk/operations/identity.graphql by `npm run generate`. Do not edit.
import type { CallOptions, Operation, Request } from '../request.ts'

/** What `viewer.get` answers. */
export interface ViewerGetData {
  id: string
  name: string
  email: string
  organisation: {
    id: string
    name: string
    slug: string
  }
  apiKey: {
    id: string
    name: string
    prefix: string
    scopes: string[]
  } | null
}

export const viewer_get: Operation = { text: ['query viewer_get{viewer{id name email organisation{id name slug}apiKey{id name prefix scopes}}}'] }

/** Who the API key belongs to. */
export interface ViewerGroup {
  /**
   * @example
   * ```ts
   * const { data } = await client.viewer.get()
   * console.log(data?.name, 'of', data?.organisation.name)
   * ```
   */
  get(variables?: Record<string, never>, options?: CallOptions): Request<ViewerGetData>
}

export const viewer = {
  get: viewer_get,
} satisfies Record<keyof ViewerGroup, Operation>
