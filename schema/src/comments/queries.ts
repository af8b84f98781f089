import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { readComment, readThreads } from './reads.ts'
import { suggestMentions } from './suggestions.ts'
import type { Suggestion } from './suggestions.ts'
import { Comment, ItemKindEnum, MentionKind } from './types.ts'

builder.queryField('comments', (t) =>
  t.connection(
    {
      type: Comment,
      description: 'Threads of a project or of one item, newest first: their first comments.',
      extensions: { permission: 'comments.read' },
      args: {
        projectId: t.arg.id({ required: true, description: 'Node id, UUID or slug.' }),
        itemId: t.arg.id({ description: 'Only those on this item (key or node id).' }),
        itemKind: t.arg({ type: ItemKindEnum, description: 'Only those on items of this kind.' }),
        resolved: t.arg.boolean({ description: 'true: only resolved ones; false: only open ones. Default: both.' }),
      },
      resolve: paged(readThreads),
    },
    { fields: (f) => ({ totalCount: f.int({ description: 'How many match, on all pages.', resolve: totalCountOf }) }) },
  ),
)

builder.queryField('comment', (t) =>
  t.field({
    type: Comment,
    nullable: true,
    description: 'One comment. NOT_FOUND when the key sees no such comment.',
    extensions: { permission: 'comments.read' },
    args: { commentId: t.arg.id({ required: true, description: 'Node id or UUID.' }) },
    resolve: (_root, args, ctx) => readComment(ctx, args.commentId, ['commentId']),
  }),
)

const MentionSuggestion = builder.objectRef<Suggestion>('MentionSuggestion').implement({
  description: 'What can complete a mention.',
  fields: (t) => ({
    kind: t.field({ type: MentionKind, description: 'Who is meant.', resolve: ({ kind }) => kind }),
    name: t.exposeString('name', { description: 'What a mention writes behind the `@`, without the kind.' }),
    label: t.exposeString('label', { description: 'What people read: the name of the person, role or team.' }),
    people: t.exposeInt('people', { description: 'How many people it means.' }),
  }),
})

builder.queryField('mentionSuggestions', (t) =>
  t.field({
    type: [MentionSuggestion],
    description: 'Who can be mentioned in a project by what begins like this: people, then roles, then teams.',
    extensions: { permission: 'comments.read' },
    args: {
      projectId: t.arg.id({ required: true, description: 'Node id, UUID or slug.' }),
      prefix: t.arg.string({ required: true, description: 'What was typed behind the `@`: `gr`, `role:`, `team:fr`. Empty: everybody.' }),
      first: t.arg.int({ defaultValue: 10, description: 'At most so many, 1 to 50.' }),
    },
    resolve: async (_root, { projectId, prefix, first }, ctx) => [...(await suggestMentions(ctx, projectId, prefix, first ?? 10))],
  }),
)
