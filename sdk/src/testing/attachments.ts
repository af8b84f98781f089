/** Links that are attached to comments, checked as the server checks them. */
import type { CommentAttachment } from '../_generated/comments.ts'
import { invalid } from './refusals.ts'
import { personOf } from './state.ts'
import type { Call } from './state.ts'

export interface NewAttachment {
  readonly kind: string
  readonly url: string
  readonly title?: string | null | undefined
}

const MAX_ATTACHMENTS = 20
const MAX_URL = 2_000
const MAX_TITLE = 200

function check({ kind, url: text, title }: NewAttachment, path: readonly string[]): Pick<CommentAttachment, 'kind' | 'url' | 'title'> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw invalid('An attachment is an absolute address that begins with http:// or https://.', [...path, 'url'])
  if (url.href.length > MAX_URL) throw invalid(`An address has at most ${MAX_URL} characters; this one has ${url.href.length}.`, [...path, 'url'])
  const name = title?.trim() ?? ''
  if (name.length > MAX_TITLE) throw invalid(`A title has at most ${MAX_TITLE} characters; this one has ${name.length}.`, [...path, 'title'])
  return { kind: kind as CommentAttachment['kind'], url: url.href, title: name === '' ? null : name }
}

export function requireRoom(count: number, path: readonly string[]): void {
  if (count > MAX_ATTACHMENTS) throw invalid(`A comment has at most ${MAX_ATTACHMENTS} attachments.`, path)
}

/** One more of a comment that is there. */
export const newAttachment = (call: Call, given: NewAttachment, path: readonly string[] = []): CommentAttachment =>
  ({ ...check(given, path), id: `att_${call.state.newId()}`, addedBy: personOf(call), createdAt: call.state.now() })

/** Those that come with a new comment. */
export function newAttachments(call: Call, given: readonly NewAttachment[]): CommentAttachment[] {
  requireRoom(given.length, ['attachments'])
  return given.map((attachment, index) => newAttachment(call, attachment, ['attachments', String(index)]))
}
