/** What page and worker say to each other. */
import type { Connection } from '../connection.ts'

export interface Start {
  readonly code: string
  readonly connection: Connection
  /** False: a request that changes something ends the run instead of being sent. */
  readonly allowWrites: boolean
}

export type Report =
  | { readonly kind: 'print'; readonly text: string; readonly level: 'log' | 'warn' | 'error' }
  | { readonly kind: 'done' }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
