/** Every operation of comments and presence over REST. */
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

/** As the product reference writes and reads them. */
export async function walkComments(call: CallRest): Promise<void> {
  const comment = { project_id: 'website', entity_type: 'microstep', entity_id: 'T-12', body: 'Great work @johndoe! @role:QA please review.' }
  const made = await call('POST /api/comments', { body: comment })
  expect(made).toMatchObject({ status: 201, body: { comment: { item_key: 'T-12', mentions: [{ kind: 'user', name: 'johndoe' }, { kind: 'role', name: 'QA' }] } } })
  const { id } = made.body.comment
  expect(made.headers.get('location')).toBe(`/api/comments/${id}`)
  expect((await call('GET /api/comments?project_id=website&entity_type=microstep&entity_id=T-12')).body).toMatchObject({ comments: [{ id }], total_count: 1 })
  expect((await call('GET /api/comments?project_id=website&entity_type=step')).body.comments).toEqual([])
  const reply = await call(`POST /api/comments/${id}/replies`, { body: { body: 'Done.' } })
  expect(reply).toMatchObject({ status: 201, body: { comment: { parent_id: id } } })
  expect((await call(`GET /api/comments/${id}/replies`)).body).toMatchObject({ replies: [{ body: 'Done.' }], total_count: 1 })
  expect((await call(`PATCH /api/comments/${reply.body.comment.id}`, { body: { body: 'Done!' } })).body.comment.body).toBe('Done!')
  expect((await call(`DELETE /api/comments/${reply.body.comment.id}`)).body.comment.body).toBeNull()
  expect((await call(`POST /api/comments/${id}/resolve`)).body.comment.resolved_by).toEqual({ id: expect.stringMatching(/^usr_/), name: 'Ada' })
  expect((await call(`GET /api/comments/${id}`)).body).toMatchObject({ id, reply_count: 1, resolved_at: expect.any(String) })
  const promoted = await call(`POST /api/comments/${id}/promote`, { body: { step_id: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.'] } })
  expect(promoted).toMatchObject({ status: 201, body: { comment: { id, promoted_to_key: promoted.body.microstep.key }, microstep: { step_key: 'S-1', acceptance_criteria: [{ text: 'Errors are shown.' }] } } })
  expect((await call(`POST /api/comments/${id}/promote`, { body: { step_id: 'S-1', title: 'Again', criteria: [] } })).body).toMatchObject({ status: 409, code: 'ALREADY_EXISTS' })
  const refused = await call('POST /api/comments', { body: { ...comment, entity_type: 'step' } })
  expect(refused).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '#/entity_type' }] } })
}

/** What hangs on comments: reactions, attachments, earlier texts, HTML, what is unread. */
export async function walkDiscussion(call: CallRest): Promise<void> {
  const { body: { comment: { id } } } = await call('POST /api/comments', { body: { project_id: 'website', item_id: 'T-12', body: 'One **two** @ada', attachments: [{ kind: 'file', url: 'https://example.com/a' }] } })
  const at = `/api/comments/${id}`
  expect((await call(`POST ${at}/reactions`, { body: { emoji: '🎉' } })).body.comment.reactions).toMatchObject([{ emoji: '🎉', count: 1, mine: true }])
  expect((await call(`DELETE ${at}/reactions/${encodeURIComponent('🎉')}`)).body.comment.reactions).toEqual([])
  const attached = await call(`POST ${at}/attachments`, { body: { kind: 'pull_request', url: 'https://example.com/42' } })
  expect(attached).toMatchObject({ status: 201, body: { comment: { attachments: [{ kind: 'file' }, { kind: 'pull_request' }] } } })
  expect((await call(`DELETE ${at}/attachments/${attached.body.comment.attachments[0].id}`)).body.comment.attachments).toHaveLength(1)
  await call(`PATCH ${at}`, { body: { body: 'Two' } })
  expect((await call(`GET ${at}/revisions`)).body).toMatchObject({ revisions: [{ body: 'One **two** @ada', written_by: { name: 'Ada' } }], total_count: 1 })
  await call(`PATCH ${at}`, { body: { body: '**Two** @ada' } })
  expect((await call(`GET ${at}/html`)).body).toMatchObject({ body_html: '<p><strong>Two</strong> @ada</p>', mentioned_people: [{ name: 'Ada' }] })
  expect((await call(`POST ${at}/read`)).body).toEqual({ unread_comments: 0 })
  expect((await call('POST /api/projects/website/comments/read')).body).toEqual({ unread_comments: 0 })
  expect((await call('GET /api/projects/website/comments/unread')).body).toEqual({ unread_comments: 0 })
  expect((await call('GET /api/projects/website/mentions?prefix=ad')).body).toEqual([{ kind: 'user', name: 'Ada', label: 'Ada', people: 1 }])
}

/** One device that comes, does something and leaves. */
export async function walkPresence(call: CallRest): Promise<void> {
  const at = '/api/projects/website/presence'
  const came = await call(`PUT ${at}/laptop`, { body: { item_id: 'T-12', typing: true, cursor: { field: 'body', offset: 3 } } })
  expect(came.body).toMatchObject({ joined: true, heartbeat_seconds: 15, presence: { degraded: false, people: [{ person: { name: 'Ada' }, item_key: 'T-12', typing: true, cursor: { field: 'body', offset: 3 }, devices: 1 }] } })
  expect((await call(`PUT ${at}/laptop`)).body).toMatchObject({ joined: false, presence: { people: [{ item_key: 'T-12' }] } })
  expect((await call(`GET ${at}`)).body).toEqual((await call(`PUT ${at}/laptop`)).body.presence)
  expect((await call(`DELETE ${at}/laptop`)).body).toEqual({ presence: { degraded: false, people: [] } })
}
