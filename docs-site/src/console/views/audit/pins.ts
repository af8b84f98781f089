/**
 * The checkpoints that this browser has pinned, by server and organisation. A log that was rewritten since no longer fits them,
 * whatever the server says; that is why they are kept here, and why the oldest one stays.
 */
import type { AuditPin } from '@buildrunner/sdk/audit-log'

const KEY = 'buildrunner.audit-pins'
/** Beside the first one, the newest so many: together they place a rewriting. */
const MOST = 8

type Kept = Readonly<Record<string, readonly AuditPin[]>>
type Store = Pick<Storage, 'getItem' | 'setItem'>

const nameOf = (baseUrl: string, organisationId: string): string => `${baseUrl} ${organisationId}`

function readAll(store: Store): Kept {
  try {
    const value: unknown = JSON.parse(store.getItem(KEY) ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Kept) : {}
  } catch {
    return {} // blocked, or not ours: as if nothing had been pinned
  }
}

const isPin = (value: unknown): value is AuditPin => typeof value === 'object' && value !== null && typeof (value as AuditPin).note === 'string' && Array.isArray((value as AuditPin).keys)

/** Oldest first. */
export function readPins(store: Store, baseUrl: string, organisationId: string): readonly AuditPin[] {
  const pins = readAll(store)[nameOf(baseUrl, organisationId)]
  return Array.isArray(pins) ? pins.filter(isPin) : []
}

/** Keeps a checkpoint that was found right. One that is kept already is not kept twice. */
export function addPin(store: Store, baseUrl: string, organisationId: string, pin: AuditPin): void {
  const before = readPins(store, baseUrl, organisationId)
  if (before.some(({ note }) => note === pin.note)) return
  const [first, ...rest] = [...before, pin]
  const kept = [first, ...rest.slice(-MOST)]
  try {
    store.setItem(KEY, JSON.stringify({ ...readAll(store), [nameOf(baseUrl, organisationId)]: kept }))
  } catch {
    // blocked or full: the next verification has the older ones only
  }
}
