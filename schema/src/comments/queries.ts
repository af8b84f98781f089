import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { readComment, readThreads } from './reads.ts'
import { Comment, ItemKindEnum } from './types.ts'

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
