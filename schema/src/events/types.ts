import { builder } from '../builder.ts'
import { Project } from '../projects/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import type { EventMessage, StoredEvent } from './reader.ts'
import { readEvents, watchEvents } from './service.ts'
import type { EventPage } from './service.ts'

const EventType = builder.objectRef<StoredEvent>('Event').implement({
  description: 'One entry of the event log: one write.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Number in the project's stream: gapless, ascending." }),
    kind: t.exposeString('kind', { description: 'What happened, e.g. `plan.changed`.' }),
    version: t.exposeInt('version', { description: 'Version of the shape of `data` for this kind.' }),
    actor: t.id({ description: 'Node id of who did it.', resolve: (event) => encodeNodeId('User', event.actor) }),
    origin: t.exposeString('origin', { description: 'Through which client, e.g. `cli/0.1.0`.' }),
    requestId: t.exposeString('requestId', { description: 'The request it came with.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When.', resolve: (event) => event.createdAt }),
    data: t.field({ type: 'JSON', nullable: true, description: 'What changed. For `plan.changed`: `changes`, and `inverse`, which undoes them. For `comment.*`: `commentId`, `threadId`, `itemKey`.', resolve: (event) => event.data }),
  }),
})

const EventPageType = builder.objectRef<EventPage>('EventPage').implement({
  description: 'Events after a sequence, in order.',
  fields: (t) => ({
    events: t.field({ type: [EventType], description: 'The events.', resolve: (page) => [...page.events] }),
    sequence: t.exposeInt('sequence', { description: 'Sequence of the newest event of the stream.' }),
    hasMore: t.exposeBoolean('hasMore', { description: 'True when more follow: ask again from the last sequence.' }),
    gap: t.exposeInt('gap', { nullable: true, description: 'Set when history up to this sequence was cut: read the plan again and go on from there.' }),
  }),
})

const since = { required: true, description: 'The last sequence the caller has seen; 0 for all.' } as const
const first = { description: 'At most this many, 1 to 1000. Default: 100.' } as const

builder.queryField('events', (t) =>
  t.field({
    type: EventPageType,
    nullable: true,
    description: 'Events of a project after a sequence.',
    extensions: { permission: 'planner.read' },
    args: { projectId: t.arg.id({ required: true, description: 'Node id, UUID or slug.' }), since: t.arg.int(since), first: t.arg.int(first) },
    resolve: (_root, args, ctx) => readEvents(ctx, args.projectId, args.since, args.first),
  }),
)

builder.objectField(Project, 'events', (t) =>
  t.field({
    type: EventPageType,
    description: 'Its events after a sequence.',
    args: { since: t.arg.int(since), first: t.arg.int(first) },
    resolve: (project, args, ctx) => readEvents(ctx, project.id, args.since, args.first),
  }),
)

const EventMessageType = builder.objectRef<EventMessage>('EventMessage').implement({
  description: 'What a subscription to events delivers: an event, or a gap. A message with neither tells where the subscriber stands: the first does, and one now and then while events that it did not ask for are passed over.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Where the subscriber stands now: subscribing with this as `since` goes on after this message.' }),
    event: t.field({ type: EventType, nullable: true, description: 'The event; null for a gap, and where the message only tells the sequence.', resolve: (message) => message.event }),
    gap: t.exposeInt('gap', { nullable: true, description: 'Set when history up to this sequence was cut: read the plan again; the events after it follow.' }),
  }),
})

builder.subscriptionField('projectEvents', (t) =>
  t.field({
    type: EventMessageType,
    // an event reads the same for everybody who may follow it: it is executed once for all of them
    extensions: { shared: true, permission: 'planner.read' },
    description: 'Events of a project as they happen: each once and in order, or an explicit gap. It ends with an error when the API key or session no longer stands, or may no longer read the plan.',
    args: {
      projectId: t.arg.id({ required: true, description: 'Node id, UUID or slug.' }),
      since: t.arg.int({ description: 'The last sequence the caller has seen: what came after it is delivered first. 0 for all. Default: from now on.' }),
      kinds: t.arg.stringList({ description: 'Which events: kinds such as `plan.changed`, or `comment.*` for all that begin so; 1 to 20. Default: all. What is left out is passed over: `since` goes on to count it.' }),
    },
    subscribe: (_root, args, ctx) => watchEvents(ctx, args.projectId, args),
    resolve: (message) => message,
  }),
)
