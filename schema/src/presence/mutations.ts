import { builder } from '../builder.ts'
import { ForbiddenError, NotFoundError, UnauthenticatedError, ValidationError } from '../shared/errors.ts'
import { projectId } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import type { PresenceState } from './presence.ts'
import { leavePresence, updatePresence } from './service.ts'
import type { PresenceUpdated } from './service.ts'
import { PresenceStatusEnum, PresenceType } from './types.ts'

const ERRORS = [UnauthenticatedError, ForbiddenError, NotFoundError, ValidationError]
const deviceId = (t: InputFields) => t.string({ required: true, description: 'The device, by a name of its own that nobody else need know: a page, a process. 1 to 64 letters, digits and `_ . : -`.' })

const PresenceCursorInput = builder.inputType('PresenceCursorInput', {
  description: 'A place in a text that is being edited.',
  fields: (t) => ({
    field: t.string({ required: true, description: 'The field of the item, as the clients name it: 1 to 64 letters, digits and `_ . : -`.' }),
    offset: t.int({ required: true, description: 'In UTF-16 code units from its beginning; 0 or more.' }),
  }),
})

const UpdatePresenceInput = builder.inputType('UpdatePresenceInput', {
  description: 'A sign of life of one device, and what changed for it. What is left out stays as it is; null takes it back.',
  fields: (t) => ({
    projectId: projectId(t), deviceId: deviceId(t),
    itemId: t.id({ description: 'Key or id of the item they are on. Where it is given, typing and cursor begin anew.' }),
    typing: t.boolean({ description: 'Whether they type.' }),
    cursor: t.field({ type: PresenceCursorInput, description: 'Where in a text.' }),
    status: t.field({ type: PresenceStatusEnum, description: 'How present they are. Default: ACTIVE; it becomes IDLE by itself when nothing is said for a minute.' }),
  }),
})

builder.mutationField('updatePresence', (t) =>
  t.field({
    type: builder.objectRef<PresenceUpdated>('UpdatePresencePayload').implement({
      description: 'Who is there after it, and when to come again.',
      fields: (f) => ({
        heartbeatSeconds: f.int({ description: 'Within so many seconds the next sign of life is due: one that names only project and device will do.', resolve: (_updated, _args, ctx) => ctx.operator.presence.heartbeatSeconds }),
        joined: f.exposeBoolean('joined', { description: 'True when the device was not there before, or no longer: whatever it had said must be said again.' }),
        presence: f.expose('presence', { type: PresenceType, description: 'Who is there.' }),
      }),
    }),
    description: 'Joins with a device, says that it is still there, or what changed for it. A device that says nothing for some time is gone; nobody can be present in somebody else\'s name.',
    extensions: { permission: 'presence.write' },
    errors: { types: ERRORS, union: { name: 'UpdatePresenceResult' } },
    args: { input: t.arg({ type: UpdatePresenceInput, required: true, description: 'The device, and what changed.' }) },
    resolve: (_root, { input }, ctx) => updatePresence(ctx, input),
  }),
)

const LeavePresenceInput = builder.inputType('LeavePresenceInput', {
  description: 'Which device leaves.',
  fields: (t) => ({ projectId: projectId(t), deviceId: deviceId(t) }),
})

builder.mutationField('leavePresence', (t) =>
  t.field({
    type: builder.objectRef<{ readonly presence: PresenceState }>('LeavePresencePayload').implement({
      description: 'Who is there after it.',
      fields: (f) => ({ presence: f.expose('presence', { type: PresenceType, description: 'Who is there.' }) }),
    }),
    description: 'Leaves with a device, at once. One that is not there has left.',
    extensions: { permission: 'presence.write' },
    errors: { types: ERRORS, union: { name: 'LeavePresenceResult' } },
    args: { input: t.arg({ type: LeavePresenceInput, required: true, description: 'Which device.' }) },
    resolve: async (_root, { input }, ctx) => ({ presence: await leavePresence(ctx, input) }),
  }),
)
