/** Identifiers: UUIDs inside, `<prefix>_<uuid without dashes>` outside. The outside form is the Relay global id. */
import { randomFillSync } from 'node:crypto'
import { ValidationError } from './errors.ts'

const PREFIXES = {
  Organisation: 'org',
  User: 'usr',
  ApiKey: 'key',
  Project: 'prj',
  Milestone: 'mil',
  Step: 'stp',
  Microstep: 'mic',
  Comment: 'cmt',
  CommentAttachment: 'att',
  Team: 'tem',
  Invitation: 'inv',
  Session: 'ses',
  AuditRecord: 'aud',
  Impersonation: 'imp',
  Notification: 'ntf',
  Webhook: 'whk',
  Delivery: 'dlv',
} as const

export type NodeType = keyof typeof PREFIXES

export const isNodeType = (name: string): name is NodeType => Object.hasOwn(PREFIXES, name)

const TYPES = new Map(Object.entries(PREFIXES).map(([type, prefix]) => [prefix as string, type as NodeType]))
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const NODE_ID = /^([a-z]{3})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

let pool = new Uint8Array(0)
let used = 0

/** A version 7 UUID (RFC 9562): time-ordered, so that rows of one write lie together in an index. */
export function newUuid(now: number = Date.now()): string {
  if (used + 10 > pool.length) {
    pool = randomFillSync(new Uint8Array(5120))
    used = 0
  }
  const time = now.toString(16).padStart(12, '0')
  const random = Buffer.from(pool.buffer, used, 10).toString('hex')
  used += 10
  const variant = (8 + (Number.parseInt(random[3] ?? '0', 16) & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}

export const isUuid = (value: string): boolean => UUID.test(value)

/** `prj_0192…`: the id a client sees. */
export const encodeNodeId = (type: NodeType, uuid: string): string => `${PREFIXES[type]}_${uuid.replaceAll('-', '')}`

/** The type and UUID of a node id, or null when it is not one. */
export function decodeNodeId(id: string): { type: NodeType; uuid: string } | null {
  const match = NODE_ID.exec(id)
  const type = match?.[1] === undefined ? undefined : TYPES.get(match[1])
  if (match === null || type === undefined) return null
  return { type, uuid: match.slice(2).join('-') }
}

/** How a caller may name a row: by node id or bare UUID, or by the name that people use for it. */
export type Reference = { uuid: string; name: null } | { uuid: null; name: string }

/** Reads an id argument that accepts a node id of one of `types`, a bare UUID, or else a name (slug, key). */
export function parseReference(value: string, ...types: NodeType[]): Reference {
  const node = decodeNodeId(value)
  if (node !== null && types.includes(node.type)) return { uuid: node.uuid, name: null }
  return isUuid(value) ? { uuid: value.toLowerCase(), name: null } : { uuid: null, name: value }
}

/** The UUID of what a client makes: the one that it gave as the argument `id`, or a new one. @throws ValidationError when that is no id of this type */
export function chosenUuid(type: NodeType, given: string | null | undefined, now: Date): string {
  if (given === null || given === undefined) return newUuid(now.getTime())
  const { uuid } = parseReference(given, type)
  if (uuid === null) throw new ValidationError(`An id given by the client is a UUID, or ${PREFIXES[type]}_ and a UUID without dashes.`, ['id'])
  return uuid
}
