// Generated from sdk/operations/comments.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const comments_list: Operation = { name: 'comments_list', kind: 'query', projectId: 'required', items: 'comments' }
export const comments_get: Operation = { name: 'comments_get', kind: 'query' }
export const comments_replies: Operation = { name: 'comments_replies', kind: 'query', depth: 2, items: 'replies' }
export const comments_add: Operation = { name: 'comments_add', kind: 'mutation', projectId: 'required' }
export const comments_reply: Operation = { name: 'comments_reply', kind: 'mutation' }
export const comments_edit: Operation = { name: 'comments_edit', kind: 'mutation' }
export const comments_delete: Operation = { name: 'comments_delete', kind: 'mutation' }
export const comments_resolve: Operation = { name: 'comments_resolve', kind: 'mutation' }
export const comments_promote: Operation = { name: 'comments_promote', kind: 'mutation' }
export const comments_react: Operation = { name: 'comments_react', kind: 'mutation' }
export const comments_unreact: Operation = { name: 'comments_unreact', kind: 'mutation' }
export const comments_attach: Operation = { name: 'comments_attach', kind: 'mutation' }
export const comments_detach: Operation = { name: 'comments_detach', kind: 'mutation' }
export const comments_markRead: Operation = { name: 'comments_markRead', kind: 'mutation', key: false }
export const comments_markAllRead: Operation = { name: 'comments_markAllRead', kind: 'mutation', projectId: 'required', key: false }
export const comments_unread: Operation = { name: 'comments_unread', kind: 'query', projectId: 'required' }
export const comments_revisions: Operation = { name: 'comments_revisions', kind: 'query', depth: 2, items: 'revisions' }
export const comments_render: Operation = { name: 'comments_render', kind: 'query' }
export const comments_suggestMentions: Operation = { name: 'comments_suggestMentions', kind: 'query', projectId: 'required' }

export const comments = {
  list: comments_list,
  get: comments_get,
  replies: comments_replies,
  add: comments_add,
  reply: comments_reply,
  edit: comments_edit,
  delete: comments_delete,
  resolve: comments_resolve,
  promote: comments_promote,
  react: comments_react,
  unreact: comments_unreact,
  attach: comments_attach,
  detach: comments_detach,
  markRead: comments_markRead,
  markAllRead: comments_markAllRead,
  unread: comments_unread,
  revisions: comments_revisions,
  render: comments_render,
  suggestMentions: comments_suggestMentions,
}
