/** Who is here: joining, staying, changing and leaving, and following it all. Neither the event log nor the audit log hears of it. */
import type { Actor, Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { lapseOf, may, requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Permission } from '../shared/permissions.ts'
import type { PresenceFollower } from './follower.ts'
import type { PresenceState } from './presence.ts'
import type { Cursor, DeviceRef, DeviceState, PresenceStatus } from './store.ts'

export interface PresenceUpdate {
  readonly projectId: string
  readonly deviceId: string
  readonly itemId?: string | null | undefined
  readonly typing?: boolean | null | undefined
  readonly cursor?: Cursor | null | undefined
  readonly status?: PresenceStatus | null | undefined
}

export interface PresenceUpdated {
  readonly joined: boolean
  readonly presence: PresenceState
}

interface Place {
  id: string
  name: string
  item_key: string | null
}

const PLACE = (by: string): string => `SELECT p.id, u.name, i.key AS item_key FROM projects p JOIN users u ON u.id = $3::uuid
  LEFT JOIN plan_items i ON i.project_id = p.id AND (i.id = $4::uuid OR i.key = $5::text) WHERE p.organisation_id = $1::uuid AND p.${by}`
const PLACE_BY_ID = statement<Place>('presence:id', PLACE('id = $2::uuid'))
const PLACE_BY_SLUG = statement<Place>('presence:slug', PLACE('slug = $2::text'))

/** The project, once it is known that the actor may do this in it. */
async function enter(ctx: Context, permission: Permission, projectRef: string, itemRef?: string | null): Promise<{ actor: Actor; place: Place }> {
  const actor = requirePermission(ctx, permission)
  const [project, item] = [parseReference(projectRef, 'Project'), parseReference(itemRef ?? '', 'Milestone', 'Step', 'Microstep')]
  const values = [actor.organisationId, project.uuid ?? project.name, actor.userId, item.uuid, item.name]
  const [place] = await ctx.db.query(project.uuid === null ? PLACE_BY_SLUG : PLACE_BY_ID, values)
  requireInProject(ctx, permission, place?.id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return { actor, place: place as Place }
}

const DEVICE_ID = /^[\w.:-]{1,64}$/
const FIELD = /^[\w.:-]{1,64}$/

function checkDevice(deviceId: string): void {
  if (!DEVICE_ID.test(deviceId)) throw new ValidationError('A device id has 1 to 64 letters, digits and _ . : -', ['deviceId'])
}

function checkCursor({ field, offset }: Cursor): void {
  if (!FIELD.test(field)) throw new ValidationError('The field of a cursor has 1 to 64 letters, digits and _ . : -', ['cursor', 'field'])
  if (offset < 0) throw new ValidationError('The offset of a cursor is 0 or more.', ['cursor', 'offset'])
}

/** What is said of what was given. Who names an item begins there anew: what is not said with it is no longer so. */
function saysOf({ itemId, typing, cursor, status }: PresenceUpdate, itemKey: string | null): Partial<DeviceState> {
  return {
    ...(itemId !== undefined && { itemKey, typing: false, cursor: null }),
    ...(typing !== undefined && { typing: typing ?? false }),
    ...(cursor !== undefined && { cursor }),
    ...(status !== undefined && { status: status ?? 'ACTIVE' }),
  }
}

/** Joins, stays or changes, whichever it is. Nothing is said by what is left out; null takes back what was said. */
export async function updatePresence(ctx: Context, input: PresenceUpdate): Promise<PresenceUpdated> {
  const { deviceId, itemId, cursor } = input
  const { actor, place } = await enter(ctx, 'presence.write', input.projectId, itemId)
  checkDevice(deviceId)
  if (cursor) checkCursor(cursor)
  if (typeof itemId === 'string' && place.item_key === null) throw new NotFoundError('item', itemId, ['itemId'])
  const device: DeviceRef = { projectId: place.id, userId: actor.userId, deviceId }
  const joined = await ctx.presence.beat({ ...device, name: place.name, says: saysOf(input, place.item_key) })
  return { joined, presence: await ctx.presence.read(place.id) }
}

/** Leaves at once, instead of after a silence. Leaving twice is leaving. */
export async function leavePresence(ctx: Context, { projectId, deviceId }: Pick<PresenceUpdate, 'projectId' | 'deviceId'>): Promise<PresenceState> {
  const { actor, place } = await enter(ctx, 'presence.write', projectId)
  checkDevice(deviceId)
  await ctx.presence.leave({ projectId: place.id, userId: actor.userId, deviceId })
  return ctx.presence.read(place.id)
}

export async function readPresence(ctx: Context, projectId: string): Promise<PresenceState> {
  const { place } = await enter(ctx, 'presence.read', projectId)
  return ctx.presence.read(place.id)
}

/** The present state, then the newest whenever it changes, until the key or session no longer stands or may no longer see it. */
export async function watchPresence(ctx: Context, projectId: string): Promise<PresenceFollower> {
  const { actor, place } = await enter(ctx, 'presence.read', projectId)
  let unwatch = (): void => {}
  const follower = ctx.presence.follow(place.id, () => unwatch())
  const holds = (now: Actor): boolean => now.organisationId === actor.organisationId && may(now, 'presence.read', place.id)
  unwatch = ctx.credentials.watch(actor, holds, (now) => follower.fail(lapseOf(now, 'presence.read')))
  return follower
}
