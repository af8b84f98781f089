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
  SyncConflict: 'cfl',
  Approval: 'apr',
  QaRun: 'qar',
  Evidence: 'evd',
  Preview: 'pvw',
} as const

export type NodeType = keyof typeof PREFIXES

export const isNodeType = (name: string): name is NodeType => Object.hasOwn(PREFIXES, name)

const TYPES = new Map(Object.entries(PREFIXES).map(([type, prefix]) => [prefix as string, type as NodeType]))
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const NODE_ID = /^([a-z]{3})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

let pool = new Uint8Array(0)
let used = 0

const DIGITS = Buffer.from('0123456789abcdef', 'latin1')
/** Of the next id. Its dashes stay. */
const text = Buffer.from('00000000-0000-0000-0000-000000000000', 'latin1')
/** Where the digits of each byte stand. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]

function putByte(at: number, byte: number): void {
  const place = PLACES[at]!
  text[place] = DIGITS[byte >> 4]!
  text[place + 1] = DIGITS[byte & 15]!
}

/** A version 7 UUID (RFC 9562): time-ordered, so that rows of one write lie together in an index. */
export function newUuid(now: number = Date.now()): string {
  if (used + 10 > pool.length) {
    pool = randomFillSync(new Uint8Array(5120))
    used = 0
  }
  for (let at = 5, rest = now; at >= 0; at--, rest = Math.floor(rest / 256)) putByte(at, rest % 256)
  putByte(6, 0x70 | (pool[used]! & 0x0f))
  putByte(7, pool[used + 1]!)
  putByte(8, 0x80 | (pool[used + 2]! & 0x3f))
  for (let at = 9; at < 16; at++) putByte(at, pool[used + at - 6]!)
  used += 10
  // in one piece: text put together of slices takes six times the memory for as long as it is held
  return text.toString('latin1')
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
