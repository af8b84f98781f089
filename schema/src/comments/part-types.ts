/** What hangs on a comment: attachments, reactions, earlier texts. */
import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { attachmentsByUuid } from './attachments.ts'
import type { AttachmentRow } from './attachments.ts'
import type { ReactionGroup } from './reactions.ts'
import type { RevisionRow } from './revisions.ts'

export const AttachmentKindEnum = builder.enumType('AttachmentKind', {
  description: 'What an attached link leads to.',
  values: {
    PULL_REQUEST: { value: 'pull_request', description: 'A pull or merge request.' },
    FILE: { value: 'file', description: 'A file.' },
    TEST_RESULT: { value: 'test_result', description: 'The result of a test run.' },
    LINK: { value: 'link', description: 'Anything else.' },
  } as const,
})

export const Attachment = builder.objectRef<AttachmentRow>('CommentAttachment')

builder.node(Attachment, {
  description: 'A link that is attached to a comment.',
  id: { resolve: (attachment) => attachment.id },
  isTypeOf: (value) => 'addedBy' in (value as object) && 'url' in (value as object),
  loadMany: (uuids, ctx) => attachmentsByUuid(ctx, uuids),
})

builder.objectFields(Attachment, (t) => ({
  kind: t.field({ type: AttachmentKindEnum, description: 'What it leads to.', resolve: ({ kind }) => kind }),
  url: t.exposeString('url', { description: 'Its address: http or https.' }),
  title: t.exposeString('title', { nullable: true, description: 'Text of the link.' }),
  addedBy: t.expose('addedBy', { type: PersonType, description: 'Who attached it.' }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was attached.' }),
}))

export const Reaction = builder.objectRef<ReactionGroup>('Reaction').implement({
  description: 'Everybody who reacted to a comment with one emoji.',
  fields: (t) => ({
    emoji: t.exposeString('emoji', { description: 'One emoji.' }),
    count: t.exposeInt('count', { description: 'How many people reacted so.' }),
    mine: t.exposeBoolean('mine', { description: 'Whether who asks is one of them.' }),
    people: t.field({ type: [PersonType], description: 'The first 10 of them.', resolve: ({ people }) => [...people] }),
  }),
})

export const Revision = builder.objectRef<RevisionRow>('CommentRevision').implement({
  description: 'A text that a comment had before.',
  fields: (t) => ({
    body: t.exposeString('body', { description: 'Markdown as it was written.' }),
    writtenAt: t.expose('writtenAt', { type: 'DateTime', description: 'When it was written.' }),
    writtenBy: t.expose('writtenBy', { type: PersonType, description: 'Who wrote it.' }),
  }),
})
