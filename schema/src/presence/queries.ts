import { builder } from '../builder.ts'
import { readPresence, watchPresence } from './service.ts'
import { PresenceType } from './types.ts'

const projectId = { required: true, description: 'Node id, UUID or slug.' } as const

builder.queryField('presence', (t) =>
  t.field({
    type: PresenceType,
    nullable: true,
    description: 'Who is there now.',
    extensions: { permission: 'presence.read' },
    args: { projectId: t.arg.id(projectId) },
    resolve: (_root, args, ctx) => readPresence(ctx, args.projectId),
  }),
)

builder.subscriptionField('presence', (t) =>
  t.field({
    type: PresenceType,
    // it reads the same for everybody who may see it
    extensions: { shared: true, permission: 'presence.read' },
    description: 'Who is there: the present state, then the newest whenever it changes, at most every 100 milliseconds. A reader that is slow misses states in between, and never the newest. It ends when the API key no longer stands.',
    args: { projectId: t.arg.id(projectId) },
    subscribe: (_root, args, ctx) => watchPresence(ctx, args.projectId),
    resolve: (state) => state,
  }),
)
