import { builder } from '../builder.ts'
import { ApiKeyInfo, PersonType } from '../identity/types.ts'
import { encodeNodeId } from '../shared/ids.ts'

const KeyState = builder.enumType('ApiKeyState', {
  description: 'Whether an API key is accepted.',
  values: {
    ACTIVE: { description: 'It is accepted.' },
    EXPIRED: { description: 'Its time is over, or the grace period after its rotation.' },
    REVOKED: { description: 'Somebody revoked it.' },
  } as const,
})

builder.prismaObjectFields(ApiKeyInfo, (t) => ({
  projectId: t.id({ nullable: true, description: 'Node id of the project that it is bound to; null: every project that its person can see.', resolve: ({ projectId }) => projectId && encodeNodeId('Project', projectId) }),
  owner: t.field({ type: PersonType, description: 'Who it acts for.', select: { user: { select: { id: true, name: true } } }, resolve: ({ user }) => user }),
  state: t.field({
    type: KeyState,
    description: 'Whether it is accepted.',
    resolve: ({ enabled, expiresAt }, _args, { clock }) => (!enabled ? 'REVOKED' : expiresAt !== null && expiresAt <= clock.now() ? 'EXPIRED' : 'ACTIVE'),
  }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'Until when it is accepted; null: until it is revoked.' }),
  revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
  lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'When it was used last, to the minute; null: never.' }),
  rotatedFromId: t.id({ nullable: true, description: 'Node id of the key that this one replaced.', resolve: ({ rotatedFromId }) => rotatedFromId && encodeNodeId('ApiKey', rotatedFromId) }),
}))
