import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { listSessions, readCurrentSession } from './my-sessions.ts'
import { CurrentSessionType, SessionType } from './types.ts'

builder.queryField('currentSession', (t) =>
  t.field({ type: CurrentSessionType, description: 'Who is signed in. SESSION_REQUIRED with an API key.', resolve: (_root, _args, ctx) => readCurrentSession(ctx) }),
)

builder.queryField('sessions', (t) =>
  t.connection(
    {
      type: SessionType,
      description: "The person's own sessions, newest first.",
      resolve: paged(listSessions),
    },
    { fields: (f) => ({ totalCount: f.int({ description: 'How many there are, on all pages.', resolve: totalCountOf }) }) },
  ),
)
