import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import type { PresentPerson } from './people.ts'
import type { PresenceState } from './presence.ts'
import type { Cursor } from './store.ts'

export const PresenceStatusEnum = builder.enumType('PresenceStatus', {
  description: 'How present somebody is.',
  values: {
    ACTIVE: { description: 'Doing something.' },
    IDLE: { description: 'There, and has not done anything for a while: by what the client says, or because it said nothing but heartbeats.' },
    AWAY: { description: 'Looking at something else, as where the page is hidden.' },
  } as const,
})

const PresenceCursorType = builder.objectRef<Cursor>('PresenceCursor').implement({
  description: 'A place in a text that is being edited.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The field of the item, as the clients name it.' }),
    offset: t.exposeInt('offset', { description: 'In UTF-16 code units from its beginning.' }),
  }),
})

const PresentPersonType = builder.objectRef<PresentPerson>('PresentPerson').implement({
  description: 'Somebody who is there, with one device or several: item, cursor and status are those of the device that was active last.',
  fields: (t) => ({
    person: t.field({ type: PersonType, description: 'Who.', resolve: ({ userId, name }) => ({ id: userId, name }) }),
    status: t.expose('status', { type: PresenceStatusEnum, description: 'How present.' }),
    itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item they are on; null: none.' }),
    typing: t.exposeBoolean('typing', { description: 'True while they type, on whichever device.' }),
    cursor: t.expose('cursor', { type: PresenceCursorType, nullable: true, description: 'Where in a text.' }),
    devices: t.exposeInt('devices', { description: 'With how many devices.' }),
    joinedAt: t.field({ type: 'DateTime', description: 'Since when.', resolve: ({ joinedAt }) => new Date(joinedAt) }),
  }),
})

export const PresenceType = builder.objectRef<PresenceState>('Presence').implement({
  description: 'Who is there, in one project.',
  fields: (t) => ({
    people: t.field({ type: [PresentPersonType], description: 'Each person once, in the order in which they came.', resolve: ({ people }) => [...people] }),
    degraded: t.exposeBoolean('degraded', { description: 'True while servers cannot tell each other: some who are there may be missing. It passes by itself.' }),
  }),
})
