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

export const comments = {
  list: comments_list,
  get: comments_get,
  replies: comments_replies,
  add: comments_add,
  reply: comments_reply,
  edit: comments_edit,
  delete: comments_delete,
  resolve: comments_resolve,
}
