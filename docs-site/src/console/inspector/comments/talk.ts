/** What the parts of a talk share: the project's comments, what one may do, and the dialogs. */
import { createContext, use } from 'react'
import type { OfflineClient, OfflineComment } from '@buildrunner/sdk/offline'

export interface OpenDialog {
  readonly dialog: 'promote' | 'attach' | 'delete'
  readonly comment: OfflineComment
}

export interface Talk {
  /** Slug of the project. */
  readonly project: string
  readonly offline: OfflineClient
  /** Where the server is away, only what the offline client can do is offered. */
  readonly may: { readonly write: boolean; readonly moderate: boolean; readonly promote: boolean }
  /** Shows what is wrong with what somebody does. */
  doing(work: PromiseLike<unknown>): Promise<void>
  type(isTyping: boolean): void
  open(dialog: OpenDialog | null): void
  /** Reads the comments from the server. */
  reload(): Promise<void>
}

export const TalkContext = createContext<Talk | null>(null)

/** @throws Error outside of the comments of an item */
export function useTalk(): Talk {
  const talk = use(TalkContext)
  if (talk === null) throw new Error('This part needs the comments of an item.')
  return talk
}
